import { setTimeout as pause } from "node:timers/promises";
import { shellWord } from "../../app/shellWord.ts";
import { messagesOf } from "../../messages.ts";
import { withCredentialAccess } from "../../org/credentialAccess.ts";
import { makePrimary, revokeStaged } from "../../org/stagedCredentials.ts";
import type { Rotation } from "../../results/rotation.ts";
import { isOlderThan, type SecretAge } from "../../results/secretAge.ts";
import { requestToken } from "../../token/tokenRequest.ts";
import { type AppInOrg, readAppInOrg } from "../appInOrg/appInOrg.ts";
import { changeApp } from "../appInOrg/changeApp.ts";
import type { SpecInOrg } from "../appInOrg/connectOrgOf.ts";
import { keepOrgsConsumer, ownerOf, storeOf } from "../appInOrg/consumer.ts";
import type { Journal } from "../appInOrg/journal.ts";
import type { Progress } from "../appInOrg/progress.ts";
import { askedAge, knownAge } from "../appInOrg/secretAge.ts";
import { verifyApp } from "../appInOrg/verifyApp.ts";
import { pendingPairs } from "./pendingPairs.ts";
import { requireRotatable } from "./requireRotatable.ts";
import { readPairs, stagePair } from "./stagePair.ts";

/** What is to be done. `rotate` goes on with a rotation that did not end. */
type RotateAction = "rotate" | "resume" | "abort" | "revokeFormer";

/** What the user asked for. Durations are in milliseconds. */
export interface RotateOptions {
  action: RotateAction;
  /** Rotate only if the secret is older. */
  ifOlderThan: number | undefined;
  /** What to do if nobody knows how old it is. */
  ifAgeUnknown: "rotate" | "skip" | "fail";
  /** How long the former pair works on. Without it, a later run revokes it, or the org after 30 days. */
  grace: number | undefined;
  enableCredentialAccess: boolean;
  /** Milliseconds since the epoch until which the new pair's propagation and other runs are waited for. */
  deadline: number;
}

/**
 * Gives an external client app a new key and secret, while the former ones work on: stages a pair, keeps it, makes it the
 * app's own, stores it, and verifies it. At each moment there is a stored pair that works.
 *
 * @throws SfError `NotRotatableError`, `SlotTakenError`, `NothingToResumeError`, `AbortTooLateError` or `AgeUnknownError`
 */
export async function rotate(
  found: SpecInOrg,
  options: RotateOptions,
  progress: Progress,
): Promise<Rotation> {
  progress.start("read");
  const app = await readAppInOrg(found);
  const { org } = found;
  requireRotatable(app);
  const about = { org, app: app.spec.app, command: commandOf(app) };
  const patience = { deadline: options.deadline, onWait: (text: string) => progress.wait(text) };
  return changeApp(about, patience, (journal) => {
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
    if (options.action === "abort") return abort(run);
    if (options.action === "revokeFormer") return revokeFormer(run);
    return goOnOrBegin(run);
  });
}

interface Run {
  app: AppInOrg;
  age: SecretAge;
  journal: Journal;
  options: RotateOptions;
  progress: Progress;
  /** Does something for which the org must let its credentials be read. */
  inAccess<Result>(work: (isNew: boolean) => Promise<Result>): Promise<Result>;
}

async function goOnOrBegin(run: Run): Promise<Rotation> {
  const { app, journal, options, progress, inAccess } = run;
  const { org, desired } = app;
  const pending = pendingPairs(app);
  const begun = await pending.read();
  const isBegun = begun !== undefined || hasStaged(journal);
  if (options.action === "rotate" && !isBegun) {
    const early = await notDue(run);
    if (early !== undefined) return early;
  }

  progress.start("deploy");
  const { pair, former } = await inAccess(async (isNew) => {
    const step = await stagePair(run.app, {
      journal,
      begun,
      mayTakeOver: options.action === "resume" || hasStaged(journal),
      mustExist: options.action === "resume",
      isNew,
    });
    if (step.staged !== undefined) {
      const { slot, staged, pair } = step;
      // Most orgs accept it only after the next step. What they say now is no more than a sign.
      await journal.step("tryNew", () => requestToken(org.instanceUrl, pair));
      await journal.step("makePrimary", () => makePrimary(org, slot, staged.id));
    }
    const { staged } = await readPairs(org, desired.name, false);
    return { pair: step.pair, former: staged };
  });
  const consumer = await journal.step("store", () => keepOrgsConsumer(app, pair));
  journal.stored(consumer.stored?.place);

  progress.start("verify");
  const verification = await journal.step("verify", () =>
    verifyApp(app, consumer, options.deadline, progress),
  );
  const isVerified = verification.outcome === "passed";
  progress.end(isVerified ? "completed" : "failed");
  const isRevoked = isVerified && (await revokedAfterGrace(run));
  // Until here, another run would go on with it.
  if (isVerified) await pending.erase();
  const { ifOlderThan } = options;
  const isForgotten = ifOlderThan !== undefined && run.age.since === undefined && isRevoked;
  return reportOf(run, {
    outcome: "rotated",
    notes: [...journal.notes, ...(isForgotten ? [messagesOf("rotation").getMessage("ageForgotten")] : [])],
    key: pair.key,
    ...(former === undefined ? {} : { formerKey: former.key }),
    ...(former?.until === undefined || isRevoked ? {} : { formerValidUntil: former.until }),
    ...(consumer.stored === undefined ? {} : { stored: consumer.stored }),
    verification,
  });
}

