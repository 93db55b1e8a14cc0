import ansis from "ansis";
import type { FindingReport, Level } from "../results/finding.ts";
import { type FindingFormat, findingReport } from "./findings/report.ts";

/** The formats of a checklist. */
export const checklistFormats = ["human", "json", "markdown", "sarif", "junit", "github", "gitlab"] as const;
export type ChecklistFormat = (typeof checklistFormats)[number];

/** What became of one line. */
export type Mark = "passed" | "failed" | "unknown" | "warning" | "skipped";

/** One line of a checklist. */
export interface ChecklistLine {
  /** Stable name, for reports and scripts. */
  id: string;
  title: string;
  mark: Mark;
  detail: string;
  /** What is said below it: what the org logged, and what to do. */
  below: readonly string[];
  /** How much it matters to a pipeline; undefined if nothing is wrong. */
  level: Level | undefined;
}

/** Lines that belong together. */
export interface ChecklistPart {
  title?: string;
  lines: readonly ChecklistLine[];
}

/** A checklist of one app or org. */
export interface Checklist {
  /** Name of the command, such as `cpq connectedapp verify`. */
  command: string;
  /** Of the plugin. */
  version: string;
  /** What was checked, in a few words. */
  heading: string;
  /** The same as the name of a test suite. */
  name: string;
  /** The file to which pipelines attach what was found; an address if there is none. */
  file: string;
  parts: readonly ChecklistPart[];
}

const symbols: Readonly<Record<Mark, string>> = {
  passed: "✓",
  failed: "✗",
  unknown: "?",
  warning: "!",
  skipped: "-",
};

const colors: Readonly<Record<Mark, (text: string) => string>> = {
  passed: ansis.green,
  failed: ansis.red,
  unknown: ansis.yellow,
  warning: ansis.yellow,
  skipped: ansis.dim,
};

/** A checklist for a terminal: a line each, with what to do below it. */
export function checklistText(parts: readonly ChecklistPart[]): string {
  const width = Math.max(...parts.flatMap(({ lines }) => lines.map(({ title }) => title.length)));
  return parts
    .map(({ title, lines }) =>
      [...(title === undefined ? [] : [title]), ...lines.map((line) => lineText(line, width))].join("\n"),
    )
    .join("\n\n");
}

function lineText({ mark, title, detail, below }: ChecklistLine, width: number): string {
  const line = `  ${colors[mark](symbols[mark])} ${title.padEnd(width)}  ${detail.replace(/\s+/g, " ")}`;
  return [line, ...below.map((text) => `${" ".repeat(width + 6)}${text}`)].join("\n");
}

/** A checklist in one of the formats that are not for a terminal, and not the result itself. */
export function checklistReport(format: "markdown" | FindingFormat, checklist: Checklist): string {
  return format === "markdown" ? markdown(checklist) : findingReport(format, findingsOf(checklist));
}

function markdown({ heading, parts }: Checklist): string {
  const escaped = (text: string) => text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>|#]/g, "\\$&");
  const sections = parts.map(({ title, lines }) => [
    ...(title === undefined ? [] : [`### ${escaped(title)}`, ""]),
    "| | | |",
    "|---|---|---|",
    ...lines.map(
      ({ mark, title: name, detail, below }) =>
        `| ${symbols[mark]} | ${name} | ${escaped([detail, ...below].join(" "))} |`,
    ),
    "",
  ]);
  return [`## ${escaped(heading)}`, "", ...sections.flat()].join("\n");
}

function findingsOf({ command, version, name, file, parts }: Checklist): FindingReport {
  const found = parts
    .flatMap(({ lines }) => lines)
    .flatMap(({ level, ...line }) => (level === undefined ? [] : [{ ...line, level }]));
  return {
    command,
    version,
    rules: found.map(({ id, title, below, level }) => ({ id, level, title, help: below.join(" ") })),
    subjects: [
      {
        name,
        file,
        findings: found.map(({ id, level, detail, below }) => ({
          rule: id,
          level,
          message: [detail, ...below].join(" "),
          path: "",
          location: { file, line: 1, column: 1 },
        })),
      },
    ],
  };
}
