import { messagesOf } from "../messages.ts";
import type { Check, CheckOutcome } from "../results/check.ts";
import type { Level } from "../results/finding.ts";
import { loginLines } from "../results/loginLines.ts";
import { type ChecklistLine, checklistText, type Mark } from "./checklist.ts";

const marks: Readonly<Record<CheckOutcome, Mark>> = {
  passed: "passed",
  failed: "failed",
  unverified: "unknown",
  warning: "warning",
  skipped: "skipped",
};

const levels: Readonly<Record<CheckOutcome, Level | undefined>> = {
  passed: undefined,
  failed: "error",
  unverified: "error",
  warning: "warning",
  skipped: undefined,
};

const messages = messagesOf("token");

/**
 * The checks of a verification for a terminal, one line each. Below a check that did not pass, what the org logged and
 * what to do.
 */
export function verificationText(checks: readonly Check[]): string {
  return checklistText([{ lines: verificationLines(checks) }]);
}

/** The same for all formats. */
export function verificationLines(checks: readonly Check[]): ChecklistLine[] {
  return checks.map(({ id, outcome, detail, logins, actions }) => ({
    id,
    title: messages.getMessage(`title.${id}`),
    mark: marks[outcome],
    detail,
    below: [...(logins === undefined ? [] : loginLines(logins)), ...actions],
    level: levels[outcome],
  }));
}
