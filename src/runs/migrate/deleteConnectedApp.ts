import { shellWord } from "../../app/shellWord.ts";
import { messagesOf } from "../../messages.ts";
import { kinds } from "../../metadata/kinds.ts";
import { readApp } from "../../metadata/read.ts";
import { readAppUse } from "../../org/appUse.ts";
import { connectOrg, type TargetOrg } from "../../org/connect.ts";
import { readCredentials } from "../../org/credentials.ts";
import { retrieveFiles } from "../../org/retrieve.ts";
import { requireUnused } from "../../results/appUse.ts";
import type { Verification } from "../../results/check.ts";
import type { Deletion } from "../../results/migration.ts";
import type { Undone } from "../../results/undone.ts";
import { machineStore } from "../../secrets/machineStore.ts";
import { noPermissions } from "../../secrets/permissions.ts";
import { SfError } from "../../sfError.ts";
import { unverifiable } from "../../token/verify.ts";
import { readAppInOrg } from "../appInOrg/appInOrg.ts";
import { changeApp } from "../appInOrg/changeApp.ts";
import { consumerBeforeDeploy } from "../appInOrg/consumer.ts";
import { type Ending, endingsOf, type Journal } from "../appInOrg/journal.ts";
import { silentProgress } from "../appInOrg/progress.ts";
import { removeConnectedApp } from "../appInOrg/removeConnectedApp.ts";
import { verifyApp } from "../appInOrg/verifyApp.ts";
import { specOfName } from "../rotate/specOfName.ts";
import { undoDeletion } from "../undo/undo.ts";

/** What the user asked for. */
export interface DeletionOptions {
  /** API name of both apps. */
  name: string;
  targetOrg: string | undefined;
  /** Delete the app also if it was used, or if nobody can know. */
  evenIfUsed: boolean;
  /** Delete the app also if no token shows that its successor works. */
  evenIfUnverified: boolean;
  waitMinutes: number;
  /** The other flags that change what the command means, as words of a command line. */
  flags: string;
  ending: Ending | undefined;
}

/** What came of it: undefined if the user said no. */
type DeletionResult = { deleted: Deletion | undefined } | { undone: Undone };

/**
 * Deletes a connected app if its successor exists, an external client app of the same name, if nobody has used the old
 * app lately, and if a fresh token shows that the successor works. What a run that did not end well has deleted is not
 * looked for again.
 *
 * @param confirm asks the user; if the answer is no, nothing is deleted
 * @param onWait is told which other run this one waits for, and how the last one ended
 * @throws SfError `AppNotFoundError`, `SuccessorMissingError`, `SuccessorNotVerifiedError`, `DeletionFailedError`, or as
 *   `requireUnused` and `changeApp`
 */
export async function deleteConnectedApp(
  options: DeletionOptions,
  confirm: (question: string) => Promise<boolean>,
  onWait: (text: string) => void,
): Promise<DeletionResult> {
  const { name, targetOrg, flags, ending, waitMinutes } = options;
  const deadline = Date.now() + waitMinutes * 60_000;
  const org = await connectOrg(targetOrg, undefined);
  const command = `sf cpq connectedapp migrate --name ${shellWord(name)} --target-org ${shellWord(org.name)} --delete-old${flags}`;
  // A deletion cannot be undone. One that the org has not made can be given up.
  const about = { org, app: { kind: "ConnectedApp" as const, name }, ...endingsOf(command), undo: undefined };
  const patience = { deadline, onWait, ...(ending === "abort" ? {} : { onNote: onWait }) };
  return changeApp({ ...about, ending }, patience, async (journal) => {
    if (ending === "abort") return { undone: undoDeletion(org, journal) };
    const made = deletionOf(journal);
    const isGone =
      made !== undefined && (await retrieveFiles(org, kinds.ConnectedApp.components, name)).length === 0;
    if (!isGone && !(await isDecided(org, { ...options, deadline }, confirm))) return { deleted: undefined };
    const deployId = isGone ? made : await removeConnectedApp(org, name, { journal, deadline });
    // No other store is known without a spec, and nobody else keeps a pair for an app that is gone.
    await machineStore().erase({
      orgId: org.id,
      kind: "ConnectedApp",
      appName: name,
      instanceUrl: org.instanceUrl,
    });
    return { deleted: { name, org: org.name, deployId } };
  });
}

/** Id of the deploy by which the last run, which did not end well, deleted the app; undefined if it did not. */
function deletionOf({ former }: Journal): string | undefined {
  const deploys = former?.steps.flatMap((step) => (step.id === "delete" ? step.deploys : [])) ?? [];
  return deploys.find(({ status }) => status === "Succeeded")?.id;
}

/** Whether the app may be deleted, and the user wants it. */
async function isDecided(
  org: TargetOrg,
  { name, evenIfUsed, evenIfUnverified, deadline }: DeletionOptions & { deadline: number },
  confirm: (question: string) => Promise<boolean>,
): Promise<boolean> {
  const messages = messagesOf("connectedapp.migrate");
  const [old, successor] = await Promise.all([
    retrieveFiles(org, kinds.ConnectedApp.components, name),
    retrieveFiles(org, kinds.ExternalClientApp.components.slice(0, 1), name),
  ]);
  if (old.length === 0) throw messages.createError("appNotFound", [name, org.name], [org.name]);
  if (successor.length === 0) throw messages.createError("successorMissing", [name, org.name]);
  if (!evenIfUsed) {
    const { settings } = readApp("ConnectedApp", old);
    const runAs = settings["oauth.clientCredentials.runAs"];
    const app = { label: settings.label ?? name, name, runAs: runAs === undefined ? [] : [runAs] };
    requireUnused(await readAppUse(org, app), { name, org: org.name, flag: "--even-if-used" });
  }
  if (!(await confirm(messages.getMessage("confirmDeletion", [name, org.name])))) return false;
  // The token counts as a use if both apps have one label, so none is asked before the user has decided.
  if (!evenIfUnverified) requireVerified(await verifySuccessor(org, name, deadline), name, org);
  return true;
}

/** Verifies an external client app against what it is in the org. Nothing was changed, so no refusal may pass. */
async function verifySuccessor(org: TargetOrg, name: string, deadline: number): Promise<Verification> {
  const app = await readAppInOrg({ spec: await specOfName(org, name), org, allowed: noPermissions });
  const use = { keep: false, verify: true, access: undefined, deadline };
  const known = await consumerBeforeDeploy(app, use);
  try {
    // If this machine does not know the secret, the org may tell it.
    const consumer = known.secret === undefined ? await readCredentials(org, name) : known;
    return await verifyApp(app, consumer, 0, silentProgress);
  } catch (error) {
    const { message, actions = [] } = SfError.wrap(error);
    return unverifiable({ reason: message, actions });
  }
}

function requireVerified({ outcome, checks }: Verification, name: string, org: TargetOrg): void {
  if (outcome === "passed") return;
  const open = checks.filter((check) => check.outcome === "failed" || check.outcome === "unverified");
  const values = [name, org.name, open.map(({ detail }) => detail).join("\n")] as const;
  const error = messagesOf("connectedapp.migrate").createError("successorNotVerified", values);
  error.actions = [...open.flatMap(({ actions }) => actions), ...(error.actions ?? [])];
  throw error;
}
