import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ConfigContents, ConfigFile, Global, SfError } from "@salesforce/core";
import type { Consumer } from "../app/consumer.ts";
import { reasonOf } from "../app/reasonOf.ts";
import { isFileError } from "../files/wholeFile.ts";
import { messagesOf } from "../messages.ts";

interface StoredConsumer extends ConfigContents {
  consumerKey: string;
  /** Encrypted in the file, by the key that the Salesforce CLI keeps in the system's keychain. */
  consumerSecret: string;
  storedAt: string;
  /** My Domain URL of the org. Entries of former versions lack it. */
  instanceUrl?: string;
}

class ConsumerFile extends ConfigFile<ConfigFile.Options, Record<string, StoredConsumer>> {
  static override encryptedKeys = [/^consumerSecret$/];

  static override getFileName(): string {
    return "cpq-consumers.json";
  }

  static override getDefaultOptions(): ConfigFile.Options {
    return {
      isGlobal: true,
      isState: true,
      filename: ConsumerFile.getFileName(),
      stateFolder: Global.SF_STATE_FOLDER,
    };
  }
}

/** Whose consumer it is. An org can have apps of both kinds with the same name. */
export interface ConsumerOwner {
  /** 18-character Id. */
  orgId: string;
  kind: string;
  appName: string;
  /** My Domain URL without a trailing slash. A sandbox keeps it when a refresh gives the org another Id. */
  instanceUrl: string;
}

/** A place that keeps consumers, and whether it encrypts the secrets. */
export interface ConsumerStore {
  encrypted: boolean;
  path: string;
  read(owner: ConsumerOwner): Promise<Consumer | undefined>;
  /**
   * The newest consumer of the same app under the same My Domain but another org Id: the one from before a sandbox's
   * refresh.
   */
  readFormer(owner: ConsumerOwner): Promise<Consumer | undefined>;
  write(owner: ConsumerOwner, consumer: Consumer): Promise<void>;
}

/**
 * The store of generated consumers, outside any project. If the system's keychain cannot be used, it is a file that
 * only its owner can read.
 *
 * @throws SfError `StoreFailedError` if a store exists but cannot be read: what it holds must not be lost
 */
export async function openConsumerStore(): Promise<ConsumerStore> {
  const path = join(Global.SF_DIR, ConsumerFile.getFileName());
  // The library treats a file that is not JSON as empty, and would overwrite it.
  await readJson(path);
  try {
    return await encryptedStore();
  } catch (error) {
    const { name, message } = SfError.wrap(error);
    if (/keychain|crypto|secret file|EISDIR/i.test(`${name} ${message}`)) {
      return plainStore(join(Global.SF_DIR, "cpq-consumers.unencrypted.json"));
    }
    throw messagesOf("consumer").createError("storeFailed", [path, message]);
  }
}

async function readJson(path: string): Promise<Record<string, StoredConsumer>> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if (isFileError(error, "ENOENT")) return {};
    const reason = reasonOf(error);
    throw messagesOf("consumer").createError("storeFailed", [path, reason]);
  }
}

/** The key of the entry from before a refresh among all entries. */
function formerKey(
  all: Readonly<Record<string, StoredConsumer>>,
  { orgId, kind, appName, instanceUrl }: ConsumerOwner,
): string | undefined {
  const [newest] = Object.entries(all)
    .filter(([key]) => key.endsWith(`/${kind}/${appName}`) && !key.startsWith(`${orgId}/`))
    .filter(([, stored]) => stored.instanceUrl === instanceUrl)
    .sort(([, one], [, other]) => other.storedAt.localeCompare(one.storedAt));
  return newest?.[0];
}

const consumerOf = (stored: StoredConsumer | undefined): Consumer | undefined =>
  stored && { key: stored.consumerKey, secret: stored.consumerSecret };

const keyOf = ({ orgId, kind, appName }: ConsumerOwner) => `${orgId}/${kind}/${appName}`;

async function encryptedStore(): Promise<ConsumerStore> {
  const file = await ConsumerFile.create();
  return {
    encrypted: true,
    path: file.getPath(),
    read: async (owner) => {
      await file.read();
      return consumerOf(file.get(keyOf(owner), true) ?? undefined);
    },
    readFormer: async (owner) => {
      await file.read();
      const key = formerKey(file.getContents(), owner);
      return key === undefined ? undefined : consumerOf(file.get(key, true) ?? undefined);
    },
    write: async (owner, { key, secret }) => {
      file.set(keyOf(owner), {
        consumerKey: key,
        consumerSecret: secret,
        storedAt: new Date().toISOString(),
        instanceUrl: owner.instanceUrl,
      });
      await file.write();
      await chmod(file.getPath(), 0o600);
    },
  };
}

function plainStore(path: string): ConsumerStore {
  const readAll = () => readJson(path);
  return {
    encrypted: false,
    path,
    read: async (owner) => consumerOf((await readAll())[keyOf(owner)]),
    readFormer: async (owner) => {
      const all = await readAll();
      const key = formerKey(all, owner);
      return key === undefined ? undefined : consumerOf(all[key]);
    },
    write: async (owner, { key, secret }) => {
      const all = await readAll();
      const storedAt = new Date().toISOString();
      const { instanceUrl } = owner;
      const stored = { consumerKey: key, consumerSecret: secret, storedAt, instanceUrl };
      await mkdir(Global.SF_DIR, { recursive: true });
      await writeFile(path, `${JSON.stringify({ ...all, [keyOf(owner)]: stored }, null, 2)}\n`, {
        mode: 0o600,
      });
    },
  };
}
