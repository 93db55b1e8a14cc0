import { setTimeout as pause } from "node:timers/promises";
import type { Consumer } from "../../app/consumer.ts";
import { messagesOf } from "../../messages.ts";
import type { TargetOrg } from "../../org/connect.ts";
import { readConsumerKey, readCredentials } from "../../org/credentials.ts";
import {
  pairOf,
  readStaged,
  revokeStaged,
  type StagedCredentials,
  stageCredentials,
  stagedSlot,
} from "../../org/stagedCredentials.ts";
import { timeText } from "../../results/times.ts";
import { machineStore } from "../../secrets/machineStore.ts";
import { SfError } from "../../sfError.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { ownerOf, requireStored, storedKey } from "../appInOrg/consumer.ts";
import type { Journal } from "../appInOrg/journal.ts";

/** For how many milliseconds an org may still refuse, or leave out secrets, after access was switched on. */
const secretDelay = 60_000;

/** Both pairs of an app, as the org has them. */
interface Pairs {
  /** Resource of the second pair. */
  slot: string;
  staged: StagedCredentials | undefined;
  /** The key that is the app's own. */
  key: string;
}

/** Reads what the org has. @param isNew whether access was switched on only now @throws SfError as `askOrg` */
export async function readPairs(org: TargetOrg, appName: string, isNew: boolean): Promise<Pairs> {
  const until = isNew ? Date.now() + secretDelay : 0;
  const read = async () => {
    const slot = await stagedSlot(org, appName);
    const [staged, key] = await Promise.all([readStaged(org, slot), readConsumerKey(org, appName)]);
    return { slot, staged, key };
  };
  return untilGiven(read, ({ staged }) => staged === undefined || pairOf(staged) !== undefined, until);
}

/** Where the new pair of a rotation is, between its making and the end of the rotation. */
interface PendingPairs {
  read(): Promise<Consumer | undefined>;
  write(pair: Consumer): Promise<void>;
  erase(): Promise<void>;
}

/**
 * It is beside the pair that the app's callers use, in the store of this machine: that one must not be overwritten before
 * the new one works, and many other stores cannot be read back.
 */
export function pendingPairs(app: AppInOrg): PendingPairs {
  const store = machineStore();
  const own = ownerOf(app);
  const owner = { ...own, appName: `${own.appName} (staged)` };
  return {
    read: () => store.read(owner),
    write: async (pair) => void (await store.write(owner, pair)),
    erase: async () => void (await store.erase(owner)),
  };
}

interface Staging {
  journal: Journal;
  /** The pair of a rotation that did not end. */
  begun: Consumer | undefined;
  /** Whether a staged pair that is there already is taken, whoever staged it. */
  mayTakeOver: boolean;
  /** Whether nothing new is begun. */
  mustExist: boolean;
  isNew: boolean;
}

/** The new pair, and what the org has to make primary still; undefined if that is done. */
type NewPair =
  | { pair: Consumer; slot: string; staged: StagedCredentials }
  | { pair: Consumer; staged?: undefined };

/**
 * The new pair, kept on this machine before this returns. What an earlier rotation left is gone on with, on another
 * machine too: if the store still has the former pair, the org tells the new one. Else the org makes one, and a former
 * pair that still works, and that nobody reads any more, gives way.
 *
 * @throws SfError `SlotTakenError`, `NothingToResumeError`, or `FormerStoredError` if the store has yet another pair
 */
export async function stagePair(
  app: AppInOrg,
  { journal, begun, mayTakeOver, mustExist, isNew }: Staging,
): Promise<NewPair> {
  const messages = messagesOf("rotation");
  const { org, desired } = app;
  const pending = pendingPairs(app);
  const { slot, staged: found, key } = await readPairs(org, desired.name, isNew);
  if (begun !== undefined && begun.key === key) return { pair: begun };
  if (found?.state === "Active") {
    const pair = pairOf(found);
    if (pair === undefined || (begun?.key !== found.key && !mayTakeOver))
      throw messages.createError("slotTaken", [desired.name, org.name, timeText(found.since ?? "?")]);
    await journal.step("keep", () => pending.write(pair));
    return { pair, slot, staged: found };
  }
  if (found !== undefined && (await storedKey(app)) === found.key) {
    const pair = await readCredentials(org, desired.name, { until: isNew ? Date.now() + secretDelay : 0 });
    await journal.step("keep", () => pending.write(pair));
    return { pair };
  }
  if (mustExist) throw messages.createError("nothingToResume", [desired.name, org.name]);
  if (found !== undefined) {
    await requireStored(app, key);
    await journal.step("revoke", () => revokeStaged(org, slot, found.id));
  }
  const staged = await journal.step("stage", async () => {
    const made = await stageCredentials(org, slot);
    return pairOf(made) === undefined ? (await readPairs(org, desired.name, true)).staged : made;
  });
  const pair = staged && pairOf(staged);
  if (staged === undefined || pair === undefined)
    throw messages.createError("secretWithheld", [desired.name, org.name]);
  await journal.step("keep", () => pending.write(pair));
  return { pair, slot, staged };
}

async function untilGiven<Result>(
  ask: () => Promise<Result>,
  isGiven: (result: Result) => boolean,
  until: number,
): Promise<Result> {
  for (let interval = 500; ; interval = Math.min(interval * 2, 10_000)) {
    const isLast = Date.now() + interval > until;
    try {
      const result = await ask();
      if (isLast || isGiven(result)) return result;
    } catch (error) {
      if (isLast || !/FUNCTIONALITY_NOT_ENABLED/.test(SfError.wrap(error).message)) throw error;
    }
    await pause(interval);
  }
}
