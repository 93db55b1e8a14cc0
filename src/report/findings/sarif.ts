import { createHash } from "node:crypto";
import { visibleText } from "../../app/visibleText.ts";
import type { Finding, FindingReport, FindingSubject } from "../../results/finding.ts";
import { reportPath } from "./reportText.ts";

/**
 * Findings for code scanning. A finding that the spec silences is suppressed, with the reason. A subject that could not
 * be checked makes the run unsuccessful.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport({ command, version, rules, subjects }: FindingReport): string {
  const failures = subjects.filter(({ failure }) => failure !== undefined);
  const run = {
    tool: {
      driver: {
        name: "sf-plugin-cpq",
        version,
        rules: rules.map(({ id, level, title, help }) => ({
          id,
          shortDescription: { text: visibleText(title) },
          fullDescription: { text: visibleText(help) },
          help: { text: visibleText(help) },
          defaultConfiguration: { level },
        })),
      },
    },
    automationDetails: { id: `${command}/` },
    invocations: [
      {
        executionSuccessful: failures.length === 0,
        toolExecutionNotifications: failures.map(({ name, failure = "" }) => ({
          level: "error",
          message: { text: visibleText(`${name}: ${failure}`) },
        })),
      },
    ],
    columnKind: "utf16CodeUnits",
    results: subjects.flatMap((subject) =>
      subject.findings.map((finding) =>
        resultOf(
          finding,
          subject,
          rules.findIndex(({ id }) => id === finding.rule),
        ),
      ),
    ),
  };
  const content = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [run],
  };
  return JSON.stringify(content, null, 2);
}

function resultOf(finding: Finding, subject: FindingSubject, ruleIndex: number) {
  const { rule, level, message, location, silenced } = finding;
  return {
    ruleId: rule,
    ...(ruleIndex < 0 ? {} : { ruleIndex }),
    level,
    message: { text: visibleText(message) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(location.file) },
          region: { startLine: location.line, startColumn: location.column },
        },
      },
    ],
    partialFingerprints: { "subjectRulePath/v1": fingerprintOf(finding, subject) },
    ...(silenced === undefined
      ? {}
      : { suppressions: [{ kind: "inSource", justification: visibleText(silenced) }] }),
  };
}

/** The same for the same finding, even if lines above it come and go. */
export function fingerprintOf(
  { rule, path, location }: Finding,
  { name }: Pick<FindingSubject, "name">,
): string {
  const identity = JSON.stringify([name, rule, path, reportPath(location.file)]);
  return createHash("sha256").update(identity).digest("hex").slice(0, 32);
}

/** A relative reference. An absolute path becomes a file URL. */
function uriOf(file: string): string {
  const path = reportPath(file)
    .split("/")
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join("/");
  return path.startsWith("/") ? `file://${path}` : path;
}
