import type { DriftReport } from "../../results/drift.ts";
import type { DriftRun } from "../../results/driftHistory.ts";
import { findingReport } from "../findings/report.ts";
import { findingsOf } from "./findingsOfDrift.ts";
import type { DriftFormat } from "./formats.ts";
import { driftHtml } from "./html/page.ts";
import { driftText } from "./human.ts";
import { driftMarkdown } from "./markdown.ts";

/** A drift report in one of its formats. The page also draws the last runs, if there are any. */
export function driftReport(
  format: DriftFormat,
  report: DriftReport,
  runs: readonly DriftRun[] = [],
): string {
  switch (format) {
    case "human":
      return driftText(report);
    case "json":
      return JSON.stringify(report, null, 2);
    case "markdown":
      return driftMarkdown(report);
    case "html":
      return driftHtml(report, runs);
    default:
      return findingReport(format, findingsOf(report));
  }
}
