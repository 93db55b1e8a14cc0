import { type SettingPath, type Settings, settingPaths } from "../../app/settings.ts";
import { messagesOf } from "../../messages.ts";
import { kinds } from "../../metadata/kinds.ts";
import type { TargetOrg } from "../../org/connect.ts";
import {
  type DeployOutcome,
  type DeployRequest,
  deleteComponents,
  refusalReason,
} from "../../org/deployFiles.ts";
import { unassignPermissionSet } from "../../org/permissionSets.ts";
import type { Verification } from "../../results/check.ts";
import type { Assigned } from "../../results/journal.ts";
import { shownValue } from "../../results/shownValue.ts";
import { SfError } from "../../sfError.ts";
import { unverifiable } from "../../token/verify.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { consumerBeforeDeploy } from "../appInOrg/consumer.ts";
import type { Journal } from "../appInOrg/journal.ts";
import { silentProgress } from "../appInOrg/progress.ts";
import { type OrgReading, readOrg } from "../appInOrg/readOrg.ts";
import { verifyApp } from "../appInOrg/verifyApp.ts";
import { deployUpdate } from "../deploy/deployUpdate.ts";
import { digestOfFiles } from "../deploy/digest.ts";

/** What was done before, and how to do it. */
interface RestoreRequest {
  /** What the deploy gave to the Run As user. */
  assigned: Assigned | undefined;
  /** Milliseconds since the epoch until which the deploy, and the restored app's propagation, may take. */
  deadline: number;
  journal: Journal;
  /** Why the app gets its former metadata back. */
  why: "failed" | "abort";
  /** Is told what is done, and why it takes time. */
  onStep(text: string): void;
}

/** What an org is like after a restore. */
export interface Restored {
  /** Everything that is not as it was, a sentence each; empty if all of it is. */
  notRestored: string[];
  /** What a token of the former app shows; undefined if there was no app, or none that gives tokens. */
  verification: Verification | undefined;
}

/**
 * Restores an app to the state before a deploy: its former metadata or, if there was no such app, none; and the Run As
 * user's permission sets. Then the org is read once more, since an org may say that it succeeded and keep something, and
 * a token is asked from the former app, since only that shows that its callers work again. What goes wrong stops
 * nothing: the rest is restored all the same.
 *
 * @param app as it was before the deploy
 */
export async function restoreApp(app: AppInOrg, request: RestoreRequest): Promise<Restored> {
  const { journal, why, onStep } = request;
  const id = why === "failed" ? "restoring" : app.reading.actual === undefined ? "removing" : "undoing";
  onStep(messagesOf("restore").getMessage(id, [app.org.name]));
  const notRestored = await journal.step("restore", () => restoreMetadata(app, request));
  if (!givesTokens(app)) return { notRestored, verification: undefined };
  onStep(messagesOf("restore").getMessage("verifying", [app.desired.name]));
  // What was not put back does not get right by waiting.
  const until = notRestored.length > 0 ? 0 : request.deadline;
  const verification = await journal.step("verify", () => verifyFormer(app, request, until));
  return { notRestored, verification };
}

async function restoreMetadata(
  app: AppInOrg,
  { assigned, deadline, journal }: RestoreRequest,
): Promise<string[]> {
  const messages = messagesOf("restore");
  const { org } = app;
  const { name } = org;
  const request = { checkOnly: false, deadline, ...journal.deploys };
  const reasonOf = (error: unknown) => SfError.wrap(error).message;
  const refused = await deployFormer(app, request).then(
    (outcome) => problemOf(outcome, name),
    (error: unknown) => messages.getMessage("refused", [name, reasonOf(error)]),
  );
  const notTaken =
    assigned === undefined ? undefined : await takeBack(org, assigned).then(() => undefined, reasonOf);
  const differs = await readOrg(app.org, app.desired).then(
    (now) => differencesBetween(app, now),
    (error: unknown) => [messages.getMessage("unreadable", [name, reasonOf(error)])],
  );
  return [
    // If nothing differs, the org did what it was asked for, whatever became of its answer.
    ...(refused !== undefined && differs.length > 0 ? [refused] : []),
    ...differs,
    ...(notTaken === undefined
      ? []
      : [messages.getMessage("assigned", [assigned?.name ?? "", name, notTaken])]),
  ];
}

