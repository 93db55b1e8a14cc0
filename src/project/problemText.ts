import type { Messages } from "@salesforce/core/messages";
import { placeOf } from "../app/place.ts";
import type { Problem } from "../spec/problem.ts";
import { codeFrame } from "./codeFrame.ts";

/** One problem in one line of text, with its suggestion. */
export function problemText(problem: Problem, messages: Messages<string>): string {
  const text = messages.getMessage(problem.id, problem.values);
  return problem.suggestion === undefined
    ? text
    : `${text} ${messages.getMessage("didYouMean", [problem.suggestion])}`;
}

/** All problems of a file for a terminal: `file:line:column  text`, and below it the place. */
export function problemReport(
  problems: readonly Problem[],
  source: string,
  messages: Messages<string>,
): string {
  return problems
    .map((problem) => {
      const { line, column } = problem.location;
      const heading = `${placeOf(problem.location)}  ${problemText(problem, messages)}`;
      return source === "" ? heading : `${heading}\n\n${codeFrame(source, line, column)}`;
    })
    .join("\n\n");
}
