import ansis from "ansis";
import type { Difference } from "../app/compare.ts";
import type { SettingValue } from "../app/settings.ts";
import { messagesOf } from "../messages.ts";
import type { Plan } from "../results/plan.ts";
import { shownValue } from "../results/shownValue.ts";
import { alignedLines } from "./table.ts";

const messages = messagesOf("connectedapp.deploy");

/** What a deploy will do, for a terminal: a heading, and a line for each setting with its old and new value. */
export function planText(plan: Plan, app: { kind: string; name: string }, orgName: string): string {
  const names: [string, string, string] = [app.kind, app.name, orgName];
  const remarks = [
    ...keptRemarks(plan.keptByOrg),
    ...scopeRemarks(plan.scopesNotInToken),
    ...profileRemarks(plan, app),
  ];
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
  const settings = messages.getCount("plan.settingCount", plan.changes.length);
  const heading =
    plan.action === "nothing"
      ? messages.getMessage("plan.nothing", names)
      : messages.getMessage("plan.update", [...names, settings]);
  return [heading, ...lines, ...remarks].join("\n");
}

function keptRemarks(kept: Plan["keptByOrg"]): string[] {
  return kept.map(
    ({ path, expected, actual }) =>
      `  ${messages.getMessage("plan.keptByOrg", [path, shownValue(expected), shownValue(actual)])}`,
  );
}

/** Scopes for other flows are not a mistake, but callers of this flow should not count on them. */
function scopeRemarks(scopes: readonly string[]): string[] {
  return scopes.length === 0
    ? []
    : [`  ${messages.getMessage("plan.scopesNotInToken", [scopes.join(", ")])}`];
}

/** A deploy adds profiles to an external client app. */
function profileRemarks({ changes }: Plan, { kind }: { kind: string }): string[] {
  if (kind !== "ExternalClientApp") return [];
  const removed = changes.flatMap(({ path, expected, actual }) =>
    path === "policy.profiles" ? entriesOf(actual).filter((name) => !entriesOf(expected).includes(name)) : [],
  );
  return removed.length === 0 ? [] : [`  ${messages.getMessage("plan.profilesStay", [removed.join(", ")])}`];
}

function entriesOf(value: SettingValue | undefined): readonly string[] {
  return typeof value === "object" ? value.map(String) : [];
}

function change({ path, expected, actual }: Difference): string[] {
  return [path, `${shownValue(actual)} → ${shownValue(expected)}`];
}
