import type { Messages } from "@salesforce/core/messages";
import ansis from "ansis";
import type { Verification } from "../results/check.ts";
import type { DeployReport } from "../results/deploy.ts";
import { planText } from "./plan.ts";
import { verificationText } from "./verification.ts";

/** The result of a deploy for a terminal: what changed, what was done, what the verification found. */
export function deployText(
  report: DeployReport,
  messages: Messages<string>,
  tokenMessages: Messages<string>,
): string {
  const { plan, app, org, verification } = report;
  const parts = [...refreshTexts(report, messages), planText(plan, app, org.name, messages)];
  if (plan.action !== "nothing") {
    const done = plan.action === "create" ? "done.created" : "done.updated";
    parts.push(
      report.dryRun
        ? messages.getMessage("done.dryRun", [org.name])
        : messages.getMessage(done, [app.kind, app.name, org.name]),
    );
  }
  if (report.assigned !== undefined)
    parts.push(messages.getMessage("assigned", [report.assigned, app.runAs ?? ""]));
  const { stored } = report.consumer ?? {};
  if (stored !== undefined) {
    parts.push(messages.getMessage(stored.encrypted ? "stored" : "storedUnencrypted", [stored.path]));
  }
  if (verification === undefined) {
    // Without a verification, nothing else says how to mend what only Setup can.
    parts.push(...setupOnlyTexts(report, messages).map((text) => `${ansis.yellow("Warning:")} ${text}`));
    return parts.join("\n\n");
  }
  const heading = messages.getMessage("verification");
  parts.push(
    `${heading}\n${verificationText(verification.checks, tokenMessages)}`,
    summary(verification, messages),
  );
  return parts.join("\n\n");
}

/** What a sandbox's refresh did to the app, and who has to be told. */
function refreshTexts({ refresh }: DeployReport, messages: Messages<string>): string[] {
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
export function setupOnlyTexts({ plan, app }: DeployReport, messages: Messages<string>): string[] {
  return plan.setupOnly.map(({ path, actual, expected }) =>
    messages.getMessage("setupOnly", [path, String(actual), String(expected), app.label]),
  );
}

function summary({ outcome: whole, checks }: Verification, messages: Messages<string>): string {
  const count = (outcome: string) => checks.filter((check) => check.outcome === outcome).length;
  const total = String(checks.length);
  const warnings = count("warning");
  const remark =
    warnings === 0
      ? ""
      : ` ${messages.getMessage(warnings === 1 ? "verification.warning" : "verification.warnings", [String(warnings)])}`;
  const color = { passed: ansis.green, failed: ansis.red, unverified: ansis.yellow }[whole];
  return color(messages.getMessage(`verification.${whole}`, [String(count(whole)), total])) + remark;
}
