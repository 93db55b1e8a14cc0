import ansis from "ansis";
import { namespaceOf } from "../app/apiName.ts";
import { placeOf } from "../app/place.ts";
import { messagesOf } from "../messages.ts";
import type { Verification } from "../results/check.ts";
import { type DeployReport, obstaclesOf } from "../results/deploy.ts";
import { planText } from "./plan.ts";
import { verificationText } from "./verification.ts";

const messages = messagesOf("connectedapp.deploy");

/**
 * The result of a deploy for a terminal: what changed, what was done, what the verification found.
 *
 * @param isKept whether the org keeps what was deployed if the verification did not pass
 * @param isPlanShown whether the user has seen already what would change
 */
export function deployText(report: DeployReport, { isKept = true, isPlanShown = false } = {}): string {
  const { plan, app, org, verification } = report;
  const parts = [
    ...report.notes,
    ...refreshTexts(report),
    ...(isPlanShown ? [] : [planText(plan, app, org.name)]),
    ...keptTexts(report),
  ];
  if (plan.action !== "nothing") {
    const done = plan.action === "create" ? "done.created" : "done.updated";
    parts.push(
      report.dryRun ? dryRunText(report) : messages.getMessage(done, [app.kind, app.name, org.name]),
    );
    if (report.unchecked?.length)
      parts.push(messages.getMessage("done.unchecked", [report.unchecked.join(", "), org.name]));
  }
  if (report.assigned !== undefined)
    parts.push(messages.getMessage("assigned", [report.assigned, app.runAs ?? ""]));
  const { stored } = report.consumer ?? {};
  if (stored !== undefined) {
    const id = { true: "stored", false: "storedUnencrypted", undefined: "storedElsewhere" } as const;
    parts.push(messages.getMessage(id[`${stored.encrypted}`], [stored.place]));
  }
  if (verification === undefined) {
    // Without a verification, nothing else says what has to be set in Setup.
    const warning = ansis.yellow(messagesOf("shared").getMessage("warning"));
    parts.push(...setupOnlyTexts(report).map((text) => `${warning} ${text}`));
    if (namespaceOf(app.name) !== undefined && !report.dryRun)
      parts.push(messages.getMessage("vendorsConsumer", [app.name]));
    return parts.join("\n\n");
  }
  const heading = messages.getMessage("verification");
  parts.push(`${heading}\n${verificationText(verification.checks)}`, summary(verification));
  if (isKept && verification.outcome !== "passed") parts.push(...keptChanges(report));
  return parts.join("\n\n");
}

/** Whether the org accepts the deploy. That it does is not said where the app would not work for all that. */
function dryRunText(report: DeployReport): string {
  const obstacles = obstaclesOf(report);
  const { name } = report.org;
  if (obstacles.length === 0) return messages.getMessage("done.dryRun", [name]);
  const lines = obstacles.map(({ location, message, rule }) => `  ${placeOf(location)} ${message} (${rule})`);
  return ansis.red([messages.getMessage("done.obstacles", [name]), ...lines].join("\n"));
}

/** What the org keeps of a deploy whose app is not verified: each difference from before by name. */
function keptChanges({ plan, app, org, deployId, assigned, refresh }: DeployReport): string[] {
  const paths = plan.changes.map(({ path }) => path).join(", ");
  const changes = [
    ...(deployId === undefined || plan.action === "nothing"
      ? []
      : [messages.getMessage(`kept.${plan.action}`, [app.name, paths])]),
    ...(assigned === undefined ? [] : [messages.getMessage("kept.assigned", [assigned, app.runAs ?? ""])]),
    ...deletedCopyTexts(org.name, refresh),
  ];
  return changes.length === 0
    ? [messages.getMessage("kept.nothing", [org.name])]
    : [
        ansis.yellow(
          [messages.getMessage("kept", [org.name]), ...changes.map((text) => `  ${text}`)].join("\n"),
        ),
      ];
}

function deletedCopyTexts(org: string, refresh: DeployReport["refresh"]): string[] {
  if (refresh?.deletedCopy === undefined) return [];
  const { consumerKey, specFile } = refresh.deletedCopy;
  const values = [consumerKey, specFile, org] as const;
  return [messages.getMessage("kept.copy", values)];
}

/** What belongs to the app besides, and is left as it is. */
function keptTexts({ keptParts = [] }: DeployReport): string[] {
  const names = keptParts.map(({ type, name }) => `${type} ${name}`);
  return names.length === 0 ? [] : [messages.getMessage("keptParts", [names.join(", ")])];
}

/** What a sandbox's refresh did to the app, and who must be told. */
function refreshTexts({ refresh }: DeployReport): string[] {
  if (refresh === undefined) return [];
  const what = messages.getMessage(`refresh.${refresh.reason}`);
  if (refresh.keptKey) return [`${what} ${messages.getMessage("refresh.keptKey")}`];
  if (refresh.tell.length === 0) return [`${what} ${ansis.yellow(messages.getMessage("refresh.nobody"))}`];
  const people = refresh.tell.map(
    ({ name, contact }) => `  ${name}${contact === undefined ? "" : ` (${contact})`}`,
  );
  return [[`${what} ${ansis.yellow(messages.getMessage("refresh.newKey"))}`, ...people].join("\n")];
}

/** For each setting that only Setup can change: what it is, what it should be, and where to set it. */
export function setupOnlyTexts({ plan, app }: DeployReport): string[] {
  return plan.setupOnly.map(({ path, actual, expected }) =>
    messages.getMessage("setupOnly", [path, String(actual), String(expected), app.label]),
  );
}

function summary({ outcome: whole, checks }: Verification): string {
  const count = (outcome: string) => checks.filter((check) => check.outcome === outcome).length;
  const total = checks.length;
  const warnings = count("warning");
  const remark = warnings === 0 ? "" : ` ${messages.getCount("verification.warnings", warnings)}`;
  const color = { passed: ansis.green, failed: ansis.red, unverified: ansis.yellow }[whole];
  return color(messages.getMessage(`verification.${whole}`, [count(whole), total])) + remark;
}
