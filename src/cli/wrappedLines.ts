import { stripVTControlCharacters } from "node:util";
import sliceAnsi from "slice-ansi";

/** Texts whose characters are one column each. A terminal breaks all others itself, as wide characters need it. */
const narrow = /^[\u0020-\u007e\u00a0-\u02ff\u2010-\u27bf]*$/;

/** With a line break in it, a command could not be pasted. */
const command = /(?:^|[\s`:])(?:sf|npm|npx|git|export) [a-z-]/;

/**
 * Breaks the lines of a text between words, where they are wider than a terminal. The parts of a row go on under its
 * last column. Lines with a command stay whole, and so do words.
 *
 * @param width of the terminal, in columns
 */
export function wrappedLines(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => wrapped(line, width))
    .join("\n");
}

function wrapped(line: string, width: number): string {
  const plain = stripVTControlCharacters(line);
  if (plain.length <= width || !narrow.test(plain) || command.test(plain)) return line;
  const indent = indentOf(plain, width);
  const pieces: string[] = [];
  let from = 0;
  while (from < plain.length) {
    const end = from + width - (from === 0 ? 0 : indent);
    const to = plain.length <= end ? plain.length : breakBefore(plain, from === 0 ? indent : from, end);
    const piece = sliceAnsi(line, from, to);
    pieces.push(from === 0 ? piece : " ".repeat(indent) + piece);
    from = to + 1;
  }
  return pieces.join("\n");
}

/** Where the last column of a row begins, if it leaves half of the width; else, where the text of the line begins. */
function indentOf(plain: string, width: number): number {
  const columns = [...plain.slice(0, width / 2 + 1).matchAll(/\S {2,}(?=\S)/g)];
  const last = columns.at(-1);
  if (last !== undefined) return last.index + last[0].length;
  return /^ *(?:[-–•✓✗?!+~] )?/.exec(plain)?.[0].length ?? 0;
}

/** The last space that a line of this width can end at; behind a longer word, the next one. */
function breakBefore(plain: string, from: number, end: number): number {
  const space = plain.lastIndexOf(" ", end);
  if (space > from) return space;
  const next = plain.indexOf(" ", end);
  return next === -1 ? plain.length : next;
}
