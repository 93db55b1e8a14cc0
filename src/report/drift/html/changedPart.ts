/** A text in three parts: what it shares with another text at its start and its end, and what differs between. */
export interface ChangedPart {
  start: string;
  changed: string;
  end: string;
}

/** Finds the part that differs, in both texts, in whole words; it may be empty in one of them. */
export function changedParts(one: string, other: string): [ChangedPart, ChangedPart] {
  const first = wordsOf(one);
  const second = wordsOf(other);
  const shorter = Math.min(first.length, second.length);
  let start = 0;
  while (start < shorter && first[start] === second[start]) start++;
  let end = 0;
  while (end < shorter - start && first.at(-1 - end) === second.at(-1 - end)) end++;
  return [parts(first, start, end), parts(second, start, end)];
}

/** Words, and all other characters one by one. A very long word, such as a key, is cut, so that not all of it is marked. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}_]{1,32}|./gsu) ?? [];
}

function parts(words: readonly string[], start: number, end: number): ChangedPart {
  const until = words.length - end;
  return {
    start: words.slice(0, start).join(""),
    changed: words.slice(start, until).join(""),
    end: words.slice(until).join(""),
  };
}
