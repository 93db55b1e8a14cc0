import type { Consumer } from "../../app/consumer.ts";
import type { KindName } from "../../app/kindName.ts";
import { messagesOf } from "../../messages.ts";
import { readSpec } from "../../project/readSpec.ts";
import type {
  Credentials,
  ForgottenCredentials,
  HeldCredentials,
  StoredCredentials,
} from "../../results/credentials.ts";
import type { ConsumerOwner, ConsumerStore } from "../../secrets/consumerStore.ts";
import { machineStore } from "../../secrets/machineStore.ts";
import type { Permissions } from "../../secrets/permissions.ts";
import { followIfThere, followReference } from "../../secrets/references.ts";
import { resolve } from "../../spec/resolve.ts";
import { connectOrgOf, type SpecInOrg } from "../appInOrg/connectOrgOf.ts";
import { ownerOf, storeOf } from "../appInOrg/consumer.ts";

/** Which app in which org. */
export interface WhichApp {
  specFile: string;
  environment: string | undefined;
  targetOrg: string | undefined;
  /** What the user allowed the run. */
  allowed: Permissions;
}

const messages = messagesOf("credentials");

/**
 * The pair of a spec's app: what the spec refers to if it is there, else what its store holds.
 *
 * @throws SfError `NotStoredError`, or `NotReadableError` if the store can only be written
 */
export async function findCredentials(which: WhichApp): Promise<Credentials & { secret: string }> {
  return credentialsOf(await connected(which));
}

/**
 * The same without the secret, which need not be known here if the spec says the key.
 *
 * @throws as `findCredentials`
 */
export async function findKey(which: WhichApp): Promise<Credentials> {
  const found = await connected(which);
  const { key: source } = found.spec.app.consumer;
  const key = source === undefined ? undefined : await followIfThere(source, "consumer.key");
  if (key !== undefined) return { ...addressesOf(found), key, from: found.spec.file };
  const { secret: _, ...shown } = await credentialsOf(found);
  return shown;
}

async function credentialsOf(found: SpecInOrg): Promise<Credentials & { secret: string }> {
  const { org, spec } = found;
  const { name } = spec.app;
  const said = await saidInSpec(found);
  const store = said === undefined ? storeOf(found) : undefined;
  if (store !== undefined && !store.readable) throw messages.createError("notReadable", [name, store.place]);
  const consumer = said ?? (await store?.read(owner(found)));
  if (consumer === undefined) throw messages.createError("notStored", [name, org.name, store?.place ?? ""]);
  return { ...addressesOf(found), ...consumer, from: store?.place ?? spec.file };
}

function addressesOf({ org, spec }: SpecInOrg): Pick<Credentials, "org" | "name" | "tokenUrl" | "cpqUrl"> {
  const { name, cpq } = spec.app;
  return {
    org: org.name,
    name,
    tokenUrl: `${org.instanceUrl}/services/oauth2/token`,
    ...(cpq === undefined ? {} : { cpqUrl: cpq.url.replace(/\/+$/, "") }),
  };
}

/** Both, if the spec says where both are and they are there. */
async function saidInSpec({ spec, allowed }: SpecInOrg): Promise<Consumer | undefined> {
  const { key, secret, store } = spec.app.consumer;
  if (key === undefined || secret === undefined) return undefined;
  const follow = store === undefined ? followReference : followIfThere;
  const values = {
    key: await follow(key, "consumer.key", allowed),
    secret: await follow(secret, "consumer.secret", allowed),
  };
  return values.key !== undefined && values.secret !== undefined
    ? { key: values.key, secret: values.secret }
    : undefined;
}

/** Gives a pair, such as one that a person copied from Setup, to the store of a spec. */
export async function storeCredentials(which: WhichApp, consumer: Consumer): Promise<StoredCredentials> {
  const found = await connected(which);
  const store = storeOf(found);
  await store.write(owner(found), consumer);
  return { org: found.org.name, name: found.spec.app.name, key: consumer.key, place: store.place };
}

/** Removes the pair of a spec's app from the spec's store. */
export async function forgetCredentials(which: WhichApp): Promise<ForgottenCredentials> {
  const found = await connected(which);
  return forget(storeOf(found), owner(found));
}

/**
 * Removes an entry of this machine's store, by the Id that the list shows: its org may be gone.
 *
 * @throws SfError `NoSuchEntryError`
 */
export async function forgetEntry(id: string): Promise<ForgottenCredentials> {
  const store = machineStore();
  const entry = store.list().find((one) => idOf(one) === id);
  if (entry === undefined) throw messages.createError("noSuchEntry", [store.place, id]);
  return forget(store, { ...entry, instanceUrl: entry.instanceUrl ?? "" });
}

async function forget(store: ConsumerStore, of: ConsumerOwner): Promise<ForgottenCredentials> {
  const found = await store.erase(of);
  return { id: idOf(of), place: store.place, ...(found === undefined ? {} : { found }) };
}

/** What this machine holds, the newest first. */
export function listCredentials(): HeldCredentials {
  const store = machineStore();
  const entries = store
    .list()
    .sort((one, other) => other.storedAt.localeCompare(one.storedAt))
    .map(({ kind, appName, instanceUrl, username, ...entry }) => ({
      id: idOf({ ...entry, kind, appName }),
      ...entry,
      kind: kind as KindName,
      name: appName,
      ...(instanceUrl === undefined ? {} : { instanceUrl }),
      ...(username === undefined ? {} : { username }),
    }));
  return { place: store.place, entries };
}

function idOf({ orgId, kind, appName }: Pick<ConsumerOwner, "orgId" | "kind" | "appName">): string {
  return `${orgId}/${kind}/${appName}`;
}

function connected({ specFile, environment, ...choice }: WhichApp): Promise<SpecInOrg> {
  return connectOrgOf(readSpec(specFile, environment), choice);
}

function owner({ org, spec }: SpecInOrg): ConsumerOwner {
  return ownerOf({ org, spec, desired: resolve(spec.app) });
}
