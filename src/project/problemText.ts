import { placeOf } from "../app/place.ts";
import { messagesOf } from "../messages.ts";
import type { Problem } from "../spec/problem.ts";

const messages = messagesOf("spec");

const linesAround = 2;
const widest = 120;

/** One problem in one line of text, with its suggestion. */
export function problemText(problem: Problem): string {
  const text = messages.getText(problem);
  return problem.suggestion === undefined
    ? text
    : `${text} ${messages.getMessage("didYouMean", [problem.suggestion])}`;
}

/** All problems of a file for a terminal: `file:line:column  text`, and below it the place. */
export function problemReport(problems: readonly Problem[], source: string): string {
  return problems
    .map((problem) => {
      const { line, column } = problem.location;
      const heading = `${placeOf(problem.location)}  ${problemText(problem)}`;
      return source === "" ? heading : `${heading}\n\n${codeFrame(source, line, column)}`;
    })
    .join("\n\n");
}

/**
 * A few numbered lines around a place, with a caret below its column. Long lines are cut so that the place stays
 * visible.
 */
export function codeFrame(source: string, line: number, column: number): string {
  const lines = source.split(/\r?\n/);
  const from = Math.max(1, line - linesAround);
  const to = Math.min(lines.length, line + linesAround);
  const shift = column > widest - 20 ? column - 40 : 0;
  const digits = String(to).length;
  const frame: string[] = [];
  for (let number = from; number <= to; number++) {
    const text = visible(lines[number - 1] ?? "").slice(shift, shift + widest);
    frame.push(`${number === line ? ">" : " "} ${String(number).padStart(digits)} | ${text}`.trimEnd());
    if (number === line)
      frame.push(`  ${" ".repeat(digits)} | ${" ".repeat(Math.max(0, column - 1 - shift))}^`);
  }
  return frame.join("\n");
}

/** Control characters would move the terminal's cursor, or worse. */
function visible(text: string): string {
  return text.replace(/\t/g, " ").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\uFFFD");
}
