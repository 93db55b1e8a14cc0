import { messagesOf } from "../messages.ts";
import type { Diagnosis, Need } from "../results/doctor.ts";
import type { Level } from "../results/finding.ts";
import {
  type ChecklistFormat,
  type ChecklistLine,
  type ChecklistPart,
  checklistReport,
  checklistText,
  type Mark,
} from "./checklist.ts";

const messages = messagesOf("doctor");

const marks: Readonly<Record<Need["outcome"], Mark>> = {
  passed: "passed",
  failed: "failed",
  warning: "warning",
  hidden: "unknown",
  untold: "unknown",
  skipped: "skipped",
};

const levels: Readonly<Record<Need["outcome"], Level | undefined>> = {
  passed: undefined,
  failed: "error",
  warning: "warning",
  hidden: "error",
  untold: "note",
  skipped: undefined,
};

/** The checklist of an org in one of its formats. */
export function diagnosisReport(format: ChecklistFormat, diagnosis: Diagnosis, version: string): string {
  const { org, app } = diagnosis;
  const parts = partsOf(diagnosis);
  if (format === "json") return JSON.stringify(diagnosis, null, 2);
  if (format === "human") return `${checklistText(parts)}\n\n${summaryOf(diagnosis)}`;
  const name = app === undefined ? org.name : `${app.name}, ${org.name}`;
  return checklistReport(format, {
    command: "cpq connectedapp doctor",
    version,
    heading: `${name}, ${org.instanceUrl}`,
    name,
    file: app?.specFile ?? org.instanceUrl,
    parts,
  });
}

function partsOf({ needs, org }: Diagnosis): ChecklistPart[] {
  const titles: Readonly<Record<Need["part"], string>> = {
    org: messages.getMessage("part.org"),
    user: messages.getMessage("part.user", [org.username]),
    app: messages.getMessage("part.app"),
    runAs: messages.getMessage("part.runAs"),
  };
  const parts = Map.groupBy(needs, ({ part }) => part);
  return [...parts].map(([part, own]) => ({ title: titles[part], lines: own.map(lineOf) }));
}

function lineOf({ id, outcome, detail, actions }: Need): ChecklistLine {
  return {
    id,
    title: messages.getMessage(`title.${id}`),
    mark: marks[outcome],
    detail,
    below: actions,
    level: levels[outcome],
  };
}

function summaryOf({ needs }: Diagnosis): string {
  const count = (...outcomes: Need["outcome"][]) =>
    needs.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return messages.getMessage("summary", [
    count("passed"),
    count("failed"),
    count("warning"),
    count("hidden"),
    count("untold"),
  ]);
}
