import type { DriftReport } from "../../results/drift.ts";

/** The exit code of a report: 1 where something could not be checked, else 3 where something drifted, else 0. */
export function exitCodeOf({ apps, unclaimed = [] }: DriftReport): 0 | 1 | 3 {
  if (apps.some(({ failure }) => failure !== undefined)) return 1;
  return apps.some(({ state }) => state === "drifted") || unclaimed.length > 0 ? 3 : 0;
}