/** Takes a permission set from the Run As user again. */
export function takeBack(org: TargetOrg, { userId, permissionSetId }: Assigned): Promise<void> {
  return unassignPermissionSet(org, userId, permissionSetId);
}

/** Whether there was an app that somebody could have a token of. */
function givesTokens({ reading: { actual } }: AppInOrg): boolean {
  return actual?.settings["oauth.clientCredentials.enabled"] === true;
}

/** Verifies the former app against its former settings. What keeps it from being made is a result too. */
async function verifyFormer(
  app: AppInOrg,
  { deadline, onStep }: RestoreRequest,
  until: number,
): Promise<Verification> {
  const settings: Settings = { "oauth.accessToken.format": "opaque", ...app.reading.actual?.settings };
  const former = { ...app, desired: { ...app.desired, settings } };
  try {
    const use = { keep: false, verify: true, access: undefined, deadline };
    const consumer = await consumerBeforeDeploy(former, use);
    return await verifyApp(former, consumer, until, { ...silentProgress, wait: onStep });
  } catch (error) {
    const { message, actions = [] } = SfError.wrap(error);
    return unverifiable({ reason: message, actions });
  }
}

function deployFormer({ org, desired, reading, ...app }: AppInOrg, request: DeployRequest) {
  if (reading.actual !== undefined)
    return deployUpdate({ ...app, org, desired, reading }, reading.files, request);
  // Deleting the application also deletes its other components.
  const application = kinds[desired.kind].components.slice(0, 1);
  const names = application.map(({ type }) => ({ type, fullName: desired.name }));
  return deleteComponents(org, names, request);
}

function problemOf(outcome: DeployOutcome, org: string): string | undefined {
  const { id, done, success, failures, errorMessage, status } = outcome;
  const messages = messagesOf("restore");
  if (success) return undefined;
  if (!done) return messages.getMessage("inProgress", [org, id, org]);
  const reason = refusalReason(failures, errorMessage ?? status);
  return messages.getMessage("refused", [org, reason]);
}

/** What is not as it was, in words. */
function differencesBetween({ org, desired, reading: before }: AppInOrg, now: OrgReading): string[] {
  const messages = messagesOf("restore");
  if (before.actual === undefined)
    return now.actual === undefined ? [] : [messages.getMessage("stillThere", [desired.name, org.name])];
  if (now.actual === undefined) return [messages.getMessage("gone", [desired.name, org.name])];
  // No deploy changes what only Setup can change.
  const unread = now.setupUnreadable === undefined ? [] : kinds[desired.kind].setupOnly;
  const changed = changedSettings(before.actual.settings, now.actual.settings, unread);
  if (before.actual.consumerKey !== now.actual.consumerKey)
    changed.push(
      messages.getMessage("setting", [
        "consumer.key",
        before.actual.consumerKey ?? shownValue(undefined),
        now.actual.consumerKey ?? shownValue(undefined),
      ]),
    );
  const isOther = changed.length === 0 && digestOfFiles(before.files) !== digestOfFiles(now.files);
  return isOther ? [messages.getMessage("metadata", [desired.name])] : changed;
}

function changedSettings(before: Settings, now: Settings, unread: readonly SettingPath[]): string[] {
  return settingPaths
    .filter((path) => !unread.includes(path))
    .filter((path) => JSON.stringify(before[path]) !== JSON.stringify(now[path]))
    .map((path) =>
      messagesOf("restore").getMessage("setting", [path, shownValue(before[path]), shownValue(now[path])]),
    );
}
