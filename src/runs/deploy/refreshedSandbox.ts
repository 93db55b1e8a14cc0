import { join } from "node:path";
import type { Consumer } from "../../app/consumer.ts";
import { settingsWith, withoutSettings } from "../../app/settings.ts";
import { writeWhole } from "../../files/wholeFile.ts";
import { messagesOf } from "../../messages.ts";
import { refusesTaken } from "../../metadata/failures.ts";
import { kinds } from "../../metadata/kinds.ts";
import { deleteComponents, refusalReason } from "../../org/deployFiles.ts";
import type { DeletedCopy, Refresh } from "../../results/deploy.ts";
import { generateConsumer } from "../../secrets/generate.ts";
import { machineFolder } from "../../secrets/machineStore.ts";
import { SfError } from "../../sfError.ts";
import { writeSpec } from "../../spec/write.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { consumerBeforeDeploy } from "../appInOrg/consumer.ts";
import { deployApp } from "./deployApp.ts";
import { failedAgain, refusedInAdvance } from "./refreshErrors.ts";
import type { Deployed, DeployRun, StartingPoint } from "./startingPoint.ts";

/**
 * The app has been gone since the refresh. It is created again, if possible with the key and secret that its callers
 * know.
 */
export function goneByRefresh(app: AppInOrg, former: Consumer, next: Consumer): StartingPoint {
  return {
    app,
    deploy: (_plan, run) => makeAgain({ app, former }, [next, generateConsumer()], run),
    refresh: (key) => refreshOf("gone", app, former, key),
  };
}

/**
 * The refresh left a copy of production's app. If the user allows it, the copy gives way to the app that the callers
 * know.
 */
export function copiedByRefresh(found: AppInOrg, former: Consumer, recreate: boolean): StartingPoint {
  const app = {
    ...found,
    reading: { ...found.reading, actual: undefined, files: [], lastChange: undefined },
  };
  return {
    app,
    deploy: async (_plan, run) => {
      if (!recreate) throw copyFound(app);
      const consumer = await pairThatOrgTakes(app, [former, generateConsumer()], run);
      // The org has already checked the new app under another name, and a dry run leaves the copy.
      if (run.request.checkOnly) return { consumer };
      const deletedCopy = keepCopy(found);
      await deleteCopy(app, run);
      const again = { app, former, deletedCopy };
      return { ...(await makeAgain(again, [consumer, generateConsumer()], run)), deletedCopy };
    },
    refresh: (key, deletedCopy) => ({
      ...refreshOf("copy", app, former, key),
      ...(deletedCopy === undefined ? {} : { deletedCopy }),
    }),
  };
}

interface Again {
  app: AppInOrg;
  /** The key and secret that the callers know. */
  former: Consumer;
  deletedCopy?: DeletedCopy;
}

/** Creates the app with the first of the pairs or, if another app of any org has it, with the next one. */
async function makeAgain(
  again: Again,
  [pair = generateConsumer(), ...others]: readonly Consumer[],
  run: DeployRun,
): Promise<Deployed> {
  const { app, former, deletedCopy } = again;
  try {
    const consumer = await consumerBeforeDeploy(app, { ...run.use, former: pair });
    run.journal.stored(consumer.stored?.place);
    return { consumer, ...(await deployApp(app, consumer, run.request)) };
  } catch (error) {
    if (others.length > 0 && isPairTaken(error)) return makeAgain(again, others, run);
    const newPair = kinds[app.desired.kind].consumer.madeBy === "org" || pair.key !== former.key;
    throw failedAgain(app, { deletedCopy, newPair }, error);
  }
}

/**
 * Lets the org check, under another name, that the app can be created again, so that no copy is deleted in vain.
 *
 * @throws SfError `RefusedInAdvanceError` if it cannot
 */
async function pairThatOrgTakes(
  app: AppInOrg,
  [pair = generateConsumer(), ...others]: readonly Consumer[],
  run: DeployRun,
): Promise<Consumer> {
  const name = `Refresh_Check_${Date.now()}`;
  const request = { ...run.request, checkOnly: true };
  try {
    await deployApp({ ...app, desired: { ...app.desired, name } }, pair, request);
    return pair;
  } catch (error) {
    if (others.length > 0 && isPairTaken(error)) return pairThatOrgTakes(app, others, run);
    throw refusedInAdvance(app, name, error);
  }
}

/**
 * Writes down what the copy is like, as a spec, before it is deleted: no org takes its consumer key a second time, but its
 * settings can be given to the app that takes its place.
 */
function keepCopy({ org, desired: { kind, name }, reading: { actual } }: AppInOrg): DeletedCopy {
  const { settings = {}, consumerKey = "" } = actual ?? {};
  const said = withoutSettings({ contactEmail: "", ...settings }, settingsWith("madeByOrg"));
  const specFile = join(machineFolder(), "cpq-runs", `${org.id}.${kind}.${name}.copy.yaml`);
  writeWhole(specFile, writeSpec(kind, name, said), 0o600);
  return { consumerKey, specFile };
}

/** @throws SfError `CopyNotDeletedError`, or `CopyBeingDeletedError` (exit code 69) if the deadline came first */
async function deleteCopy({ desired, org, spec }: AppInOrg, { request }: DeployRun): Promise<void> {
  const messages = messagesOf("refresh");
  const names = [{ type: desired.kind, fullName: desired.name }];
  const { id, done, success, failures, status } = await deleteComponents(org, names, request);
  if (success) return;
  if (!done) {
    const values = [desired.name, org.name, id, status] as const;
    throw messages.createError("copyBeingDeleted", values, [id, org.name], 69);
  }
  const reason = refusalReason(failures, status);
  const about = [org.name, spec.app.name] as const;
  throw messages.createError("copyNotDeleted", [desired.name, org.name, reason], about);
}

function copyFound({ org, desired, spec }: AppInOrg): SfError {
  return messagesOf("refresh").createError("copyFound", [org.name, desired.name], [org.name, spec.app.name]);
}

/** Whether an org refuses only the key or the secret, because another app has it. */
function isPairTaken(error: unknown): boolean {
  if (!(error instanceof SfError) || error.name !== "DeployFailed") return false;
  const failures = error.data as readonly { problem: string }[];
  return failures.length > 0 && failures.every(({ problem }) => refusesTaken(problem));
}

/** What to tell people about an app that was created again. */
function refreshOf(
  reason: Refresh["reason"],
  { spec }: AppInOrg,
  former: Consumer,
  key: string | undefined,
): Refresh {
  const keptKey = key === former.key;
  return { reason, keptKey, tell: keptKey ? [] : (spec.app.consumers ?? []) };
}
