import { compare, type Difference, keptByOrg } from "../../app/compare.ts";
import type { DesiredApp } from "../../app/desiredApp.ts";
import { scopesInToken } from "../../app/scopes.ts";
import { kinds } from "../../metadata/kinds.ts";
import { unknownSettings } from "../../metadata/unseenParts.ts";
import type { Plan } from "../../results/plan.ts";
import type { OrgReading } from "../appInOrg/readOrg.ts";

/** Decides what has to be done. Pure. */
export function makePlan(desired: DesiredApp, reading: OrgReading): Plan {
  const scopesNotInToken = notInToken(desired);
  const isSetupOnly = ({ path }: Difference) => kinds[desired.kind].setupOnly.includes(path);
  if (reading.actual === undefined) {
    const all = compare(desired.settings, {}, { withDefaults: false });
    const changes = all.filter((difference) => !isSetupOnly(difference));
    const kept = keptByOrg(desired.settings, {}, desired);
    return { action: "create", changes, setupOnly: [], keptByOrg: kept, scopesNotInToken };
  }
  // A setting that could not be read does not count as a difference. The token will show it.
  const known = reading.setupUnreadable === undefined;
  const { kind, settings } = desired;
  const unknown = unknownSettings({ kind, files: reading.files });
  const comparison = { kind, unknown };
  const differences = compare(settings, reading.actual.settings, comparison);
  const changes = differences.filter((difference) => !isSetupOnly(difference));
  const setupOnly = differences.filter((difference) => known && isSetupOnly(difference));
  return {
    action: changes.length === 0 ? "nothing" : "update",
    changes,
    setupOnly,
    keptByOrg: keptByOrg(settings, reading.actual.settings, comparison),
    scopesNotInToken,
  };
}

function notInToken({ settings }: DesiredApp): string[] {
  const scopes = settings["oauth.scopes"] ?? [];
  if (settings["oauth.clientCredentials.enabled"] !== true) return [];
  const carried = scopesInToken(scopes);
  return scopes.filter((scope) => !carried.includes(scope));
}
