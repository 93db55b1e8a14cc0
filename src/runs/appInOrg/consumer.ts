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
import { setupPlaces } from "../../token/setupPlaces.ts";
import type { AppInOrg } from "./appInOrg.ts";

/** The consumer of an app in one org, as far as it is known. */
export interface KnownConsumer {
  /** Undefined if the org makes it, and has not yet. */
  key: string | undefined;
  /** Undefined if nobody here knows it. */
  secret: string | undefined;
  /** The store in which a generated consumer was put. */
  stored?: { path: string; encrypted: boolean };
  /** Why the org did not allow reading its consumer, and what to do. */
  unreadable?: { reason: string; actions: string[] };
}

/** For how many milliseconds an org may leave out secrets after access was switched on. */
const secretDelay = 60_000;

/** The use of the consumer. */
export interface ConsumerUse {
  /** A dry run stores nothing. */
  keep: boolean;
  /** Whether a token will be requested. */
  verify: boolean;
  /** Whether access to the org's credentials may be switched on to read them. */
  enableAccess: boolean;
  /** Milliseconds since the epoch until which reading credentials may take. */
  deadline: number;
  /** The consumer with which a new app is created: the one that its callers know from before a sandbox's refresh. */
  former?: Consumer | undefined;
}

/**
 * The consumer before a deploy. A generated one is stored before this returns, so that no crash can lose it. If one is
 * already stored, from a deploy that failed, it is used again.
 *
 * @throws SfError `InvalidConsumerError`, or `KeyDiffersError` if the spec names another key than the org has
 */
export async function consumerBeforeDeploy(app: AppInOrg, use: ConsumerUse): Promise<KnownConsumer> {
  const wanted = app.spec.app.consumer;
  if (wanted === "generated") return generatedConsumer(app, use);
  const key = await followReference(wanted.key, "consumer.key");
  requireSameKey(app, key);
  const isNew = app.reading.actual === undefined;
  if (wanted.secret === undefined) return isNew ? newConsumerOfKey(app, key, use) : keyInOrg(app, key);
  const secret = isNew || use.verify ? await followReference(wanted.secret, "consumer.secret") : undefined;
  if (isNew) requireRules({ key, secret });
  return { key, secret };
}

async function generatedConsumer(app: AppInOrg, use: ConsumerUse): Promise<KnownConsumer> {
  const { actual } = app.reading;
  if (!usesOAuth(app.desired)) return { key: actual?.consumerKey, secret: undefined };
  if (actual !== undefined) return keyInOrg(app, actual.consumerKey);
  if (kinds[app.desired.kind].consumer.madeBy === "org") return { key: undefined, secret: undefined };
  const stored = await (await openConsumerStore()).read(ownerOf(app));
  const consumer = use.former ?? stored ?? generateConsumer();
  return use.keep ? keepConsumer(app, consumer) : consumer;
}

/** The consumer of an existing app: the secret is known if it was stored with this same key. */
async function keyInOrg(app: AppInOrg, key: string | undefined): Promise<KnownConsumer> {
  const stored = await (await openConsumerStore()).read(ownerOf(app));
  return { key, secret: stored?.key === key ? stored?.secret : undefined };
}

/** The consumer of a new app whose spec names only the key: the secret is the stored one for this key, or a new one. */
async function newConsumerOfKey(app: AppInOrg, key: string, use: ConsumerUse): Promise<KnownConsumer> {
  if (kinds[app.desired.kind].consumer.madeBy === "org") {
    requireRules({ key });
    return { key, secret: undefined };
  }
  const store = await openConsumerStore();
  const known = [await store.read(ownerOf(app)), await store.readFormer(ownerOf(app))];
  const consumer = known.find((stored) => stored?.key === key) ?? { ...generateConsumer(), key };
  requireRules(consumer);
  return use.keep ? keepConsumer(app, consumer) : consumer;
}

/** The consumer after a deploy. If the org made it, it is read from there and stored. */
export async function consumerAfterDeploy(
  app: AppInOrg,
  known: KnownConsumer,
  use: ConsumerUse,
): Promise<KnownConsumer> {
  const wanted = app.spec.app.consumer;
  const isUnsaid = wanted === "generated" || wanted.secret === undefined;
  const readable = kinds[app.desired.kind].consumer.madeBy === "org" && isUnsaid;
  const needed = use.keep && (use.verify || app.reading.actual === undefined);
  if (!readable || !needed || known.secret !== undefined) return known;
  const { org, desired } = app;
  const read = (isNewAccess: boolean) => {
    const until = isNewAccess ? Math.min(use.deadline, Date.now() + secretDelay) : 0;
    return readCredentials(org, desired.name, { until });
  };
  try {
    return await keepConsumer(app, await (use.enableAccess ? withCredentialAccess(org, read) : read(false)));
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

/** The app and org to which a consumer belongs. */
export function ownerOf({ org, desired }: Pick<AppInOrg, "org" | "desired">): ConsumerOwner {
  return { orgId: org.id, kind: desired.kind, appName: desired.name, instanceUrl: org.instanceUrl };
}

/** Keys that Salesforce made can hold other characters too. Those that a deploy brings cannot. */
function requireRules(consumer: { key: string; secret?: string | undefined }): void {
  for (const [what, value] of Object.entries(consumer)) {
    if (/^[A-Za-z0-9]{8,256}$/.test(value ?? "")) continue;
    throw messagesOf("consumer").createError("invalidConsumer", [`consumer.${what}`]);
  }
}

function requireSameKey({ org, spec, reading }: AppInOrg, wanted: string): void {
  const key = reading.actual?.consumerKey;
  if (key === undefined || key === wanted) return;
  const place = placeOf(spec.locate("consumer.key"));
  throw messagesOf("consumer").createError("keyDiffers", [org.name, key, place, wanted]);
}

/** Why no token can be requested from an app whose secret is not known here, and what to do. */
export function secretMissing({
  spec,
  desired,
}: Pick<AppInOrg, "spec" | "desired">): Required<KnownConsumer>["unreadable"] {
  const messages = messagesOf("consumer");
  const id = spec.app.consumer === "generated" ? "secretMissing" : "secretUnsaid";
  const place = placeOf(spec.locate("consumer"));
  return {
    reason: messages.getMessage(id, [place]),
    actions: messages.getMessages(`${id}.actions`, [
      setupPlaces(desired.kind, desired.settings.label ?? desired.name).consumer,
    ]),
  };
}
