import ansis from "ansis";
import { messagesOf } from "../messages.ts";
import { type Gate, gateIds, type Promotion } from "../results/promotion.ts";

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
  const { app, from, to, deploy, notRestored, planFile, receiptFile } = promotion;
  if (planFile !== undefined) return messages.getMessage("planWritten", [planFile, planFile]);
  if (deploy === undefined) return ansis.red(messages.getMessage("stopped", [to]));
  if (receiptFile !== undefined) {
    const words = isSigned ? "promoted" : "promotedUnsigned";
    return ansis.green(messages.getMessage(words, [app.kind, app.name, from, to, receiptFile]));
  }
  if (notRestored !== undefined)
    return notRestored.length === 0
      ? ansis.red(messages.getMessage("restored", [to]))
      : notRestoredText(to, specFile, notRestored);
  if (deploy.verification?.outcome === "unverified")
    return ansis.yellow(messages.getMessage("unverified", [to]));
  return ansis.red(messages.getMessage("notVerified"));
}

/** The worst end of all, so the loudest: the target has neither the new app that works nor the former one. */
function notRestoredText(to: string, specFile: string, differences: readonly string[]): string {
  return [
    ansis.bgRed.white.bold(` ${messages.getMessage("notRestored", [to.toUpperCase()])} `),
    ...differences.map((difference) => ansis.red(`  ${difference}`)),
    messages.getMessage("notRestored.next", [specFile, to]),
  ].join("\n");
}
