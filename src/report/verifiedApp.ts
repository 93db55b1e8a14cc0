import { messagesOf } from "../messages.ts";
import type { Check } from "../results/check.ts";
import type { FindingReport, Level } from "../results/finding.ts";
import { loginLines } from "../results/loginLines.ts";
import type { VerifiedApp } from "../results/verified.ts";
import { findingReport } from "./findings/report.ts";
import { verificationText } from "./verification.ts";

/** The formats of a verification. */
export const verificationFormats = [
  "human",
  "json",
  "markdown",
  "sarif",
  "junit",
  "github",
  "gitlab",
] as const;
export type VerificationFormat = (typeof verificationFormats)[number];

const messages = messagesOf("token");
const symbols: Readonly<Record<Check["outcome"], string>> = {
  passed: "✓",
  failed: "✗",
  unverified: "?",
  warning: "!",
  skipped: "-",
};

/** A verification in one of its formats. */
export function verificationReport(
  format: VerificationFormat,
  verified: VerifiedApp,
  version: string,
): string {
  switch (format) {
    case "human":
      return verificationText(verified.verification.checks);
    case "json":
      return JSON.stringify(verified, null, 2);
    case "markdown":
      return markdown(verified);
    default:
      return findingReport(format, findingsOf(verified, version));
  }
}

function markdown({ app, verification: { checks } }: VerifiedApp): string {
  const escaped = (text: string) => text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>|#]/g, "\\$&");
  const rows = checks.map(
    (check) =>
      `| ${symbols[check.outcome]} | ${messages.getMessage(`title.${check.id}`)} | ${escaped([check.detail, ...belowOf(check)].join(" "))} |`,
  );
  return [
    `## ${escaped(`${app.label}, ${app.instanceUrl}`)}`,
    "",
    "| | | |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function findingsOf({ app, verification: { checks } }: VerifiedApp, version: string): FindingReport {
  const file = app.specFile ?? app.instanceUrl;
  const found = checks.flatMap((check) => {
    const level = levelOf(check);
    return level === undefined ? [] : [{ check, level }];
  });
  return {
    command: "cpq connectedapp verify",
    version,
    rules: found.map(({ check: { id, actions }, level }) => ({
      id,
      level,
      title: messages.getMessage(`title.${id}`),
      help: actions.join(" "),
    })),
    subjects: [
      {
        name: app.label,
        file,
        findings: found.map(({ check, level }) => ({
          rule: check.id,
          level,
          message: [check.detail, ...belowOf(check)].join(" "),
          path: "",
          location: { file, line: 1, column: 1 },
        })),
      },
    ],
  };
}

function levelOf({ outcome }: Check): Level | undefined {
  if (outcome === "failed" || outcome === "unverified") return "error";
  return outcome === "warning" ? "warning" : undefined;
}

function belowOf({ logins, actions }: Check): string[] {
  return [...(logins === undefined ? [] : loginLines(logins)), ...actions];
}
