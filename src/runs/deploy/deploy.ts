import type { KeyObject } from "node:crypto";
import { shellWord } from "../../app/shellWord.ts";
import { messagesOf } from "../../messages.ts";
import { withinDeadline } from "../../network/retries.ts";
import type { ReadSpec } from "../../project/readSpec.ts";
import { isVerified, type Verification } from "../../results/check.ts";
import type { DeployReport } from "../../results/deploy.ts";
import type { Plan } from "../../results/plan.ts";
import type { Undone } from "../../results/undone.ts";
import type { Permissions } from "../../secrets/permissions.ts";
import { beginReadingKeys } from "../../token/publishedKeys.ts";
import { type AppInOrg, readAppInOrg } from "../appInOrg/appInOrg.ts";
import { changeApp } from "../appInOrg/changeApp.ts";
import { connectOrgOf, type SpecInOrg } from "../appInOrg/connectOrgOf.ts";
import { type ConsumerUse, consumerAfterDeploy, type KnownConsumer } from "../appInOrg/consumer.ts";
import { type ChangedApp, type Ending, endingsOf, type Journal, noJournal } from "../appInOrg/journal.ts";
import { assignToRunAsUser } from "../appInOrg/permissionSets.ts";
import type { Progress } from "../appInOrg/progress.ts";
import { isVerifiable, verifyApp } from "../appInOrg/verifyApp.ts";
import { receiptOf, writeReceipt } from "../receipt/receipt.ts";
import { beforeOf, differencesOf, meaningOf } from "../undo/before.ts";
import { undoDeploy } from "../undo/undo.ts";
import { preflight } from "../validate/preflight.ts";
import { startingPointOf } from "./findStartingPoint.ts";
import { makePlan } from "./plan.ts";
import { requireDeployable } from "./requireDeployable.ts";
import type { Deployed } from "./startingPoint.ts";

/** How an app is deployed, whatever it was read for. */
export interface DeployChoices {
  /** Let the org check the deploy, and change nothing. */
  dryRun: boolean;
  verify: boolean;
  /** Let REST clients read the org's consumer secrets for as long as this takes. */
  enableCredentialAccess: boolean;
  /** Assign the spec's permission set to the Run As user. */
  assignRunAs: boolean;
  /** In a refreshed sandbox, delete the app that was copied from production, and create the app again. */
  recreate: boolean;
  /** Milliseconds since the epoch until which the deploy and the app's propagation may take. */
  deadline: number;
}

/** What the user asked for. */
export interface DeployOptions extends Omit<DeployChoices, "deadline"> {
  /** Username or alias; without it, the environment's org or the configured one. */
  targetOrg: string | undefined;
  apiVersion: string | undefined;
  allowed: Permissions;
  /** How long the deploy and the app's propagation may take together. */
  waitMinutes: number;
  /** The other flags that change what the command means, as words of a command line. */
  flags: string;
  ending: Ending | undefined;
  /** Where to write a receipt if the app is verified, and what signs it. */
  receipt?: { file: string; key: KeyObject | undefined };
}

/**
 * The main run: reads the org, deploys what differs, and proves the result with a token.
 *
 * @throws SfError if a step before the verification fails. What the verification finds is in the report.
 */
export async function deploy(
  read: ReadSpec,
  options: DeployOptions,
  progress: Progress,
): Promise<DeployReport> {
  const { targetOrg, apiVersion, allowed, waitMinutes, receipt, flags, ending, ...choices } = options;
  const deadline = Date.now() + waitMinutes * 60_000;
  progress.start("read");
  const found = await connectOrgOf(read, { targetOrg, apiVersion, allowed });
  const { org } = found;
  progress.detail(org.name);
  const run = async (journal: Journal) => {
    // A token will be checked, and its keys do not depend on the deploy.
    const keys = choices.verify && !choices.dryRun ? { keys: beginReadingKeys(org.instanceUrl) } : {};
    const app = await readAppInOrg(found);
    return deployReadApp({ ...app, ...keys }, { ...choices, deadline }, progress, journal);
  };
  const patience = { deadline, onWait: (text: string) => progress.wait(text) };
  const deployed = choices.dryRun
    ? await withinDeadline(deadline, () => run(noJournal))
    : await changeApp({ ...changedApp(found, flags), ending }, patience, run);
  if (receipt === undefined || !isVerified(deployed.verification)) return deployed;
  writeReceipt(receipt.file, receiptOf({ to: found, gates: [], deployed }), receipt.key);
  return { ...deployed, receiptFile: receipt.file };
}

/**
 * Undoes the last deploy, which did not end well.
 *
 * @param onStep is told what is done, and why it takes time
 * @throws SfError as `changeApp` and `undoDeploy`
 */
export async function abortDeploy(
  read: ReadSpec,
  { targetOrg, apiVersion, allowed, waitMinutes, flags }: DeployOptions,
  onStep: (text: string) => void,
): Promise<Undone> {
  const deadline = Date.now() + waitMinutes * 60_000;
  const found = await connectOrgOf(read, { targetOrg, apiVersion, allowed });
  const about = { ...changedApp(found, flags), ending: "abort" as const };
  return changeApp(about, { deadline, onWait: onStep }, (journal) =>
    undoDeploy(found, { journal, deadline, onStep }),
  );
}

