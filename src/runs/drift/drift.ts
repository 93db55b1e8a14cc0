import pLimit from "p-limit";
import type { Limit } from "../../org/askOrg.ts";
import { openLogins } from "../../org/connect.ts";
import type { AppDrift, DriftReport } from "../../results/drift.ts";
import type { Permissions } from "../../secrets/permissions.ts";
import { CallBudget } from "./callBudget.ts";
import { type CheckOptions, checkOrg, failureOf, type OrgAccess, uncheckedOrg } from "./checkOrg.ts";
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
  /** How many calls may be made to all orgs together. */
  maxCalls?: number | undefined;
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
  const targets = driftTargets(options);
  const progress = { orgs: targets.length, done: 0, drifted: 0, unchecked: 0 };
  const total = pLimit(options.concurrency.total);
  // Few orgs are open at once, so that memory does not grow with their number. But more are open than can be asked, so
  // that one call is always ready to follow another.
  const orgs = pLimit(2 * options.concurrency.total);
  // An org that is asked one thing after another needs one connection, and each further one costs round trips of its own. So an
  // org is asked several things at once only if there are too few orgs to keep all calls busy.
  const atOnce = Math.ceil(options.concurrency.total / Math.max(targets.length, 1));
  const mostPerOrg = Math.min(options.concurrency.perOrg, atOnce);
  const budget = new CallBudget(options.maxCalls);
  onProgress(progress);
  const logins = openLogins();
  // Each org that needs them reports it.
  logins.catch(() => {});
  const checked = await orgs.map(targets, async (target) => {
    const perOrg = pLimit(mostPerOrg);
    const result = await withinBudget(target, budget, (take) => {
      const limit: Limit = (work, calls = 1) =>
        perOrg(() =>
          total(() => {
            take(calls);
            return work();
          }),
        );
      return checkTarget(target, options, { logins, limit });
    });
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
    calls: checked.map(({ apps, calls }) => ({ org: apps[0]?.org.name ?? "", calls })),
    ...(options.detectUnclaimed
      ? {
          unclaimed: checked.flatMap(({ unclaimed }) => unclaimed),
          passedOver: checked.flatMap(({ passedOver }) => passedOver),
        }
      : {}),
  };
}

/** Checks an org if enough calls are left for it, and counts them. */
async function withinBudget<Checked extends Pick<DriftReport, "apps"> & Unclaimed>(
  target: OrgTargets,
  budget: CallBudget,
  check: (take: (calls: number) => void) => Promise<Checked>,
): Promise<Pick<DriftReport, "apps"> & Unclaimed & { calls: number }> {
  try {
    const org = budget.open();
    const result = await check(org.take);
    org.close();
    return { ...result, calls: org.made };
  } catch (error) {
    return { apps: uncheckedOrg(target, failureOf(error)), unclaimed: [], passedOver: [], calls: 0 };
  }
}

async function checkTarget(
  target: OrgTargets,
  { strict, verify, maxSecretAge, allowed, detectUnclaimed, exclude }: DriftOptions,
  access: OrgAccess,
): Promise<Pick<DriftReport, "apps"> & Unclaimed> {
  const { org, apps } = await checkOrg(target, { strict, verify, maxSecretAge, allowed }, access);
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
