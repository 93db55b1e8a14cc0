import type { DriftRun, PlaceInRun } from "../../../src/results/driftHistory.ts";

const severities = ["appearance", "function", "security"] as const;

/** Thirty daily runs over some environments, most of them with drift now and then. */
export function sampleRuns(environments: number): DriftRun[] {
  return Array.from({ length: 30 }, (_, day) => ({
    schemaVersion: 1,
    checkedAt: new Date(Date.UTC(2026, 9, 26 + day, 5, 30)).toISOString(),
    version: "0.1.0",
    places: Array.from({ length: environments }, (_, index) => found(index, day)),
  }));
}

function found(index: number, day: number): PlaceInRun {
  const place = { environment: `region-${index + 1}`, org: `org-${index + 1}`, apps: 3, unchecked: 0 };
  if (index % 3 === 0) return { ...place, differences: 0 };
  if (day === 5 + (index % 20)) return { ...place, unchecked: 3, differences: 0 };
  const differences = Math.max(0, ((day * (index + 2)) % 11) - 6);
  const worst = severities[(day + index) % 3] ?? "security";
  return { ...place, differences, ...(differences === 0 ? {} : { worst }) };
}
