import { compare, type Difference } from "../../app/compare.ts";
import type { DesiredApp } from "../../app/desiredApp.ts";
import { kinds } from "../../metadata/kinds.ts";
import { unknownSettings } from "../../metadata/unseenParts.ts";
import type { Plan } from "../../results/plan.ts";
import type { OrgReading } from "../appInOrg/readOrg.ts";

/** Decides what there is to do. Pure. */
export function makePlan(desired: DesiredApp, reading: OrgReading): Plan {
  const isSetupOnly = ({ path }: Difference) => kinds[desired.kind].setupOnly.includes(path);
  if (reading.actual === undefined) {
    const all = compare(desired.settings, {}, { withDefaults: false });
    return { action: "create", changes: all.filter((difference) => !isSetupOnly(difference)), setupOnly: [] };
  }
  // A setting that could not be read is no difference; the token shows it.
  const known = reading.setupUnreadable === undefined;
  const { kind, settings } = desired;
  const unknown = unknownSettings({ kind, files: reading.files });
  const differences = compare(settings, reading.actual.settings, { kind, unknown });
  const changes = differences.filter((difference) => !isSetupOnly(difference));
  const setupOnly = differences.filter((difference) => known && isSetupOnly(difference));
  return { action: changes.length === 0 ? "nothing" : "update", changes, setupOnly };
}
