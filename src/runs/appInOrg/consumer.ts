import type { Consumer } from "../../app/consumer.ts";
import { usesOAuth } from "../../app/desiredApp.ts";
import { placeOf } from "../../app/place.ts";
import { reasonOf } from "../../app/reasonOf.ts";
import { secretReference } from "../../app/secretReference.ts";
import { messagesOf } from "../../messages.ts";
import { kinds } from "../../metadata/kinds.ts";
import { type AccessKeeping, withCredentialAccess } from "../../org/credentialAccess.ts";
import { readCredentials } from "../../org/credentials.ts";
import type { ConsumerOwner } from "../../secrets/consumerStore.ts";
import { generateConsumer } from "../../secrets/generate.ts";
import { machineStore } from "../../secrets/machineStore.ts";
import { openStore } from "../../secrets/openStore.ts";
import { mayKeepSecretHere } from "../../secrets/permissions.ts";
import { hideFromNowOn } from "../../secrets/redaction.ts";
import { followIfThere, followReference, runsOrReads } from "../../secrets/references.ts";
import { SfError } from "../../sfError.ts";
import { setupPlaces } from "../../token/setupPlaces.ts";
import type { AppInOrg } from "./appInOrg.ts";
import { linesForPipeline } from "./linesForPipeline.ts";

/** The consumer of an app in one org, as far as it is known. */
export interface KnownConsumer {
  /** Undefined if the org makes it, and has not yet. */
  key: string | undefined;
  /** Undefined if nobody here knows it. */
  secret: string | undefined;
  /** The store in which a generated consumer was put. */
  stored?: { place: string; encrypted?: boolean };
  /** Why the org or the store did not give its consumer, and what to do. */
  unreadable?: { reason: string; actions: string[] };
}

/** The consumer before a deploy, and what the deploy tells about where the org has it. */
export interface ConsumerOfDeploy {
  consumer: KnownConsumer;
  /** Of an external client app that was deployed: the Id of its application. */
  applicationId?: string | undefined;
}

/** For how many milliseconds an org may leave out secrets after access was switched on. */
const secretDelay = 60_000;

/** The use of the consumer. */
export interface ConsumerUse {
  /** A dry run stores nothing. */
  keep: boolean;
  /** Whether a token will be requested. */
  verify: boolean;
  /** How access to the org's credentials is switched on to read them; undefined if it may not be. */
  access: AccessKeeping | undefined;
  /** Milliseconds since the epoch until which reading credentials may take. */
  deadline: number;
  /** The consumer with which a new app is created: the one that its callers know from before a sandbox's refresh. */
  former?: Consumer | undefined;
}

/**
 * The consumer before a deploy. A generated one is stored before this returns, so that no crash can lose it. If one is
 * already stored, from a deploy that failed, it is used again.
 *
 * @throws SfError `InvalidConsumerError`, `KeyDiffersError` if the spec names another key than the org has, or what the
 *   store throws if it does not take the pair
 */
export async function consumerBeforeDeploy(app: AppInOrg, use: ConsumerUse): Promise<KnownConsumer> {
  const { key: source, secret: secretSource } = app.spec.app.consumer;
  const key = source === undefined ? undefined : await follow(app, source, "consumer.key", use);
  if (key === undefined) return generatedConsumer(app, use);
  requireSameKey(app, key);
  const isNew = app.reading.actual === undefined;
  const secret =
    secretSource !== undefined && (isNew || use.verify)
      ? await follow(app, secretSource, "consumer.secret", use)
      : undefined;
  if (secret !== undefined || (secretSource !== undefined && !isNew && !use.verify)) {
    if (isNew) requireRules({ key, secret });
    return { key, secret };
  }
  return isNew ? newConsumerOfKey(app, key, use) : keyInOrg(app, key, use);
}

/**
 * The value behind a reference. With a store beside it, it may not be there yet. In a dry run, no file is read and no
 * command is run: the org checks the deploy with a generated value.
 */
