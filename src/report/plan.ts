import type { Messages } from "@salesforce/core/messages";
import ansis from "ansis";
import type { Difference } from "../app/compare.ts";
import { shownValue } from "../app/shownValue.ts";
import type { Plan } from "../results/plan.ts";
import { alignedLines } from "./table.ts";

/** What a deploy will do, for a terminal: a heading, and a line for each setting with its old and new value. */
export function planText(
  plan: Plan,
  app: { kind: string; name: string },
  orgName: string,
  messages: Messages<string>,
): string {
  const names = [app.kind, app.name, orgName];
  const remarks = scopeRemarks(plan.scopesNotInToken, messages);
  if (plan.action === "create") {
    const lines = alignedLines(plan.changes.map(({ path, expected }) => [path, shownValue(expected)]));
    return [
      messages.getMessage("plan.create", names),
      ...lines.map((line) => ansis.green(`  + ${line}`)),
      ...remarks,
    ].join("\n");
  }
  const setupOnly = plan.setupOnly.map((difference) => [
    ...change(difference),
    messages.getMessage("plan.setupOnly"),
  ]);
  const lines = alignedLines([...plan.changes.map(change), ...setupOnly]).map((line, index) =>
    index < plan.changes.length ? ansis.yellow(`  ~ ${line}`) : ansis.yellow(`  ! ${line}`),
  );
  const count = plan.changes.length;
  const settings = messages.getMessage(count === 1 ? "plan.settingCount.one" : "plan.settingCount.many", [
    String(count),
  ]);
  const heading =
    plan.action === "nothing"
      ? messages.getMessage("plan.nothing", names)
      : messages.getMessage("plan.update", [...names, settings]);
  return [heading, ...lines, ...remarks].join("\n");
}

/** Scopes for other flows are no mistake, but callers of this one should not count on them. */
function scopeRemarks(scopes: readonly string[], messages: Messages<string>): string[] {
  return scopes.length === 0
    ? []
    : [`  ${messages.getMessage("plan.scopesNotInToken", [scopes.join(", ")])}`];
}

function change({ path, expected, actual }: Difference): string[] {
  return [path, `${shownValue(actual)} → ${shownValue(expected)}`];
}