function changedApp({ org, spec }: SpecInOrg, flags: string): ChangedApp {
  const { file, environment, app } = spec;
  const named = environment === undefined ? "" : ` --environment ${shellWord(environment)}`;
  const which = `--spec ${shellWord(file)}${named} --target-org ${shellWord(org.name)}`;
  return { org, app, ...endingsOf(`sf cpq connectedapp deploy ${which}${flags}`) };
}

/** The same for an app whose org has just been read, as a part of `changeApp`. @throws SfError as `deploy` */
export async function deployReadApp(
  found: AppInOrg,
  choices: DeployChoices,
  progress: Progress,
  journal: Journal,
): Promise<DeployReport> {
  const { dryRun, deadline } = choices;
  progress.start("compare");
  const meant = meaningOf(found);
  requireSameMeaning(meant, journal);
  const start = await startingPointOf(found, choices.recreate);
  const { app } = start;
  const plan = makePlan(app.desired, app.reading);
  progress.detail(messagesOf("deploy").getMessage(`action.${plan.action}`));
  if (plan.action !== "nothing") requireDeployable(app);

  journal.keep({ before: beforeOf(found, journal.former), meant });

  const use = consumerUse(app, choices, journal);
  const request = {
    checkOnly: dryRun,
    deadline,
    onStatus: (status: string) => progress.detail(status),
    ...journal.deploys,
  };
  const run = () => start.deploy(plan, { use, request, journal });
  if (plan.action === "nothing") progress.skip("deploy");
  else progress.start("deploy");
  const deployed = await (plan.action === "nothing" ? run() : journal.step("deploy", run));
  const consumer = await journal.step("readBack", () => consumerAfterDeploy(app, deployed, use));
  journal.stored(consumer.stored?.place);
  const assigned =
    choices.assignRunAs && !dryRun
      ? await journal.step("assign", () => assignToRunAsUser(app, (assigned) => journal.keep({ assigned })))
      : undefined;

  if (use.verify) progress.start("verify");
  else progress.skip("verify");
  const until = mayStillPropagate(app, deployed) ? deadline : 0;
  const verification = use.verify
    ? await journal.step("verify", () => verifyApp(app, consumer, until, progress))
    : undefined;
  progress.end(isVerified(verification) ? "completed" : "failed");

  const refresh = start.refresh(consumer.key, deployed.deletedCopy);
  const obstacles = dryRun ? await preflight(app, choices.assignRunAs) : undefined;
  const { deployId, unchecked } = deployed;
  const { notes } = journal;
  const done = {
    notes,
    plan,
    dryRun,
    preflight: obstacles,
    deployId,
    unchecked,
    refresh,
    assigned,
    verification,
  };
  return reportOf(app, consumer, done);
}

/** @throws SfError `SpecChangedError` if the run is to be resumed that did not end well, and it meant another deploy */
function requireSameMeaning(meant: Record<string, string>, { ending, former }: Journal): void {
  if (ending !== "resume" || former?.meant === undefined) return;
  const differences = differencesOf(former.meant, meant);
  if (differences.length > 0)
    throw messagesOf("journal").createError("specChanged", [differences.join(", ")]);
}

/** Longest time in milliseconds that Salesforce needs until a changed app works everywhere, as users report. */
const longestPropagation = 30 * 60_000;

/** Only after a change can it help to request a refused token again. */
function mayStillPropagate({ reading }: AppInOrg, { deployId }: Deployed): boolean {
  const changed = reading.lastChange?.at;
  return (
    deployId !== undefined || (changed !== undefined && Date.now() - Date.parse(changed) < longestPropagation)
  );
}

function consumerUse(app: AppInOrg, choices: DeployChoices, { access }: Journal): ConsumerUse {
  return {
    keep: !choices.dryRun,
    verify: choices.verify && !choices.dryRun && isVerifiable(app),
    access: choices.enableCredentialAccess ? access : undefined,
    deadline: choices.deadline,
  };
}

interface Done {
  notes: DeployReport["notes"];
  plan: Plan;
  dryRun: boolean;
  preflight: DeployReport["preflight"];
  deployId: string | undefined;
  unchecked: DeployReport["unchecked"];
  refresh: DeployReport["refresh"];
  assigned: string | undefined;
  verification: Verification | undefined;
}

function reportOf(
  { org, desired, reading }: AppInOrg,
  { key, stored }: KnownConsumer,
  done: Done,
): DeployReport {
  const { id, username, instanceUrl, name } = org;
  const runAs = desired.settings["oauth.clientCredentials.runAs"];
  return {
    org: { id, username, instanceUrl, name },
    app: {
      kind: desired.kind,
      name: desired.name,
      label: desired.settings.label ?? desired.name,
      ...(runAs === undefined ? {} : { runAs }),
    },
    keptParts: keptParts(reading),
    consumer: done.dryRun ? undefined : { ...(key ? { key } : {}), ...(stored ? { stored } : {}) },
    ...done,
  };
}

function keptParts({ further = [] }: AppInOrg["reading"]): DeployReport["keptParts"] {
  const parts = further.map(({ component: { type }, fullName }) => ({ type, name: fullName }));
  return parts.length === 0 ? undefined : parts;
}
