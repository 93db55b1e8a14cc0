/** The words that are known for a setting, each with other names for the same. */
export type Words = Readonly<Record<string, readonly string[]>>;

/** Words that have no other names. */
export function wordsOf(known: readonly string[]): Words {
  return Object.fromEntries(known.map((word) => [word, []]));
}

/** The word that a text stands for, in upper or lower case and by any of its names; undefined if it is unknown. */
export function knownWord(words: Words, text: string): string | undefined {
  const wanted = text.toLowerCase();
  return Object.keys(words).find((word) =>
    [word, ...(words[word] ?? [])].some((name) => name.toLowerCase() === wanted),
  );
}
