import ansis from "ansis";
import { placeOf } from "../../app/place.ts";
import type { Severity } from "../../app/severity.ts";
import { visibleText } from "../../app/visibleText.ts";
import { messagesOf } from "../../messages.ts";
import type { AppDrift, Drift, DriftReport } from "../../results/drift.ts";
import { shortSecretAge } from "../../results/secretAge.ts";
import { shownValue } from "../../results/shownValue.ts";
import { alignedLines } from "../table.ts";
import {
  changeText,
  passedOverTexts,
  remediesOf,
  subjectName,
  summaryText,
  unclaimedText,
} from "./sentences.ts";

const messages = messagesOf("drift");

const colors: Readonly<Record<Severity, (text: string) => string>> = {
  security: ansis.red,
  function: ansis.yellow,
  appearance: (text) => text,
};

/**
 * A drift report for a terminal: first a line for each app in sync, then the other apps with the most severe
 * differences first, and the counts at the end.
 */
export function driftText(untrusted: DriftReport): string {
  const report = withPlainTexts(untrusted);
  const { apps, unclaimed = [] } = report;
  const inSync = apps.filter(({ state }) => state === "inSync");
  const others = apps.filter(({ state }) => state !== "inSync");
  const parts = [
    inSync
      .flatMap((app) => [
        `${ansis.green("✓")} ${titleOf(app)}  ${messages.getMessage("state.inSync")}${ageOf(app, report)}`,
        ...noteLines(app),
      ])
      .join("\n"),
    ...others.map((app) => appText(app, report)),
    unclaimed.map((app) => `${ansis.yellow("!")} ${unclaimedText(app)}`).join("\n"),
    passedOverTexts(report).join("\n"),
    summaryText(report),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** Text from an org must not be able to control the terminal. */
function withPlainTexts(report: DriftReport): DriftReport {
  const plain = (_key: string, value: unknown) => (typeof value === "string" ? visibleText(value) : value);
  return JSON.parse(JSON.stringify(report), plain) as DriftReport;
}

function titleOf(app: AppDrift): string {
  return `${app.kind} ${subjectName(app)}`;
}

/** The age of the secret, on the line of the app. */
function ageOf({ secretAge }: AppDrift, { checkedAt }: DriftReport): string {
  const age = secretAge && shortSecretAge(secretAge, Date.parse(checkedAt));
  return age === undefined ? "" : `, ${messagesOf("secretAge").getMessage("secret")} ${age}`;
}

function appText(app: AppDrift, report: DriftReport): string {
  const { state, drifts, failure } = app;
  const mark = state === "unchecked" ? ansis.yellow("?") : ansis.red("✗");
  const lines = [`${mark} ${titleOf(app)}  ${messages.getMessage(`state.${state}`)}${ageOf(app, report)}`];
  const rows = alignedLines(drifts.map((drift) => rowOf(drift)));
  lines.push(...rows.map((row, index) => `  ${colors[drifts[index]?.severity ?? "function"](row)}`));
  for (const drift of drifts) if (drift.detail !== undefined) lines.push(`  ${drift.detail}`);
  lines.push(...noteLines(app));
  if (failure !== undefined) {
    lines.push(
      `  ${failure.message.replaceAll("\n", "\n  ")}`,
      ...failure.actions.map((action) => `  ${action}`),
    );
  }
  const remedies = remediesOf(drifts);
  if (remedies.length > 0)
    lines.push(`  ${messages.getMessage("remedies")}`, ...remedies.map((text) => `    ${text}`));
  const change = changeText(app, report);
  if (change !== "") lines.push(`  ${change}`);
  return lines.join("\n");
}

function noteLines({ notes = [] }: AppDrift): string[] {
  return notes.map((note) => `  ${note}`);
}

function rowOf({ path, expected, actual, detail, severity, place }: Drift): string[] {
  const values =
    detail === undefined ? messages.getMessage("values", [shownValue(expected), shownValue(actual)]) : "";
  return [path, messages.getMessage(`severity.${severity}`), placeOf(place), values];
}
