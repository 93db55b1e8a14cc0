import type { FindingReport } from "../../results/finding.ts";
import { githubReport } from "./github.ts";
import { gitlabReport } from "./gitlab.ts";
import { junitReport } from "./junit.ts";
import { sarifReport } from "./sarif.ts";

const reports = { sarif: sarifReport, junit: junitReport, github: githubReport, gitlab: gitlabReport };

/** The formats that pipelines read. */
export type FindingFormat = keyof typeof reports;

/** Findings in one of the formats that pipelines read. */
export function findingReport(format: FindingFormat, report: FindingReport): string {
  return reports[format](report);
}
