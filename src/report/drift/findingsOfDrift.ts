import type { Messages } from "@salesforce/core/messages";
import type { AppDrift, Drift, DriftKind, DriftReport } from "../../results/drift.ts";
import { driftSentence } from "../../results/driftSentence.ts";
import type { Finding, FindingReport, FindingRule, Level } from "../../results/finding.ts";

const kinds: Readonly<Record<DriftKind, Level>> = {
  setting: "error",
  unmentioned: "note",
  appMissing: "error",
  appBlocked: "error",
  consumerKey: "error",
  runAsUser: "error",
  permissionSet: "error",
  verification: "error",
};

const unclaimedRule = "unclaimedApp";

/** A drift report in the form of findings, for the formats that pipelines read. */
export function findingsOf(report: DriftReport, messages: Messages<string>): FindingReport {
  const rule = (id: string, level: Level): FindingRule => ({
    id,
    level,
    title: messages.getMessage(`rule.${id}.title`),
    help: messages.getMessage(`rule.${id}.help`),
  });
  return {
    command: "cpq connectedapp drift",
    version: report.version,
    rules: [
      ...Object.entries(kinds).map(([kind, level]) => rule(kind, level)),
      rule(unclaimedRule, "warning"),
    ],
    subjects: [
      ...report.apps.map((app) => ({
        name: subjectName(app),
        file: app.specFile,
        findings: app.drifts.map((drift) => findingOf(drift, messages)),
        ...(app.failure === undefined ? {} : { failure: app.failure.message }),
      })),
      ...(report.unclaimed ?? []).map((app) => {
        const file = app.org.name;
        const message = messages.getMessage("unclaimed", [
          app.kind,
          app.name,
          app.org.name,
          app.why.join(", "),
        ]);
        const location = { file, line: 1, column: 1 };
        const finding = { rule: unclaimedRule, level: "warning" as const, message, path: "", location };
        return { name: `${app.name} in ${app.org.name}`, file, findings: [finding] };
      }),
    ],
  };
}

/** An app and where it is, such as `CPQ_Admin_API in uat`. */
export function subjectName({ name, environment, org }: AppDrift): string {
  return `${name} in ${environment ?? org.name}`;
}

function findingOf(drift: Drift, messages: Messages<string>): Finding {
  const { kind, path, severity, place } = drift;
  const level = kind === "unmentioned" ? "note" : severity === "appearance" ? "warning" : "error";
  return { rule: kind, level, path, message: driftSentence(drift, messages), location: place };
}
