import type { ActualApp } from "../app/actualApp.ts";
import { messagesOf } from "../messages.ts";
import { openConsumerStore } from "../secrets/consumerStore.ts";
import { type Consumer, generateConsumer } from "../secrets/generate.ts";
import { followReference } from "../secrets/references.ts";
import type { AppSpec } from "../spec/schema.ts";

/** The consumer of an app in one org, as far as it is known. */
export interface KnownConsumer {
  key: string;
  /** Undefined where the app exists, and nobody here knows its secret. */
  secret: string | undefined;
  /** Where a generated consumer was put. */
  stored?: { path: string; encrypted: boolean };
}

/** Whose consumer is looked for. */
export interface ConsumerOwner {
  orgId: string;
  orgName: string;
  appName: string;
  specLocation: string;
}

/**
 * The consumer that a deploy creates an app with. A generated one is stored before this returns, so that no crash can
 * lose it; one that is stored already (from a deploy that failed) is used again.
 *
 * @param keep false for a dry run, which stores nothing
 */
export async function consumerForCreation(
  wanted: AppSpec["consumer"],
  owner: ConsumerOwner,
  keep: boolean,
): Promise<KnownConsumer> {
  if (wanted !== "generated") {
    const given = await givenConsumer(wanted);
    for (const [what, value] of Object.entries(given)) {
      if (/^[A-Za-z0-9]{8,256}$/.test(value)) continue;
      throw messagesOf("consumer").createError("invalidConsumer", [`consumer.${what}`]);
    }
    return given;
  }
  const store = await openConsumerStore();
  const consumer = (await store.read(owner.orgId, owner.appName)) ?? generateConsumer();
  if (keep) await store.write(owner.orgId, owner.appName, consumer);
  return { ...consumer, ...(keep ? { stored: { path: store.path, encrypted: store.encrypted } } : {}) };
}

/**
 * The consumer of an app that exists: the org's key, and the secret where it is known and wanted.
 *
 * @throws SfError `KeyDiffersError` where the spec names another key than the org has
 */
export async function consumerOfExisting(
  wanted: AppSpec["consumer"],
  owner: ConsumerOwner,
  actual: ActualApp,
  withSecret: boolean,
): Promise<KnownConsumer> {
  const key = actual.consumerKey ?? "";
  if (wanted !== "generated") {
    const given = withSecret
      ? await givenConsumer(wanted)
      : { key: await followReference(wanted.key, "consumer.key"), secret: undefined };
    if (key !== "" && given.key !== key) {
      throw messagesOf("consumer").createError("keyDiffers", [
        owner.orgName,
        key,
        owner.specLocation,
        given.key,
      ]);
    }
    return given;
  }
  const stored = await (await openConsumerStore()).read(owner.orgId, owner.appName);
  return { key, secret: stored?.key === key ? stored.secret : undefined };
}

async function givenConsumer(wanted: Exclude<AppSpec["consumer"], "generated">): Promise<Consumer> {
  const [key, secret] = await Promise.all([
    followReference(wanted.key, "consumer.key"),
    followReference(wanted.secret, "consumer.secret"),
  ]);
  return { key, secret };
}
