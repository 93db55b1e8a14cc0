import { SfError } from "@salesforce/core/sfError";
import type { Consumer } from "../../app/consumer.ts";
import { messagesOf } from "../../messages.ts";
import { refusesTaken } from "../../metadata/failures.ts";
import { kinds } from "../../metadata/kinds.ts";
import { deleteComponents } from "../../org/deployFiles.ts";
import type { Refresh } from "../../results/deploy.ts";
import { openConsumerStore } from "../../secrets/consumerStore.ts";
import { generateConsumer } from "../../secrets/generate.ts";
import type { AppSpec } from "../../spec/schema.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { ownerOf } from "../appInOrg/consumer.ts";
import { deployApp } from "./deployApp.ts";
import { refusedInAdvance } from "./refreshErrors.ts";

/** A sandbox that was refreshed since the app was deployed to it: same My Domain, another org Id. */
export interface FoundRefresh {
  /** The app is gone, or it is the copy of production's. */
  reason: "gone" | "copy";
  /** Key and secret that the callers know. */
  former: Consumer;
  /** What the app is to be made with: the former, or the new pair that an attempt stored which came to nothing. */
  next: Consumer;
}

/** Whether the org is a refreshed sandbox whose app has to be made again; undefined where it is not. */
export async function findRefresh(app: AppInOrg): Promise<FoundRefresh | undefined> {
  if (app.loaded.spec.consumer !== "generated") return undefined;
  const store = await openConsumerStore();
  const owner = ownerOf(app);
  const former = await store.readFormer(owner);
  if (former === undefined) return undefined;
  const stored = await store.read(owner);
  const { actual } = app.reading;
  if (actual === undefined) return { reason: "gone", former, next: stored ?? former };
  const madeByTool = kinds[app.desired.kind].consumer.madeBy === "tool";
  const isCopy = madeByTool && stored === undefined && actual.consumerKey !== former.key;
  return isCopy ? { reason: "copy", former, next: former } : undefined;
}

/**
 * Takes production's copy out of the way. First the org checks, under another name, that the app can be made again: nothing
 * is deleted in vain.
 *
 * @returns the consumer to make the app with: the former one, or a new one where the org does not take that
 * @throws SfError `CopyFoundError` where nobody allowed it, `RefusedInAdvanceError` where the app could not be made again,
 *   `CopyNotDeletedError`, or `CopyBeingDeletedError` (exit code 69) where the deadline came first
 */
export async function removeCopy(
  app: AppInOrg,
  former: Consumer,
  { allowed, dryRun, deadline }: { allowed: boolean; dryRun: boolean; deadline: number },
): Promise<Consumer> {
  const messages = messagesOf("refresh");
  const { desired, org } = app;
  if (!allowed)
    throw messages.createError("copyFound", [org.name, desired.name], [org.name, app.loaded.spec.name]);
  const consumer = await acceptedConsumer(withoutApp(app), former, deadline);
  if (dryRun) return consumer;
  const request = { checkOnly: false, deadline };
  const names = [{ type: desired.kind, fullName: desired.name }];
  const { id, done, success, failures, status } = await deleteComponents(org, names, request);
  if (success) return consumer;
  if (!done) {
    const values = [desired.name, org.name, id, status];
    throw messages.createError("copyBeingDeleted", values, [id, org.name], 69);
  }
  const reason = failures.map(({ problem }) => problem).join("; ") || status;
  const about = [org.name, app.loaded.spec.name];
  throw messages.createError("copyNotDeleted", [desired.name, org.name, reason], about);
}

/** The same app and org, as if the org had no such app. */
export function withoutApp(app: AppInOrg): AppInOrg {
  return { ...app, reading: { ...app.reading, actual: undefined, files: [], lastChange: undefined } };
}

/** Whether an org refuses nothing but the key or the secret, since another app has it. */
export function isPairTaken(error: unknown): boolean {
  if (!(error instanceof SfError) || error.name !== "DeployFailed") return false;
  const failures = error.data as readonly { problem: string }[];
  return failures.length > 0 && failures.every(({ problem }) => refusesTaken(problem));
}

/** What to tell people about an app that was made again. */
export function refreshOf(
  { reason, former }: FoundRefresh,
  key: string | undefined,
  { consumers = [] }: AppSpec,
): Refresh {
  const keptKey = key === former.key;
  return { reason, keptKey, tell: keptKey ? [] : consumers };
}

async function acceptedConsumer(app: AppInOrg, former: Consumer, deadline: number): Promise<Consumer> {
  const name = `Refresh_Check_${Date.now()}`;
  const request = { checkOnly: true, deadline };
  const check = async (consumer: Consumer) => {
    await deployApp({ ...app, desired: { ...app.desired, name } }, consumer, request);
    return consumer;
  };
  try {
    return await check(former).catch((error: unknown) => {
      if (isPairTaken(error)) return check(generateConsumer());
      throw error;
    });
  } catch (error) {
    throw refusedInAdvance(app, name, error);
  }
}
