import { usesOAuth } from "../../app/desiredApp.ts";
import type { ReadSpec } from "../../project/readSpec.ts";
import { isVerified, type Verification } from "../../results/check.ts";
import type { DeployReport } from "../../results/deploy.ts";
import type { ReviewedPlan } from "../../results/plan.ts";
import { generateConsumer } from "../../secrets/generate.ts";
import { resolve } from "../../spec/resolve.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { connectOrgOf } from "../appInOrg/connectOrgOf.ts";
import { consumerAfterDeploy, consumerBeforeDeploy, type KnownConsumer } from "../appInOrg/consumer.ts";
import { assignToRunAsUser, requirePermissionSets } from "../appInOrg/permissionSets.ts";
import type { Progress } from "../appInOrg/progress.ts";
import { readOrg } from "../appInOrg/readOrg.ts";
import { requireRunAsUser } from "../appInOrg/runAsUser.ts";
import { verifyApp } from "../appInOrg/verifyApp.ts";
import { deployApp } from "./deployApp.ts";
import { makePlan } from "./plan.ts";
import { requireAsReviewed } from "./planFile.ts";
import { findRefresh, isPairTaken, refreshOf, removeCopy, withoutApp } from "./refresh.ts";
import { failedAgain } from "./refreshErrors.ts";

/** What the user asked for. */
export interface DeployOptions {
  /** Username or alias; without it, the environment's org or the configured one. */
  targetOrg: string | undefined;
  apiVersion: string | undefined;
  /** Let the org check the deploy, and change nothing. */
  dryRun: boolean;
  verify: boolean;
  /** Let the org's consumer secrets be read by REST for as long as it takes. */
  enableCredentialAccess: boolean;
  /** Assign the spec's permission set to the Run As user. */
  assignRunAs: boolean;
  /** The plan that somebody reviewed: nothing else is deployed. */
  reviewed?: ReviewedPlan | undefined;
  /** Delete production's copy of the app in a refreshed sandbox, and make the app again. */
  recreate?: boolean;
  /** How long the deploy and the app's propagation may take together. */
  waitMinutes: number;
}

/**
 * The main run: reads the org, deploys what differs, and proves the result by a token.
 *
 * @throws SfError where a step before the verification fails; what the verification finds is in the report
 */
export async function deploy(
  spec: ReadSpec,
  options: DeployOptions,
  progress: Progress,
): Promise<DeployReport> {
  const deadline = Date.now() + options.waitMinutes * 60_000;

  progress.start("Read org");
  const { org, spec: loaded } = await connectOrgOf(spec, options.targetOrg, options.apiVersion);
  const desired = resolve(loaded.spec);
  progress.detail(org.name);
  const reading = await readOrg(org, desired);

  if (options.reviewed !== undefined) requireAsReviewed(options.reviewed, { spec: loaded, org, reading });

  progress.start("Compare");
  const found: AppInOrg = { loaded, desired, org, reading };
  const refreshed = await findRefresh(found);
  const isCopy = refreshed?.reason === "copy";
  const app = isCopy ? withoutApp(found) : found;
  const plan = makePlan(desired, app.reading);
  progress.detail(plan.action);
  if (plan.action !== "nothing") {
    requireRunAsUser(app);
    requirePermissionSets(app);
  }
  const verifying = options.verify && !options.dryRun && usesOAuth(desired);
  const use = { keep: !options.dryRun, verify: verifying, enableAccess: options.enableCredentialAccess };
  const allowed = options.recreate === true;
  const former = isCopy
    ? await removeCopy(app, refreshed.former, { allowed, dryRun: options.dryRun, deadline })
    : refreshed?.next;
  // A dry run leaves the copy, and the org has checked the new app under another name already.
  const copyDeleted = isCopy && !options.dryRun;
  const isChecked = isCopy && options.dryRun;
  let before: KnownConsumer | undefined;
  let deployId: string | undefined;
  try {
    before = await consumerBeforeDeploy(app, { ...use, former });
    if (plan.action === "nothing" || isChecked) {
      progress.skip("Deploy");
    } else {
      progress.start("Deploy");
      const onStatus = (status: string) => progress.detail(status);
      const request = { checkOnly: options.dryRun, deadline, onStatus };
      try {
        deployId = await deployApp(app, before, request);
      } catch (error) {
        if (refreshed === undefined || !isPairTaken(error)) throw error;
        // Another app still has the former key or secret: new ones it is.
        before = await consumerBeforeDeploy(app, { ...use, former: generateConsumer() });
        deployId = await deployApp(app, before, request);
      }
    }
  } catch (error) {
    if (refreshed === undefined) throw error;
    const newPair = before !== undefined && before.key !== refreshed.former.key;
    throw failedAgain(app, { copyDeleted, newPair }, error);
  }
  const consumer = await consumerAfterDeploy(app, before, use);
  const assigned = options.assignRunAs && !options.dryRun ? await assignToRunAsUser(app) : undefined;

  let verification: Verification | undefined;
  if (verifying) {
    progress.start("Verify");
    verification = await verifyApp(app, consumer, deadline, progress);
  } else {
    progress.skip("Verify");
  }
  progress.end(isVerified(verification) ? "completed" : "failed");

  const { id, username, instanceUrl, name } = org;
  const { key, stored } = consumer;
  const runAs = desired.settings["oauth.clientCredentials.runAs"];
  return {
    org: { id, username, instanceUrl, name },
    app: {
      kind: desired.kind,
      name: desired.name,
      label: desired.settings.label ?? desired.name,
      ...(runAs === undefined ? {} : { runAs }),
    },
    plan,
    dryRun: options.dryRun,
    deployId,
    refresh: refreshed && refreshOf(refreshed, consumer.key, loaded.spec),
    consumer: options.dryRun ? undefined : { ...(key ? { key } : {}), ...(stored ? { stored } : {}) },
    assigned,
    verification,
  };
}
