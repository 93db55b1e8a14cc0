import type { Severity } from "../../../app/severity.ts";
import type { AppDrift } from "../../../results/drift.ts";
import { type Contents, severities, states } from "./contents.ts";
import { countText, say } from "./words.ts";

/** The numbers of a report. A check is one app in one environment. */
export type Counts = Record<"checks" | "differences" | AppDrift["state"] | Severity, number>;

export function countsOf({ report: { apps }, drifted }: Contents): Counts {
  const found = drifted.flatMap(({ differences }) => differences);
  const counts: Counts = {
    checks: apps.length,
    differences: found.length,
    inSync: 0,
    drifted: 0,
    unchecked: 0,
    security: 0,
    function: 0,
    appearance: 0,
  };
  for (const state of states) counts[state] = apps.filter((app) => app.state === state).length;
  for (const severity of severities)
    counts[severity] = found.filter(({ drift }) => drift.severity === severity).length;
  return counts;
}

/** The whole report in a few words, also for the title of the window. */
export function verdict(counts: Counts): { icon: string; text: string } {
  if (counts.checks === 0) return { icon: "unchecked", text: say("verdict.nothing") };
  if (counts.differences > 0)
    return { icon: "drifted", text: countText("verdict.drifted", counts.differences) };
  if (counts.unchecked > 0)
    return { icon: "unchecked", text: countText("verdict.unchecked", counts.unchecked) };
  return { icon: "inSync", text: say("verdict.inSync") };
}
