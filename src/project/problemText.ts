import { placeOf } from "../app/place.ts";
import { messagesOf } from "../messages.ts";
import type { Problem } from "../spec/problem.ts";
import { codeFrame } from "./codeFrame.ts";

const messages = messagesOf("spec");

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
