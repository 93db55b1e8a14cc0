import { reasonOf } from "../../app/reasonOf.ts";
import { readJsonFile } from "../../files/jsonFile.ts";
import { messagesOf } from "../../messages.ts";
import { type AppDrift, type DriftReport, driftReportSchema } from "../../results/drift.ts";

/** The joined report, and which shards are missing. */
export interface MergedReport {
  report: DriftReport;
  /** Numbers of missing shards. */
  missing: number[];
}

/**
 * Joins the reports of shards. Apps are in one order, whatever the order of the files.
 *
 * @throws SfError `NotAReportError`, `OtherShardsError` if files belong to different runs, `AppTwiceError`
 */
export function mergeReports(files: readonly string[]): MergedReport {
  const messages = messagesOf("connectedapp.drift.merge");
  const parts = files.map((file) => ({ file, report: readReport(file) }));
  const counts = new Set(parts.map(({ report }) => report.shard?.count));
  if (counts.size > 1)
    throw messages.createError("otherShards", [[...counts].map((count) => count ?? "-").join(", ")]);
  const seen = new Map<string, string>();
  for (const { file, report } of parts) {
    for (const app of report.apps) {
      const key = keyOf(app);
      const former = seen.get(key);
      if (former !== undefined)
        throw messages.createError("appTwice", [app.name, app.org.name, former, file]);
      seen.set(key, file);
    }
  }
  const [count = 0] = [...counts].filter((found) => found !== undefined);
  const present = parts.map(({ report }) => report.shard?.index);
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter(
    (index) => !present.includes(index),
  );
  const reports = parts.map(({ report }) => report);
  const unclaimed = reports.flatMap((report) => report.unclaimed ?? []).sort(byOrg);
  const passedOver = reports.flatMap((report) => report.passedOver ?? []).sort(byOrg);
  const calls = reports.flatMap((report) => report.calls ?? []);
  return {
    missing,
    report: {
      schemaVersion: 1,
      checkedAt: reports.map(({ checkedAt }) => checkedAt).sort()[0] ?? "",
      version: reports[0]?.version ?? "",
      // In the order of a single run: by the names of the orgs. The apps of an org are all in one part and keep their
      // order.
      apps: reports.flatMap(({ apps }) => apps).sort(byOrg),
      ...(reports.some((report) => report.calls !== undefined)
        ? { calls: calls.sort((a, b) => (a.org < b.org ? -1 : 1)) }
        : {}),
      ...(reports.some((report) => report.unclaimed !== undefined) ? { unclaimed } : {}),
      ...(reports.some((report) => report.passedOver !== undefined) ? { passedOver } : {}),
    },
  };
}

function keyOf({ kind, name, environment, org }: AppDrift): string {
  return JSON.stringify([kind, name, environment, org.name]);
}

function byOrg(a: { org: AppDrift["org"] }, b: { org: AppDrift["org"] }): number {
  return a.org.name === b.org.name ? 0 : a.org.name < b.org.name ? -1 : 1;
}

function readReport(file: string): DriftReport {
  try {
    return readJsonFile(file, driftReportSchema);
  } catch (error) {
    throw messagesOf("connectedapp.drift.merge").createError("notAReport", [file, reasonOf(error)]);
  }
}
