import pLimit from "p-limit";
import type { Limit } from "../../org/askOrg.ts";
import type { AppDrift, DriftReport } from "../../results/drift.ts";
import type { Permissions } from "../../secrets/permissions.ts";
import { type CheckOptions, checkOrg, failureOf } from "./checkOrg.ts";
import { spareMemory } from "./spareMemory.ts";
import { type DriftSelection, driftTargets, type OrgTargets } from "./targets.ts";
import { findUnclaimed, type Unclaimed } from "./unclaimed.ts";

/** What the user asked for. */
export interface DriftOptions extends DriftSelection {
  strict: boolean;
  verify: boolean;
  maxSecretAge: CheckOptions["maxSecretAge"];
  allowed: Permissions;
  detectUnclaimed: boolean;
  /** Patterns of API names that are passed over where unclaimed apps are looked for. */
  exclude: readonly string[];
  /** How many calls may run at the same time, over all orgs and to one org. */
  concurrency: { total: number; perOrg: number };
  version: string;
}

/** The progress of a check. */
export interface DriftProgress {
  orgs: number;
  done: number;
  drifted: number;
  unchecked: number;
}

/**
 * Checks apps against their specs, org by org. If an org cannot be checked, the report says so, and the others are
 * still checked.
 *
 * @throws SfError if the specs or the selection are wrong: then no org is asked
 */
export async function drift(
  options: DriftOptions,
  onProgress: (progress: DriftProgress) => void,
): Promise<DriftReport> {
  spareMemory();
  const targets = driftTargets(options);
  const progress = { orgs: targets.length, done: 0, drifted: 0, unchecked: 0 };
  const total = pLimit(options.concurrency.total);
  // Few orgs are open at once, so that memory does not grow with their number. But more are open than can be asked, so
  // that one call is always ready to follow another.
  const orgs = pLimit(2 * options.concurrency.total);
  onProgress(progress);
  const checked = await orgs.map(targets, async (target) => {
    const perOrg = pLimit(options.concurrency.perOrg);
    const limit: Limit = (work) => perOrg(() => total(work));
    const result = await checkTarget(target, options, limit);
    progress.done += 1;
    progress.drifted += result.apps.filter(({ state }) => state === "drifted").length;
    progress.unchecked += result.apps.filter(({ state }) => state === "unchecked").length;
    onProgress(progress);
    return result;
  });
  return {
    schemaVersion: 1,
    checkedAt: new Date().toISOString(),
    version: options.version,
    ...(options.shard === undefined ? {} : { shard: options.shard }),
    apps: checked.flatMap(({ apps }) => apps),
    ...(options.detectUnclaimed
      ? {
          unclaimed: checked.flatMap(({ unclaimed }) => unclaimed),
          passedOver: checked.flatMap(({ passedOver }) => passedOver),
        }
      : {}),
  };
}

async function checkTarget(
  target: OrgTargets,
  { strict, verify, maxSecretAge, allowed, detectUnclaimed, exclude }: DriftOptions,
  limit: Limit,
): Promise<Pick<DriftReport, "apps"> & Unclaimed> {
  const { org, apps } = await checkOrg(target, { strict, verify, maxSecretAge, allowed, limit });
  const nothing = { unclaimed: [], passedOver: [] };
  if (!detectUnclaimed || org === undefined) return { apps, ...nothing };
  try {
    return { apps, ...(await findUnclaimed(org, apps, exclude)) };
  } catch (error) {
    // What was asked for but could not be checked must not pass as in sync.
    const failure = failureOf(error);
    return { apps: apps.map((app) => withFailure(app, failure)), ...nothing };
  }
}

function withFailure(app: AppDrift, failure: NonNullable<AppDrift["failure"]>): AppDrift {
  return { ...app, state: app.state === "inSync" ? "unchecked" : app.state, failure };
}
