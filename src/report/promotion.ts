import ansis from "ansis";
import { messagesOf } from "../messages.ts";
import type { Verification } from "../results/check.ts";
import { type Gate, gateIds, type Promotion } from "../results/promotion.ts";
import { verificationText } from "./verification.ts";

const marks: Readonly<Record<Gate["outcome"], string>> = {
  passed: ansis.green("✓"),
  failed: ansis.red("✗"),
  skipped: ansis.dim("-"),
};

const messages = messagesOf("connectedapp.promote");

/** A gate in one line. Below a gate that failed, what to do. */
export function gateText({ id, outcome, detail, actions }: Gate): string {
  const titles = gateIds.map((gateId) => messages.getMessage(`gate.${gateId}.title`));
  const width = Math.max(...titles.map(({ length }) => length));
  const title = messages.getMessage(`gate.${id}.title`).padEnd(width);
  const line = `  ${marks[outcome]} ${title}  ${detail.replace(/\s+/g, " ")}`;
  return [line, ...actions.map((action) => `${" ".repeat(width + 6)}${action}`)].join("\n");
}

/** How a promotion ended, in one sentence. */
export function promotionText(
  promotion: Promotion,
  { specFile, isSigned }: { specFile: string; isSigned: boolean },
): string {
  const { app, from, to, deploy, notRestored, formerApp, planFile, planNotes = [], receiptFile } = promotion;
  if (planFile !== undefined)
    return [messages.getMessage("planWritten", [planFile]), ...planNotes].join("\n\n");
  if (deploy === undefined) return ansis.red(messages.getMessage("stopped", [to]));
  if (receiptFile !== undefined) {
    const words = isSigned ? "promoted" : "promotedUnsigned";
    return ansis.green(messages.getMessage(words, [app.kind, app.name, from, to, receiptFile]));
  }
  if (notRestored !== undefined) return restoreText(to, specFile, notRestored, formerApp);
  if (deploy.verification?.outcome === "unverified")
    return ansis.yellow(messages.getMessage("unverified", [to]));
  return ansis.red(messages.getMessage("notVerified"));
}

/** What became of the target after a failed verification. If its callers may be out of work, nothing is louder. */
function restoreText(
  to: string,
  specFile: string,
  differences: readonly string[],
  formerApp: Verification | undefined,
): string {
  const checks =
    formerApp === undefined || formerApp.outcome === "passed" ? [] : [verificationText(formerApp.checks)];
  const next = messages.getMessage("notRestored.next", [specFile, to]);
  if (differences.length > 0)
    return [
      loud(messages.getMessage("notRestored", [to.toUpperCase()])),
      ...differences.map((difference) => ansis.red(`  ${difference}`)),
      ...checks,
      next,
    ].join("\n");
  if (formerApp?.outcome === "failed")
    return [
      loud(messages.getMessage("formerFailed", [to.toUpperCase()])),
      ...checks,
      ansis.red(messages.getMessage("formerFailed.why", [to])),
      next,
    ].join("\n");
  if (formerApp?.outcome === "unverified")
    return [ansis.red(messages.getMessage("restoredUnverified", [to])), ...checks].join("\n");
  return ansis.red(messages.getMessage(formerApp === undefined ? "restored" : "restoredVerified", [to]));
}

function loud(text: string): string {
  return ansis.bgRed.white.bold(` ${text} `);
}
