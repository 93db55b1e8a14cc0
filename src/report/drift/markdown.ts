import { visibleText } from "../../app/visibleText.ts";
import { messagesOf } from "../../messages.ts";
import type { AppDrift, DriftReport } from "../../results/drift.ts";
import { shownValue } from "../../results/shownValue.ts";
import { reportPath } from "../findings/reportText.ts";
import {
  changeText,
  orgText,
  passedOverTexts,
  remediesOf,
  secretAgeFacts,
  subjectName,
  summaryText,
  unclaimedText,
} from "./sentences.ts";

const messages = messagesOf("drift");

const symbols: Readonly<Record<AppDrift["state"], string>> = { inSync: "✓", drifted: "✗", unchecked: "?" };

/** A drift report for a job summary or a comment: the counts, apps by environments, and what differs. */
export function driftMarkdown(report: DriftReport): string {
  const title = `## ${messages.getMessage("title")}\n\n${escaped(summaryText(report))}`;
  const others = report.apps.filter(({ state }) => state !== "inSync");
  return [
    title,
    matrix(report),
    ...others.map((app) => appSection(app, report)),
    secrets(report),
    (report.unclaimed ?? []).map((app) => `- ${escaped(unclaimedText(app))}`).join("\n"),
    ...passedOverTexts(report).map(escaped),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

function matrix({ apps }: DriftReport): string {
  const columns = [...new Set(apps.map(placeOfApp))];
  const rows = Map.groupBy(apps, ({ kind, name }) => `${kind} ${name}`);
  if (apps.length === 0) return "";
  const cells = [...rows].map(([name, ofApp]) => [
    escaped(name),
    ...columns.map((column) => {
      const app = ofApp.find((candidate) => placeOfApp(candidate) === column);
      return app === undefined ? "" : `${symbols[app.state]} ${app.drifts.length || ""}`.trim();
    }),
  ]);
  return table(["", ...columns.map(escaped)], cells);
}

/** How old each secret is. */
function secrets(report: DriftReport): string {
  const rows = report.apps.flatMap((app) =>
    secretAgeFacts(app, report).map(([, text]) => [
      escaped(`${app.kind} ${subjectName(app)}`),
      escaped(text),
    ]),
  );
  return rows.length === 0 ? "" : table(["", messages.getMessage("column.secret")], rows);
}

function placeOfApp({ environment, org }: AppDrift): string {
  return environment ?? orgText(org);
}

function appSection(app: AppDrift, report: DriftReport): string {
  const heading = `### ${symbols[app.state]} ${escaped(`${app.kind} ${subjectName(app)}`)}`;
  const rows = app.drifts.map(({ path, expected, actual, detail, severity, place }) => [
    code(path),
    detail === undefined ? code(shownValue(expected)) : escaped(detail),
    detail === undefined ? code(shownValue(actual)) : "",
    messages.getMessage(`severity.${severity}`),
    code(`${reportPath(place.file)}:${place.line}`),
  ]);
  const headings = (["path", "expected", "actual", "severity", "place"] as const).map((id) =>
    messages.getMessage(`column.${id}`),
  );
  const remedies = [...remediesOf(app.drifts), ...(app.failure?.actions ?? [])];
  return [
    heading,
    rows.length === 0 ? "" : table(headings, rows),
    ...(app.notes ?? []).map(escaped),
    app.failure === undefined ? "" : escaped(app.failure.message),
    remedies.map((text) => `- ${escaped(text)}`).join("\n"),
    escaped(changeText(app, report)),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text that stays text: no markup, no HTML, no line break, and no @ that notifies somebody. */
function escaped(text: string): string {
  return visibleText(text)
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]<>|#~!&]/g, (character) => `&#${character.codePointAt(0)};`)
    .replaceAll("@", "&#64;");
}

/** The same in a fixed-width font. Entities do not work in backticks. */
function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}