async function follow(
  app: AppInOrg,
  source: string,
  what: string,
  use: ConsumerUse,
): Promise<string | undefined> {
  if (!use.keep && !use.verify && runsOrReads(source)) return undefined;
  const hasStore = app.spec.app.consumer.store !== undefined;
  return hasStore ? followIfThere(source, what, app.allowed) : followReference(source, what, app.allowed);
}

async function generatedConsumer(app: AppInOrg, use: ConsumerUse): Promise<KnownConsumer> {
  const { actual } = app.reading;
  if (!usesOAuth(app.desired)) return { key: actual?.consumerKey, secret: undefined };
  if (actual !== undefined) return keyInOrg(app, actual.consumerKey, use);
  if (kinds[app.desired.kind].consumer.madeBy === "org") return { key: undefined, secret: undefined };
  if (!use.keep) return use.former ?? generateConsumer();
  const stored = use.former ?? (await storedForNewApp(app));
  if (stored === undefined) requireLastingStore(app);
  return keepConsumer(app, stored ?? generateConsumer());
}

/** The consumer of an existing app: the secret is known if it was stored with this same key. */
async function keyInOrg(app: AppInOrg, key: string | undefined, use: ConsumerUse): Promise<KnownConsumer> {
  if (!use.verify) return { key, secret: undefined };
  try {
    const stored = await storeOf(app).read(ownerOf(app));
    if (stored !== undefined) hideFromNowOn(stored.secret);
    return { key, secret: stored?.key === key ? stored?.secret : undefined };
  } catch (error) {
    // Without the secret there is no token, and everything else is still done.
    const { message, actions } = SfError.wrap(error);
    return { key, secret: undefined, unreadable: { reason: message, actions: actions ?? [] } };
  }
}

/** The consumer of a new app whose spec names only the key: the secret is the stored one for this key, or a new one. */
async function newConsumerOfKey(app: AppInOrg, key: string, use: ConsumerUse): Promise<KnownConsumer> {
  if (kinds[app.desired.kind].consumer.madeBy === "org") {
    requireRules({ key });
    return { key, secret: undefined };
  }
  const known = use.keep ? [await storedForNewApp(app), await machineStore().readFormer(ownerOf(app))] : [];
  const stored = known.find((pair) => pair?.key === key);
  const consumer = stored ?? { ...generateConsumer(), key };
  requireRules(consumer);
  if (use.keep && stored === undefined) requireLastingStore(app);
  return use.keep ? keepConsumer(app, consumer) : consumer;
}

/** What a deploy that failed stored. If the store cannot tell, a new pair takes its place there. */
function storedForNewApp(app: AppInOrg): Promise<Consumer | undefined> {
  const stored = storeOf(app).read(ownerOf(app));
  return isOnMachine(app) ? stored : stored.catch(() => undefined);
}

/**
 * The consumer after a deploy. If the org made it, it is read from there and stored.
 *
 * @throws SfError `SinkFailedError` if the spec's store does not take it; it is then in this machine's store
 */
export async function consumerAfterDeploy(
  app: AppInOrg,
  { consumer: known, applicationId }: ConsumerOfDeploy,
  use: ConsumerUse,
): Promise<KnownConsumer> {
  const readable = kinds[app.desired.kind].consumer.madeBy === "org";
  const isSaid = app.spec.app.consumer.secret !== undefined && app.spec.app.consumer.store === undefined;
  const needed = use.keep && (use.verify || app.reading.actual === undefined);
  if (!readable || isSaid || !needed || known.secret !== undefined) return known;
  const { org, desired } = app;
  // Whatever happens when access is put back, the pair is kept by then.
  const readAndKeep = async (isNewAccess: boolean) => {
    const until = isNewAccess ? Math.min(use.deadline, Date.now() + secretDelay) : 0;
    const consumer = await readCredentials(org, desired.name, { until, applicationId });
    return isOnMachine(app) ? keepConsumer(app, consumer) : keepOrgsConsumer(app, consumer);
  };
  try {
    return await (use.access === undefined
      ? readAndKeep(false)
      : withCredentialAccess(org, use.access, readAndKeep));
  } catch (error) {
    const { name, message, actions } = SfError.wrap(error);
    if (name !== "CredentialsNotReadableError") throw error;
    return { ...known, unreadable: { reason: message, actions: actions ?? [] } };
  }
}

