/** Whether an API name fits a pattern, in which `*` stands for any text and `?` for one character. Case has no meaning. */
export function fitsPattern(name: string, pattern: string): boolean {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "i").test(name);
}

/** The first pattern that a name fits; undefined if it fits none. */
export function patternOf(name: string, patterns: readonly string[]): string | undefined {
  return patterns.find((pattern) => fitsPattern(name, pattern));
}
