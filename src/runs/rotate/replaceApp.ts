import type { Consumer } from "../../app/consumer.ts";
import { dayMilliseconds } from "../../app/durations.ts";
import { messagesOf } from "../../messages.ts";
import { kinds } from "../../metadata/kinds.ts";
import { readApp } from "../../metadata/read.ts";
import { readAppUse } from "../../org/appUse.ts";
import { retrieveFiles } from "../../org/retrieve.ts";
import type { ReadSpec } from "../../project/readSpec.ts";
import { type AppUse, requireUnused } from "../../results/appUse.ts";
import { isVerified } from "../../results/check.ts";
import type { DeployReport } from "../../results/deploy.ts";
import type { Rotation } from "../../results/rotation.ts";
import { generateConsumer } from "../../secrets/generate.ts";
import { machineStore } from "../../secrets/machineStore.ts";
import { type AppInOrg, readAppInOrg } from "../appInOrg/appInOrg.ts";
import {
  isOnMachine,
  keepOrgsConsumer,
  ownerOf,
  requireLastingStore,
  requireStored,
  storedKey,
  storeOf,
} from "../appInOrg/consumer.ts";
import { removeConnectedApp } from "../appInOrg/removeConnectedApp.ts";
import { deployReadApp } from "../deploy/deploy.ts";
import { nextRotation, nextSpec, writeRotation } from "./nextSpec.ts";
import { finishing, notDue, type Run, reportOf } from "./rotationRun.ts";

/** How many days nobody may have used the former app before it is deleted, if the user does not say. */
const quietDays = 7;

/**
 * Gives the callers of a connected app another one: no API gives a connected app a new secret. A second app with a pair of
 * its own is deployed, verified and stored, and the spec says from then on that it is in use. Both work until a later run,
 * which asks who still uses the former one, deletes it.
 *
 * @throws SfError `GraceOfAppError`, `SecondAppExistsError`, `ReplacedAlreadyError`, or as `deployReadApp`, `requireUnused`
 *   and `writeRotation`
 */
export function replaceApp(run: Run): Promise<Rotation> {
  const { action, grace } = run.options;
  if (action === "revokeFormer") return deleteFormer(run);
  if (grace !== undefined)
    throw messagesOf("rotation").createError("graceOfApp", [run.app.desired.name], [], 2);
  return action === "abort" ? abort(run) : begin(run);
}

async function begin(run: Run): Promise<Rotation> {
  const { app, options, journal, progress } = run;
  const { org, spec } = app;
  const former = spec.app.rotation?.former;
  if (former !== undefined) return moving(run, former);

  const next = nextSpec(app);
  // The second app's pair is on this machine until the app works: what callers read must not be overwritten before.
  const second = await readAppInOrg({ ...app, spec: withPairOnMachine(next) });
  const machine = machineStore();
  const kept = await machine.read(ownerOf(second));
  const secondName = second.desired.name;
  const about = [secondName, org.name] as const;
  if (kept === undefined && second.reading.actual !== undefined)
    throw messagesOf("rotation").createError("secondAppExists", about);
  if (kept === undefined && options.action === "resume")
    throw messagesOf("rotation").createError("nothingToResume", [app.desired.name, org.name]);
  const early = kept === undefined ? await notDue(run) : undefined;
  if (early !== undefined) return early;

  requireLastingStore({ ...second, spec: next });
  const names = { secondApp: secondName, formerApp: app.desired.name };
  if (options.dryRun) {
    await deploySecond(run, second);
    const values = [
      secondName,
      app.desired.name,
      org.name,
      storeOf({ ...second, spec: next }).place,
      spec.file,
    ] as const;
    return reportOf(run, {
      outcome: "planned",
      plan: messagesOf("rotation").getMessages("plan.app", values),
      ...names,
    });
  }
  const pair = kept ?? (await journal.step("keep", () => keepPair(second)));
  const { verification } = await deploySecond(run, second);
  const result = { key: pair.key, ...names, ...(verification === undefined ? {} : { verification }) };
  if (!isVerified(verification)) return reportOf(run, { outcome: "notVerified", ...result });

  progress.start("deploy");
  const inUse = { ...second, spec: next };
  const { stored } = await journal.step("store", () => keepOrgsConsumer(inUse, pair));
  journal.stored(stored?.place);
  await journal.step("writeSpec", () => writeRotation(spec, nextRotation(spec), pair.key));
  if (!isOnMachine({ spec: next })) await machine.erase(ownerOf(second));
  const { consumerKey: formerKey } = app.reading.actual ?? {};
  return reportOf(run, {
    outcome: "rotated",
    ...result,
    ...(formerKey === undefined ? {} : { formerKey }),
    ...(stored === undefined ? {} : { stored }),
    specFile: spec.file,
    tell: spec.app.consumers ?? [],
  });
}

