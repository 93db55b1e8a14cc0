import { SfError } from "@salesforce/core/sfError";
import type { DesiredApp } from "../app/desiredApp.ts";
import { messagesOf } from "../messages.ts";
import { kinds } from "../metadata/kinds.ts";
import { deleteComponents } from "../org/deployFiles.ts";
import { openConsumerStore } from "../secrets/consumerStore.ts";
import { type Consumer, generateConsumer } from "../secrets/generate.ts";
import type { AppSpec } from "../spec/schema.ts";
import type { AppInOrg } from "./appInOrg.ts";
import { ownerOf } from "./consumer.ts";
import { deployApp } from "./deployApp.ts";

/** A sandbox that was refreshed since the app was deployed to it: same My Domain, another org Id. */
export interface FoundRefresh {
  /** The app is gone, or it is the copy of production's. */
  reason: "gone" | "copy";
  /** Key and secret that the callers know. */
  former: Consumer;
}

/** What became of an app whose sandbox was refreshed. */
export interface Refresh {
  reason: FoundRefresh["reason"];
  /** Whether the callers go on with the key and secret that they know. */
  keptKey: boolean;
  /** Who has to be told a new key and secret; empty where the spec names nobody, or nobody has to be told. */
  tell: NonNullable<AppSpec["consumers"]>;
}

/** Whether the org is a refreshed sandbox whose app has to be made again; undefined where it is not. */
export async function findRefresh(app: AppInOrg): Promise<FoundRefresh | undefined> {
  if (app.loaded.spec.consumer !== "generated") return undefined;
  const store = await openConsumerStore();
  const owner = ownerOf(app);
  if ((await store.read(owner)) !== undefined) return undefined;
  const former = await store.readFormer(owner);
  if (former === undefined) return undefined;
  const { actual } = app.reading;
  if (actual === undefined) return { reason: "gone", former };
  const isCopy = kinds[app.desired.kind].consumer.madeBy === "tool" && actual.consumerKey !== former.key;
  return isCopy ? { reason: "copy", former } : undefined;
}

/**
 * Takes production's copy out of the way. First the org checks, under another name, that the app can be made again: nothing
 * is deleted in vain.
 *
 * @returns the consumer to make the app with: the former one, or a new one where the org does not take that
 * @throws SfError `CopyFoundError` where nobody allowed it, `DeployFailed` where the app could not be made again, or
 *   `CopyNotDeletedError`
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
  const request = { checkOnly: false, deadline, onStatus: () => {} };
  const names = [{ type: desired.kind, fullName: desired.name }];
  const { success, failures, status } = await deleteComponents(org, names, request);
  if (success) return consumer;
  const reason = failures.map(({ problem }) => problem).join("; ") || status;
  throw messages.createError("copyNotDeleted", [desired.name, org.name, reason]);
}

/** The same app and org, as if the org had no such app. */
export function withoutApp(app: AppInOrg): AppInOrg {
  return { ...app, reading: { ...app.reading, actual: undefined, files: [], lastChange: undefined } };
}

/** Whether a deploy failed because another org still has the key. */
export function isKeyTaken(error: unknown): boolean {
  return (
    error instanceof SfError && error.name === "DeployFailed" && /key is already taken/i.test(error.message)
  );
}

/** What went wrong when an app was to be made again; where its copy is deleted by then, the error says so. */
export function afterRemoval(
  { desired, org }: AppInOrg,
  found: FoundRefresh | undefined,
  error: unknown,
): unknown {
  if (found?.reason !== "copy") return error;
  const { message } = SfError.wrap(error);
  return messagesOf("refresh").createError("notMadeAgain", [desired.name, org.name, message]);
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
  const desired: DesiredApp = { ...app.desired, name: `Refresh_Check_${Date.now()}` };
  const check = (consumer: Consumer) =>
    deployApp({ ...app, desired }, consumer, { checkOnly: true, deadline, onStatus: () => {} });
  try {
    await check(former);
    return former;
  } catch (error) {
    if (!isKeyTaken(error)) throw error;
    const fresh = generateConsumer();
    await check(fresh);
    return fresh;
  }
}
