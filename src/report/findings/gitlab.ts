import { visibleText } from "../../app/visibleText.ts";
import { messagesOf } from "../../messages.ts";
import type { FindingReport, Level } from "../../results/finding.ts";
import { reportPath } from "./reportText.ts";
import { fingerprintOf } from "./sarif.ts";

const messages = messagesOf("findings");

const severities: Readonly<Record<Level, string>> = { error: "critical", warning: "minor", note: "info" };

/**
 * Findings as a code quality report of GitLab. Silenced ones are left out.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function gitlabReport({ subjects }: FindingReport): string {
  const seen = new Map<string, number>();
  const unique = (fingerprint: string) => {
    const count = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, count);
    return count === 1 ? fingerprint : `${fingerprint}-${count}`;
  };
  const entries = subjects.flatMap((subject) => [
    ...subject.findings
      .filter(({ silenced }) => silenced === undefined)
      .map((finding) => ({
        description: visibleText(`${subject.name}: ${finding.message}`),
        check_name: finding.rule,
        fingerprint: unique(fingerprintOf(finding, subject)),
        severity: severities[finding.level],
        location: {
          path: visibleText(reportPath(finding.location.file)),
          lines: { begin: finding.location.line },
        },
      })),
    ...(subject.failure === undefined
      ? []
      : [
          {
            description: visibleText(
              messages.getMessage("notChecked.reason", [subject.name, subject.failure]),
            ),
            check_name: "could-not-be-checked",
            fingerprint: unique(
              fingerprintOf(
                {
                  rule: "could-not-be-checked",
                  level: "error",
                  message: "",
                  path: "",
                  location: { file: subject.file, line: 1, column: 1 },
                },
                subject,
              ),
            ),
            severity: "blocker",
            location: { path: visibleText(reportPath(subject.file)), lines: { begin: 1 } },
          },
        ]),
  ]);
  return JSON.stringify(entries, null, 2);
}
