import ansis from "ansis";
import { messagesOf } from "../messages.ts";
import type { Check, CheckOutcome } from "../results/check.ts";
import { loginLines } from "../results/loginLines.ts";

const marks: Readonly<Record<CheckOutcome, string>> = {
  passed: ansis.green("✓"),
  failed: ansis.red("✗"),
  unverified: ansis.yellow("?"),
  warning: ansis.yellow("!"),
  skipped: ansis.dim("-"),
};

const messages = messagesOf("token");

/**
 * The checks of a verification for a terminal, one line each. Below a check that did not pass, what the org logged and
 * what to do.
 */
export function verificationText(checks: readonly Check[]): string {
  const titles = checks.map(({ id }) => messages.getMessage(`title.${id}`));
  const width = Math.max(...titles.map((title) => title.length));
  return checks
    .map(({ outcome, detail, logins, actions }, index) => {
      const line = `  ${marks[outcome]} ${titles[index]?.padEnd(width)}  ${detail.replace(/\s+/g, " ")}`;
      const below = [...(logins === undefined ? [] : loginLines(logins)), ...actions];
      return [line, ...below.map((text) => `${" ".repeat(width + 6)}${text}`)].join("\n");
    })
    .join("\n");
}