function withPairOnMachine(spec: ReadSpec): ReadSpec {
  return { ...spec, app: { ...spec.app, consumer: {} } };
}

async function keepPair(second: AppInOrg): Promise<Consumer> {
  const pair = generateConsumer();
  await machineStore().write(ownerOf(second), pair);
  return pair;
}

function deploySecond(
  { options: { dryRun, deadline }, progress, journal }: Run,
  second: AppInOrg,
): Promise<DeployReport> {
  const choices = { enableCredentialAccess: false, assignRunAs: false, recreate: false };
  return deployReadApp(second, { ...choices, dryRun, verify: true, deadline }, progress, journal);
}

/** The second app is in use, and the former one works on: who still uses it is all that there is to say. */
async function moving(run: Run, former: string): Promise<Rotation> {
  const { app } = run;
  const use = await useOf(app, former, quietDays);
  return reportOf(run, {
    outcome: "moving",
    formerApp: former,
    secondApp: app.desired.name,
    ...(use === undefined ? {} : { use }),
    tell: app.spec.app.consumers ?? [],
  });
}

async function deleteFormer(run: Run): Promise<Rotation> {
  const { app, options, journal, progress } = run;
  const { org, spec, reading, desired } = app;
  const { former } = spec.app.rotation ?? {};
  const { consumerKey: key = "" } = reading.actual ?? {};
  if (former === undefined) return reportOf(run, { outcome: "nothingToRevoke", key });
  const age = reading.createdAt === undefined ? 0 : Date.now() - Date.parse(reading.createdAt);
  const names = { formerApp: former, secondApp: desired.name };
  if (options.grace !== undefined && age < options.grace)
    return reportOf(run, { outcome: "notDue", key, ...names });
  await requireStored(app, key);
  const days = options.grace === undefined ? quietDays : options.grace / dayMilliseconds;
  const use = await useOf(app, former, days);
  if (use !== undefined && !options.evenIfUsed)
    requireUnused(use, { name: former, org: org.name, flag: "--even-if-used" });
  if (options.dryRun) {
    const plan = messagesOf("rotation").getMessages("plan.delete", [former, org.name, spec.file]);
    return reportOf(run, { outcome: "planned", plan, ...names });
  }
  progress.start("deploy");
  // An earlier run may have deleted it, and ended before the spec said so.
  if (use !== undefined) await removeConnectedApp(org, former, { journal, deadline: options.deadline });
  await machineStore().erase({ ...ownerOf(app), appName: former });
  await journal.step("writeSpec", () => writeRotation(spec, { generation: spec.generation }));
  return reportOf(run, {
    outcome: "revoked",
    key,
    ...names,
    ...(use === undefined ? {} : { use }),
    specFile: spec.file,
  });
}

async function abort(run: Run): Promise<Rotation> {
  const { app, options, journal } = run;
  const { org, spec, desired, reading } = app;
  const { former } = spec.app.rotation ?? {};
  if (former !== undefined)
    throw messagesOf("rotation").createError(
      "replacedAlready",
      [former, org.name, desired.name],
      [spec.file],
    );
  const { name } = nextSpec(app).app;
  const owner = { ...ownerOf(app), appName: name };
  const isOurs = (await machineStore().read(owner)) !== undefined;
  const use = await useOf(app, name, quietDays);
  const { consumerKey: key = "" } = reading.actual ?? {};
  const second = await readConsumerKeyOf(app, name);
  if (second !== undefined && !isOnMachine(app) && (await storedKey(app)) === second)
    throw messagesOf("rotation").createError("secondStored", [name, storeOf(app).place], [finishing(app)]);
  if (use === undefined && !isOurs) return reportOf(run, { outcome: "nothingToAbort", key });
  if (use !== undefined && !isOurs && !options.evenIfUsed)
    requireUnused(use, { name, org: org.name, flag: "--even-if-used" });
  if (use !== undefined) await removeConnectedApp(org, name, { journal, deadline: options.deadline });
  await machineStore().erase(owner);
  return reportOf(run, { outcome: "aborted", key, secondApp: name });
}

/** Who uses a connected app; undefined if the org has none of that name. */
async function useOf({ org }: AppInOrg, name: string, days: number): Promise<AppUse | undefined> {
  const files = await retrieveFiles(org, kinds.ConnectedApp.components, name);
  if (files.length === 0) return undefined;
  const { settings } = readApp("ConnectedApp", files);
  const runAs = settings["oauth.clientCredentials.runAs"];
  const used = { label: settings.label ?? name, name, runAs: runAs === undefined ? [] : [runAs] };
  return readAppUse(org, used, days);
}

/** The consumer key of a connected app; undefined if the org has none of that name. */
async function readConsumerKeyOf({ org }: AppInOrg, name: string): Promise<string | undefined> {
  return readApp("ConnectedApp", await retrieveFiles(org, kinds.ConnectedApp.components, name)).consumerKey;
}
