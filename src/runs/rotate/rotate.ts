import { namespaceOf } from "../../app/apiName.ts";
import { usesOAuth } from "../../app/desiredApp.ts";
import { placeOf } from "../../app/place.ts";
import { messagesOf } from "../../messages.ts";
import { withCredentialAccess } from "../../org/credentialAccess.ts";
import type { Rotation } from "../../results/rotation.ts";
import { type AppInOrg, readAppInOrg } from "../appInOrg/appInOrg.ts";
import { changeApp } from "../appInOrg/changeApp.ts";
import type { SpecInOrg } from "../appInOrg/connectOrgOf.ts";
import { endingsOf, type Journal, noJournal } from "../appInOrg/journal.ts";
import type { Progress } from "../appInOrg/progress.ts";
import { knownAge } from "../appInOrg/secretAge.ts";
import { replaceApp } from "./replaceApp.ts";
import { rotateSecret } from "./rotateSecret.ts";
import { commandOf, type RotateOptions, type Run } from "./rotationRun.ts";

/**
 * Gives the callers of an app a new key and secret, while the former ones work on: an external client app gets another pair,
 * a connected app is replaced by another app. At each moment there is a stored pair that works.
 *
 * @throws SfError `NotRotatableError`, `NoPlaceError`, `AppMissingError`, `AgeUnknownError`, or as the two ways
 */
export async function rotate(
  found: SpecInOrg,
  options: RotateOptions,
  progress: Progress,
): Promise<Rotation> {
  progress.start("read");
  progress.detail(found.org.name);
  const app = await readAppInOrg(found);
  const { org } = found;
  requireRotatable(app);
  const work = (journal: Journal) => {
    const { access } = journal;
    const isAllowed = options.enableCredentialAccess && access !== undefined;
    const run: Run = {
      app,
      age: knownAge(app),
      journal,
      options,
      progress,
      inAccess: (work) => (isAllowed ? withCredentialAccess(org, access, work) : work(false)),
    };
    return app.desired.kind === "ConnectedApp" ? replaceApp(run) : rotateSecret(run);
  };
  // Of two apps that replace each other, the former one is there before and after.
  const { kind, name, rotation } = app.spec.app;
  const plain = `${commandOf(app)}${options.flags}`;
  const command = `${plain}${options.graceFlag}`;
  // What a later run revokes or deletes, it revokes or deletes again, and nothing brings it back.
  const endings =
    options.action === "revokeFormer"
      ? { command, goOn: command, undo: undefined }
      : { ...endingsOf(command), undo: `${plain} --abort` };
  const about = { org, app: { kind, name: rotation?.former ?? name }, ...endings };
  const patience = { deadline: options.deadline, onWait: (text: string) => progress.wait(text) };
  return options.dryRun ? work(noJournal) : changeApp(about, patience, work);
}

/**
 * Makes sure that an app's key and secret can be replaced, and that the new ones have a place to go to.
 *
 * @throws SfError `NotRotatableError`, `AppMissingError` or `NoPlaceError`
 */
function requireRotatable(app: AppInOrg): void {
  const { spec, desired, org, reading } = app;
  const messages = messagesOf("rotation");
  const about = [desired.name, org.name] as const;
  if (namespaceOf(desired.name) !== undefined || !usesOAuth(desired))
    throw messages.createError("notRotatable", [desired.name]);
  if (reading.actual === undefined)
    throw messages.createError("appMissing", about, [commandOf(app, "deploy")]);
  const { key, secret, store } = spec.app.consumer;
  if (store === undefined && (key !== undefined || secret !== undefined))
    throw messages.createError("noPlace", [placeOf(spec.locate("consumer"))]);
}