/**
 * What the run ends with if the secret is young enough, or if nobody knows its age and the user wants no rotation then.
 * What the machine cannot tell, those who last longer are asked.
 *
 * @throws SfError `AgeUnknownError` if the user wants that
 */
async function notDue(run: Run): Promise<Rotation | undefined> {
  const { app, options, inAccess } = run;
  const { ifOlderThan: longest, ifAgeUnknown } = options;
  if (longest === undefined) return undefined;
  const isOlder = (age: SecretAge) => isOlderThan(age, longest, Date.now());
  if (isOlder(run.age) === undefined)
    run.age = await inAccess((isNew) =>
      askedAge(app, async () => (await readPairs(app.org, app.desired.name, isNew)).staged),
    );
  const { unknown = "" } = run.age;
  switch (isOlder(run.age)) {
    case false:
      return reportOf(run, { outcome: "notDue" });
    case true:
      return undefined;
    case undefined:
      if (ifAgeUnknown === "fail")
        throw messagesOf("rotation").createError("ageUnknown", [app.desired.name, app.org.name, unknown]);
      return ifAgeUnknown === "skip" ? reportOf(run, { outcome: "ageUnknown" }) : undefined;
  }
}

/** Whether the former pair was revoked, as the user wants it after a while. */
async function revokedAfterGrace({ app, journal, options, progress, inAccess }: Run): Promise<boolean> {
  if (options.grace === undefined) return false;
  const end = Date.now() + options.grace;
  if (options.grace > 0)
    progress.wait(messagesOf("rotation").getMessage("grace", [new Date(end).toISOString()]));
  await pause(options.grace);
  return inAccess(async (isNew) => {
    const { slot, staged } = await readPairs(app.org, app.desired.name, isNew);
    if (staged?.state !== "Rotated") return false;
    await journal.step("revoke", () => revokeStaged(app.org, slot, staged.id));
    return true;
  });
}

async function revokeFormer(run: Run): Promise<Rotation> {
  const { app, journal, options, inAccess } = run;
  const { org, desired } = app;
  if ((await pendingPairs(app).read()) !== undefined)
    throw messagesOf("rotation").createError("unfinished", [desired.name, org.name], [commandOf(app)]);
  return inAccess(async (isNew) => {
    const { slot, staged, key } = await readPairs(org, desired.name, isNew);
    if (staged === undefined || staged.state === "Active")
      return reportOf(run, { outcome: "nothingToRevoke" });
    const since = Date.parse(staged.since ?? "");
    if (options.grace !== undefined && !(Date.now() - since >= options.grace))
      return reportOf(run, {
        outcome: "notDue",
        key,
        formerKey: staged.key,
        ...(staged.until === undefined ? {} : { formerValidUntil: staged.until }),
      });
    await requireStored(app, key);
    await journal.step("revoke", () => revokeStaged(org, slot, staged.id));
    return reportOf(run, { outcome: "revoked", key, formerKey: staged.key });
  });
}

/** Nobody may be left with a pair that works no more. A store that cannot be read cannot be asked. */
async function requireStored(app: AppInOrg, key: string): Promise<void> {
  const store = storeOf(app);
  const stored = store.readable ? await store.read(ownerOf(app)) : undefined;
  if (stored === undefined || stored.key === key) return;
  throw messagesOf("rotation").createError("formerStored", [store.place, app.desired.name]);
}

async function abort(run: Run): Promise<Rotation> {
  const { app, journal, inAccess } = run;
  const { org, desired } = app;
  const pending = pendingPairs(app);
  const begun = await pending.read();
  return inAccess(async (isNew) => {
    const { slot, staged, key } = await readPairs(org, desired.name, isNew);
    if (begun !== undefined && begun.key === key)
      throw messagesOf("rotation").createError("abortTooLate", [desired.name, org.name], [commandOf(app)]);
    const isOurs = staged?.state === "Active";
    if (isOurs) await journal.step("revoke", () => revokeStaged(org, slot, staged.id));
    if (begun !== undefined) await pending.erase();
    return reportOf(run, { outcome: isOurs ? "aborted" : "nothingToAbort", key });
  });
}

/** Whether the last run on this app staged a pair, and did not end well. */
function hasStaged({ former }: Journal): boolean {
  return former?.steps.some(({ id }) => id === "stage") === true;
}

function commandOf({ spec, org }: AppInOrg): string {
  const { file, environment, app } = spec;
  const which = file === "" ? `--name ${shellWord(app.name)}` : `--spec ${shellWord(file)}`;
  const named = environment === undefined ? "" : ` --environment ${shellWord(environment)}`;
  return `sf cpq connectedapp rotate ${which}${named} --target-org ${shellWord(org.name)} --resume`;
}

function reportOf(
  { app: { org, desired }, journal, age }: Run,
  done: Omit<Rotation, "org" | "app" | "notes" | "secretAge"> & Partial<Pick<Rotation, "notes">>,
): Rotation {
  return {
    org: { id: org.id, name: org.name, instanceUrl: org.instanceUrl },
    app: { kind: desired.kind, name: desired.name },
    notes: journal.notes,
    secretAge: age,
    ...done,
  };
}
