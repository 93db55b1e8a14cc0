import { setTimeout as pause } from "node:timers/promises";
import { messagesOf } from "../../messages.ts";
import { makePrimary, revokeStaged } from "../../org/stagedCredentials.ts";
import type { Rotation } from "../../results/rotation.ts";
import { timeText } from "../../results/times.ts";
import { requestToken } from "../../token/tokenRequest.ts";
import { keepOrgsConsumer, requireStored, storedKey, storeOf } from "../appInOrg/consumer.ts";
import type { Journal } from "../appInOrg/journal.ts";
import { verifyApp } from "../appInOrg/verifyApp.ts";
import { finishing, notDue, type Run, reportOf } from "./rotationRun.ts";
import { pendingPairs, readPairs, stagePair } from "./stagePair.ts";

/**
 * Gives an external client app a new key and secret: stages a pair, keeps it, makes it the app's own, stores it, and
 * verifies it.
 *
 * @throws SfError `SlotTakenError`, `NothingToResumeError`, `AbortTooLateError` or as `rotate`
 */
export function rotateSecret(run: Run): Promise<Rotation> {
  if (run.options.action === "abort") return abort(run);
  if (run.options.action === "revokeFormer") return revokeFormer(run);
  return goOnOrBegin(run);
}

async function goOnOrBegin(run: Run): Promise<Rotation> {
  const { app, journal, options, progress, inAccess } = run;
  const { org, desired } = app;
  const pending = pendingPairs(app);
  const begun = await pending.read();
  const isBegun = begun !== undefined || hasStaged(journal) || (await hasFormerInStore(run));
  if (options.action === "rotate" && !isBegun) {
    const early = await notDue(run);
    if (early !== undefined) return early;
  }

  if (options.dryRun) {
    const values = [desired.name, storeOf(app).place] as const;
    return reportOf(run, {
      outcome: "planned",
      plan: messagesOf("rotation").getMessages("plan.secret", values),
    });
  }
  progress.skip("compare");
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
      progress.detail(messagesOf("connectedapp.rotate").getMessage("madePrimary"));
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

/** Whether the former pair was revoked, as the user wants it after a while. */
async function revokedAfterGrace({ app, journal, options, progress, inAccess }: Run): Promise<boolean> {
  if (options.grace === undefined) return false;
  const end = Date.now() + options.grace;
  if (options.grace > 0)
    progress.wait(messagesOf("rotation").getMessage("grace", [timeText(new Date(end).toISOString())]));
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
    throw messagesOf("rotation").createError("unfinished", [desired.name, org.name], [finishing(app)]);
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
    if (options.dryRun) {
      const values = [staged.key, desired.name] as const;
      return reportOf(run, {
        outcome: "planned",
        plan: messagesOf("rotation").getMessages("plan.revoke", values),
      });
    }
    await journal.step("revoke", () => revokeStaged(org, slot, staged.id));
    return reportOf(run, { outcome: "revoked", key, formerKey: staged.key });
  });
}

async function abort(run: Run): Promise<Rotation> {
  const { app, journal, inAccess } = run;
  const { org, desired } = app;
  const pending = pendingPairs(app);
  const begun = await pending.read();
  return inAccess(async (isNew) => {
    const { slot, staged, key } = await readPairs(org, desired.name, isNew);
    if (begun !== undefined && begun.key === key)
      throw messagesOf("rotation").createError("abortTooLate", [desired.name, org.name], [finishing(app)]);
    const isOurs = staged?.state === "Active";
    if (isOurs) await journal.step("revoke", () => revokeStaged(org, slot, staged.id));
    if (begun !== undefined) await pending.erase();
    return reportOf(run, { outcome: isOurs ? "aborted" : "nothingToAbort", key });
  });
}

/** Whether a rotation, on whichever machine, ended before the new pair was in the store that the callers read. */
async function hasFormerInStore({ app, inAccess }: Run): Promise<boolean> {
  const { consumerKey } = app.reading.actual ?? {};
  const stored = await storedKey(app);
  if (stored === undefined || stored === consumerKey) return false;
  const { staged } = await inAccess((isNew) => readPairs(app.org, app.desired.name, isNew));
  return staged?.state !== "Active" && staged?.key === stored;
}

/** Whether the last run on this app staged a pair, and ended before it was kept on this machine. */
function hasStaged({ former }: Journal): boolean {
  const steps = former?.steps ?? [];
  const isKept = steps.some(({ id, endedAt }) => id === "keep" && endedAt !== undefined);
  return !isKept && steps.some(({ id }) => id === "stage");
}
