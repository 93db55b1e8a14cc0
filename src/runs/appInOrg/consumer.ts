import { SfError } from "@salesforce/core/sfError";
import type { Consumer } from "../../app/consumer.ts";
import { usesOAuth } from "../../app/desiredApp.ts";
import { placeOf } from "../../app/place.ts";
import { messagesOf } from "../../messages.ts";
import { kinds } from "../../metadata/kinds.ts";
import { withCredentialAccess } from "../../org/credentialAccess.ts";
import { readCredentials } from "../../org/credentials.ts";
import { type ConsumerOwner, openConsumerStore } from "../../secrets/consumerStore.ts";
import { generateConsumer } from "../../secrets/generate.ts";
import { followReference } from "../../secrets/references.ts";
import type { AppSpec } from "../../spec/schema.ts";
import type { AppInOrg } from "./appInOrg.ts";

/** The consumer of an app in one org, as far as it is known. */
export interface KnownConsumer {
  /** Undefined where the org makes it, and has not yet. */
  key: string | undefined;
  /** Undefined where nobody here knows it. */
  secret: string | undefined;
  /** Where a generated consumer was put. */
  stored?: { path: string; encrypted: boolean };
  /** Why the org did not let its consumer be read, and what to do. */
  unreadable?: { reason: string; actions: string[] };
}

/** What the consumer is wanted for. */
export interface ConsumerUse {
  /** A dry run stores nothing. */
  keep: boolean;
  /** Whether a token is to be requested. */
  verify: boolean;
  /** Whether the org may be opened for its credentials to be read. */
  enableAccess: boolean;
  /** What a new app is made with: the consumer that its callers know from before a sandbox's refresh. */
  former?: Consumer | undefined;
}

/**
 * The consumer before a deploy. A generated one is stored before this returns, so that no crash can lose it; one that is
 * stored already, from a deploy that failed, is used again.
 *
 * @throws SfError `InvalidConsumerError`, or `KeyDiffersError` where the spec names another key than the org has
 */
export async function consumerBeforeDeploy(app: AppInOrg, use: ConsumerUse): Promise<KnownConsumer> {
  const wanted = app.loaded.spec.consumer;
  const { actual } = app.reading;
  if (wanted !== "generated") {
    const given = await givenConsumer(wanted, actual === undefined || use.verify);
    if (actual === undefined) requireRules(given);
    else requireSameKey(app, given, actual.consumerKey);
    return given;
  }
  if (!usesOAuth(app.desired)) return { key: actual?.consumerKey, secret: undefined };
  const store = await openConsumerStore();
  const stored = await store.read(ownerOf(app));
  if (actual !== undefined) {
    return {
      key: actual.consumerKey,
      secret: stored?.key === actual.consumerKey ? stored?.secret : undefined,
    };
  }
  if (kinds[app.desired.kind].consumer.madeBy === "org") return { key: undefined, secret: undefined };
  const consumer = use.former ?? stored ?? generateConsumer();
  return use.keep ? keepConsumer(app, consumer) : consumer;
}

/** The consumer after a deploy: where the org made it, it is read from there and stored. */
export async function consumerAfterDeploy(
  app: AppInOrg,
  known: KnownConsumer,
  use: ConsumerUse,
): Promise<KnownConsumer> {
  const readable =
    kinds[app.desired.kind].consumer.madeBy === "org" && app.loaded.spec.consumer === "generated";
  const needed = use.keep && (use.verify || app.reading.actual === undefined);
  if (!readable || !needed || known.secret !== undefined) return known;
  const { org, desired } = app;
  const read = () => readCredentials(org, desired.name);
  try {
    return await keepConsumer(app, await (use.enableAccess ? withCredentialAccess(org, read) : read()));
  } catch (error) {
    const { name, message, actions } = SfError.wrap(error);
    if (name !== "CredentialsNotReadableError") throw error;
    return { ...known, unreadable: { reason: message, actions: actions ?? [] } };
  }
}

async function keepConsumer(app: AppInOrg, consumer: Consumer): Promise<KnownConsumer> {
  const store = await openConsumerStore();
  await store.write(ownerOf(app), consumer);
  return { ...consumer, stored: { path: store.path, encrypted: store.encrypted } };
}

/** Whose consumer an app's is. */
export function ownerOf({ org, desired }: Pick<AppInOrg, "org" | "desired">): ConsumerOwner {
  return { orgId: org.id, kind: desired.kind, appName: desired.name, instanceUrl: org.instanceUrl };
}

type GivenConsumer = Exclude<AppSpec["consumer"], "generated">;

async function givenConsumer(wanted: GivenConsumer, withSecret: boolean): Promise<KnownConsumer> {
  const [key, secret] = await Promise.all([
    followReference(wanted.key, "consumer.key"),
    withSecret ? followReference(wanted.secret, "consumer.secret") : undefined,
  ]);
  return { key, secret };
}

/** Keys that Salesforce made hold other characters too; those that a deploy brings do not. */
function requireRules({ key, secret }: KnownConsumer): void {
  for (const [what, value] of Object.entries({ key, secret })) {
    if (/^[A-Za-z0-9]{8,256}$/.test(value ?? "")) continue;
    throw messagesOf("consumer").createError("invalidConsumer", [`consumer.${what}`]);
  }
}

function requireSameKey({ org, loaded }: AppInOrg, given: KnownConsumer, key: string | undefined): void {
  if (key === undefined || key === given.key) return;
  const place = placeOf(loaded.locate("consumer"));
  throw messagesOf("consumer").createError("keyDiffers", [org.name, key, place, given.key]);
}
