import type { VerifiedApp } from "../results/verified.ts";
import { type ChecklistFormat, checklistReport } from "./checklist.ts";
import { verificationLines, verificationText } from "./verification.ts";

/** A verification in one of its formats. */
export function verificationReport(format: ChecklistFormat, verified: VerifiedApp, version: string): string {
  const { app, verification } = verified;
  if (format === "human") return verificationText(verification.checks);
  if (format === "json") return JSON.stringify(verified, null, 2);
  return checklistReport(format, {
    command: "cpq connectedapp verify",
    version,
    heading: `${app.label}, ${app.instanceUrl}`,
    name: app.label,
    file: app.specFile ?? app.instanceUrl,
    parts: [{ lines: verificationLines(verification.checks) }],
  });
}
