/** The words that are known for a setting, each with other names for the same. */
export type Words = Readonly<Record<string, readonly string[]>>;

/** Words that have no other names. */
export function wordsOf(known: readonly string[]): Words {
  return Object.fromEntries(known.map((word) => [word, []]));
}
