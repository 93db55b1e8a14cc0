import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ConfigContents, ConfigFile, Global } from "@salesforce/core";
import type { Consumer } from "./generate.ts";

interface StoredConsumer extends ConfigContents {
  consumerKey: string;
  /** Encrypted in the file, by the key that the Salesforce CLI keeps in the system's keychain. */
  consumerSecret: string;
  storedAt: string;
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

/** Where consumers are kept, and whether the secrets are encrypted there. */
export interface ConsumerStore {
  encrypted: boolean;
  path: string;
  read(orgId: string, appName: string): Promise<Consumer | undefined>;
  write(orgId: string, appName: string, consumer: Consumer): Promise<void>;
}

/**
 * The store of generated consumers, outside any project. Where the system offers no keychain, a file that only its owner
 * can read takes its place.
 */
export async function openConsumerStore(): Promise<ConsumerStore> {
  try {
    return await encryptedStore();
  } catch {
    return plainStore(join(Global.SF_DIR, "cpq-consumers.unencrypted.json"));
  }
}

const keyOf = (orgId: string, appName: string) => `${orgId}/${appName}`;

async function encryptedStore(): Promise<ConsumerStore> {
  const file = await ConsumerFile.create();
  return {
    encrypted: true,
    path: file.getPath(),
    read: async (orgId, appName) => {
      await file.read();
      const stored = file.get(keyOf(orgId, appName), true);
      return stored ? { key: stored.consumerKey, secret: stored.consumerSecret } : undefined;
    },
    write: async (orgId, appName, { key, secret }) => {
      file.set(keyOf(orgId, appName), {
        consumerKey: key,
        consumerSecret: secret,
        storedAt: new Date().toISOString(),
      });
      await file.write();
      await chmod(file.getPath(), 0o600);
    },
  };
}

function plainStore(path: string): ConsumerStore {
  const readAll = async (): Promise<Record<string, StoredConsumer>> => {
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "{}";
      throw error;
    });
    return JSON.parse(text);
  };
  return {
    encrypted: false,
    path,
    read: async (orgId, appName) => {
      const stored = (await readAll())[keyOf(orgId, appName)];
      return stored ? { key: stored.consumerKey, secret: stored.consumerSecret } : undefined;
    },
    write: async (orgId, appName, { key, secret }) => {
      const all = await readAll();
      const stored = { consumerKey: key, consumerSecret: secret, storedAt: new Date().toISOString() };
      await mkdir(Global.SF_DIR, { recursive: true });
      await writeFile(path, `${JSON.stringify({ ...all, [keyOf(orgId, appName)]: stored }, null, 2)}\n`, {
        mode: 0o600,
      });
    },
  };
}
