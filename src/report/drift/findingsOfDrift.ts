import { messagesOf } from "../../messages.ts";
import type { Drift, DriftKind, DriftReport, UnclaimedApp } from "../../results/drift.ts";
import { driftSentence } from "../../results/driftSentence.ts";
import type { Finding, FindingReport, FindingSubject, Level } from "../../results/finding.ts";
import { secretAgeFacts, subjectName, unclaimedText } from "./sentences.ts";

const messages = messagesOf("drift");

const rules = [
  { id: "setting", level: "error" },
  { id: "unmentioned", level: "note" },
  { id: "appMissing", level: "error" },
  { id: "appBlocked", level: "error" },
  { id: "consumerKey", level: "error" },
  { id: "runAsUser", level: "error" },
  { id: "permissionSet", level: "error" },
  { id: "secretAge", level: "error" },
  { id: "verification", level: "error" },
  { id: "unclaimedApp", level: "warning" },
] as const satisfies readonly { id: DriftKind | "unclaimedApp"; level: Level }[];

/** A drift report in the form of findings, for the formats that pipelines read. */
export function findingsOf(report: DriftReport): FindingReport {
  return {
    command: "cpq connectedapp drift",
    version: report.version,
    rules: rules.map(({ id, level }) => ({
      id,
      level,
      title: messages.getMessage(`rule.${id}.title`),
      help: messages.getMessage(`rule.${id}.help`),
    })),
    subjects: [
      ...report.apps.map((app) => ({
        name: subjectName(app),
        file: app.specFile,
        findings: app.drifts.map(findingOf),
        facts: secretAgeFacts(app, report),
        ...(app.failure === undefined ? {} : { failure: app.failure.message }),
      })),
      ...(report.unclaimed ?? []).map(unclaimedSubject),
    ],
  };
}

function unclaimedSubject(app: UnclaimedApp): FindingSubject {
  const file = app.org.name;
  const finding: Finding = {
    rule: "unclaimedApp",
    level: "warning",
    message: unclaimedText(app),
    path: "",
    location: { file, line: 1, column: 1 },
  };
  return { name: messagesOf("findings").getMessage("subject", [app.name, file]), file, findings: [finding] };
}

function findingOf(drift: Drift): Finding {
  const { kind, path, severity, place } = drift;
  const level = kind === "unmentioned" ? "note" : severity === "appearance" ? "warning" : "error";
  return { rule: kind, level, path, message: driftSentence(drift), location: place };
}
