/**
 * A text without anything that a terminal or a file format could take for a command, and without what XML cannot hold.
 */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\n\t]|[\u2028\u2029\uFFFE\uFFFF]|[\u202A-\u202E\u2066-\u2069]/gu, "\uFFFD");
}

/** The path of a file as reports show it: relative if it was given so, with forward slashes. */
export function reportPath(file: string): string {
  return file.replaceAll("\\", "/").replace(/^(\.\/)+/, "");
}