/** The org has made the app by now, so the pair must not be lost with the sink that refuses it. */
export async function keepOrgsConsumer(app: AppInOrg, consumer: Consumer): Promise<KnownConsumer> {
  try {
    return await keepConsumer(app, consumer);
  } catch (error) {
    const machine = openStore("machine");
    await machine.write(ownerOf(app), consumer);
    const values = [app.desired.name, app.org.name, storeOf(app).place, reasonOf(error)] as const;
    throw messagesOf("store").createError("sinkFailed", values, [machine.place]);
  }
}

async function keepConsumer(app: AppInOrg, consumer: Consumer): Promise<KnownConsumer> {
  hideFromNowOn(consumer.secret);
  const store = storeOf(app);
  const written = await store.write(ownerOf(app), consumer);
  if (!isOnMachine(app) && store.readable) {
    const kept = await store.read(ownerOf(app));
    if (kept?.key !== consumer.key || kept.secret !== consumer.secret)
      throw messagesOf("store").createError("notKept", [store.place, app.desired.name]);
  }
  return { ...consumer, stored: { place: store.place, ...written } };
}

/** @throws SfError `NotLastingError` if a new secret would be lost with this machine: nobody could read it again */
export function requireLastingStore(app: Pick<AppInOrg, "org" | "spec" | "desired" | "allowed">): void {
  if (!isOnMachine(app) || mayKeepSecretHere(machineStore().folders, app.org.instanceUrl, app.allowed))
    return;
  const { spec, desired } = app;
  const place = placeOf(spec.locate("consumer"));
  const lines = linesForPipeline(process.env, spec.environment !== undefined);
  throw messagesOf("store").createError("notLasting", [desired.name, place, lines]);
}

/** The store that a spec names for its consumer. */
export function storeOf({ spec, allowed }: Pick<AppInOrg, "spec" | "allowed">) {
  return openStore(spec.app.consumer.store, allowed);
}

/** The key that the callers read from the spec's store; undefined if it has none, or cannot be asked. */
export async function storedKey(app: AppInOrg): Promise<string | undefined> {
  const store = storeOf(app);
  return store.readable ? (await store.read(ownerOf(app)))?.key : undefined;
}

/**
 * Nobody may be left with a pair that works no more. A store that cannot be read cannot be asked.
 *
 * @throws SfError `FormerStoredError`
 */
export async function requireStored(app: AppInOrg, key: string): Promise<void> {
  const stored = await storedKey(app);
  if (stored === undefined || stored === key) return;
  throw messagesOf("rotation").createError("formerStored", [storeOf(app).place, app.desired.name]);
}

export function isOnMachine({ spec }: Pick<AppInOrg, "spec">): boolean {
  return (spec.app.consumer.store ?? "machine") === "machine";
}

/** The app and org to which a consumer belongs. */
export function ownerOf({ org, desired, spec }: Pick<AppInOrg, "org" | "desired" | "spec">): ConsumerOwner {
  const { id: orgId, instanceUrl, username } = org;
  const { kind, name: appName } = desired;
  return { orgId, kind, appName, instanceUrl, username, environment: spec.environment };
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
  // What a reference stands for is never shown.
  const source = spec.app.consumer.key ?? "";
  const shown = secretReference.test(source) ? source : wanted;
  throw messagesOf("consumer").createError("keyDiffers", [org.name, key, place, shown]);
}

/** Why no token can be requested from an app whose secret is not known here, and what to do. */
export function secretMissing({
  spec,
  desired,
}: Pick<AppInOrg, "spec" | "desired">): Required<KnownConsumer>["unreadable"] {
  const messages = messagesOf("consumer");
  const id = spec.app.consumer.key === undefined ? "secretMissing" : "secretUnsaid";
  const place = placeOf(spec.locate("consumer"));
  return {
    reason: messages.getMessage(id, [place]),
    actions: messages.getMessages(`${id}.actions`, [
      setupPlaces(desired.kind, desired.settings.label ?? desired.name).consumer,
    ]),
  };
}
