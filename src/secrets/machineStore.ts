import { existsSync, lstatSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Global } from "@salesforce/core/global";
import { z } from "zod";
import type { Consumer } from "../app/consumer.ts";
import { reasonOf } from "../app/reasonOf.ts";
import { readJsonFile } from "../files/jsonFile.ts";
import { whileLocked } from "../files/lockedFile.ts";
import { isFileError, writePrivate } from "../files/wholeFile.ts";
import { messagesOf } from "../messages.ts";
import { SfError } from "../sfError.ts";
import type { ConsumerOwner, ConsumerStore } from "./consumerStore.ts";
import { Cipher } from "./machineCipher.ts";

const entrySchema = z.looseObject({
  consumerKey: z.string(),
  /** Encrypted by the key that the Salesforce CLI keeps in the system's keychain, except in the unencrypted file. */
  consumerSecret: z.string(),
  /** ISO 8601. */
  storedAt: z.string(),
  /** My Domain URL of the org. Entries of former versions lack it. */
  instanceUrl: z.string().optional(),
  username: z.string().optional(),
});
type Entry = z.output<typeof entrySchema>;
const entriesSchema = z.record(z.string(), entrySchema);
type Entries = Readonly<Record<string, Entry>>;

/** An entry of the machine's store, without its secret. */
interface StoredEntry {
  orgId: string;
  kind: string;
  appName: string;
  key: string;
  /** ISO 8601. */
  storedAt: string;
  instanceUrl: string | undefined;
  username: string | undefined;
  encrypted: boolean;
}

type AppOfOrg = Pick<ConsumerOwner, "orgId" | "kind" | "appName">;

/** The store of this machine, outside any project. It alone can tell what it holds. */
export interface MachineStore extends ConsumerStore {
  /**
   * The newest consumer of the same app under the same My Domain but another org Id: the one from before a sandbox's
   * refresh.
   */
  readFormer(owner: ConsumerOwner): Promise<Consumer | undefined>;
  /** The key of the same consumer, or else of the former one. No secret is decrypted for it. */
  readKey(owner: ConsumerOwner): string | undefined;
  /** Since when the store has this key of an app, in ISO 8601; undefined if it has none, or another. */
  storedAt(owner: AppOfOrg, key: string | undefined): string | undefined;
  list(): StoredEntry[];
  /** Folders of the Salesforce CLI in the user's home. */
  folders: string[];
}

/**
 * The store of generated consumers, a file that only its owner can read. If the system's keychain cannot be used,
 * nothing is written, unless `CPQ_UNENCRYPTED_STORE` allows a file in plain text.
 */
export function machineStore(): MachineStore {
  const folder = machineFolder();
  const path = join(folder, "cpq-consumers.json");
  const plainPath = join(folder, "cpq-consumers.unencrypted.json");
  const find = async (keyIn: (all: Entries) => string | undefined) => {
    const entries = entriesOf(path);
    const key = keyIn(entries);
    if (key !== undefined) return consumerOf(entries[key], await cipherOf(path));
    const plain = entriesOf(plainPath);
    return consumerOf(plain[keyIn(plain) ?? ""]);
  };
  return {
    place: path,
    readable: true,
    folders: [Global.SF_DIR, Global.SFDX_DIR],
    read: (owner) => find((all) => (Object.hasOwn(all, keyOf(owner)) ? keyOf(owner) : undefined)),
    readFormer: (owner) => find((all) => formerKey(all, owner)),
    readKey: (owner) => {
      const files = [entriesOf(path), entriesOf(plainPath)];
      const keyIn = (find: (all: Entries) => string | undefined) =>
        files.map((all) => all[find(all) ?? ""]?.consumerKey).find((key) => key !== undefined);
      return keyIn(() => keyOf(owner)) ?? keyIn((all) => formerKey(all, owner));
    },
    storedAt: (owner, key) =>
      [entriesOf(path), entriesOf(plainPath)]
        .map((all) => all[keyOf(owner)])
        .find((entry) => entry?.consumerKey === key)?.storedAt,
    write: async (owner, { key, secret }) => {
      requireOutsideOfGit(folder);
      const storedAt = new Date().toISOString();
      const { instanceUrl, username } = owner;
      const entry = { consumerKey: key, consumerSecret: secret, storedAt, instanceUrl, username };
      const cipher = await cipherOf(path).catch((error: unknown) => {
        if (process.env.CPQ_UNENCRYPTED_STORE === "true") return undefined;
        throw error;
      });
      const file = cipher === undefined ? plainPath : path;
      const consumerSecret = cipher === undefined ? secret : cipher.of(secret);
      await change(file, (all) => {
        const former = all[keyOf(owner)];
        // A pair that is stored once more is no younger for it.
        const isSame = former?.consumerKey === key && consumerOf(former, cipher)?.secret === secret;
        const since = isSame ? { storedAt: former.storedAt } : {};
        return { ...all, [keyOf(owner)]: { ...entry, ...since, consumerSecret } };
      });
      return { encrypted: cipher !== undefined };
    },
    erase: async (owner) => {
      let found = false;
      for (const file of [path, plainPath].filter((one) => existsSync(one))) {
        await change(file, ({ [keyOf(owner)]: gone, ...others }) => {
          found ||= gone !== undefined;
          return others;
        });
      }
      return found;
    },
    list: () => [
      ...Object.entries(entriesOf(path)).map(listed(true)),
      ...Object.entries(entriesOf(plainPath)).map(listed(false)),
    ],
  };
}

/** Where this machine keeps what outlives a run, outside any project. */
export function machineFolder(): string {
  return resolve(process.env.CPQ_STORE_FOLDER || Global.SF_DIR);
}

/** A run that checks thousands of apps reads a file once, unless it changes meanwhile. */
const lastRead = new Map<string, { version: string; entries: Entries }>();

/** @throws SfError `StoreFailedError` if the file cannot be read: what it holds must not be lost */
function entriesOf(file: string): Entries {
  try {
    const version = versionOf(file);
    if (version === undefined) return {};
    const last = lastRead.get(file);
    if (last?.version === version) return last.entries;
    const entries = readJsonFile(file, entriesSchema);
    lastRead.set(file, { version, entries });
    return entries;
  } catch (error) {
    if (isFileError(error, "ENOENT")) return {};
    if (error instanceof SfError) throw error;
    // The parser's message can repeat what stands in the file.
    const reason = error instanceof SyntaxError ? messagesOf("store").getMessage("notJson") : reasonOf(error);
    throw messagesOf("store").createError("storeFailed", [file, reason]);
  }
}

/** Reads and writes while others wait. */
async function change(file: string, make: (entries: Entries) => Entries): Promise<void> {
  try {
    await whileLocked(file, () => {
      const entries = make(entriesOf(file));
      writePrivate(file, `${JSON.stringify(entries, null, 2)}\n`);
    });
  } catch (error) {
    if (error instanceof SfError) throw error;
    throw messagesOf("store").createError("storeFailed", [file, reasonOf(error)]);
  }
}

/** A run that checks hundreds of apps asks the keychain once. */
const ciphers = new Map<string, Promise<Cipher>>();

/**
 * The CLI's key may have to be made first, and two processes that make one at the same time would have two.
 *
 * @throws SfError `KeychainFailedError`
 */
function cipherOf(path: string): Promise<Cipher> {
  const known = ciphers.get(path);
  if (known !== undefined) return known;
  const cipher = whileLocked(path, () => Cipher.ofUser()).catch((error: unknown) => {
    ciphers.delete(path);
    throw messagesOf("store").createError("keychainFailed", [reasonOf(error)]);
  });
  ciphers.set(path, cipher);
  return cipher;
}

/** What differs after each change of the file; undefined if there is no file. @throws SfError `StoreIsLinkError` */
function versionOf(file: string): string | undefined {
  const stats = lstatSync(file, { bigint: true, throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (stats.isSymbolicLink()) throw messagesOf("store").createError("storeIsLink", [file]);
  return [stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(" ");
}

/** @throws SfError `StoreInGitError`: what lies in a work tree is soon committed */
function requireOutsideOfGit(folder: string): void {
  let there = folder;
  while (!existsSync(there)) there = dirname(there);
  // Links count by where they lead.
  for (let at = realpathSync(there); ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) throw messagesOf("store").createError("storeInGit", [folder, at]);
    if (dirname(at) === at) return;
  }
}

/** The key of the entry from before a refresh among all entries. */
function formerKey(all: Entries, { orgId, kind, appName, instanceUrl }: ConsumerOwner): string | undefined {
  const [newest] = Object.entries(all)
    .filter(([key]) => key.endsWith(`/${kind}/${appName}`) && !key.startsWith(`${orgId}/`))
    .filter(([, stored]) => stored.instanceUrl === instanceUrl)
    .sort(([, one], [, other]) => other.storedAt.localeCompare(one.storedAt));
  return newest?.[0];
}

function consumerOf(entry: Entry | undefined, cipher?: Cipher): Consumer | undefined {
  if (entry === undefined) return undefined;
  const { consumerKey, consumerSecret } = entry;
  return {
    key: consumerKey,
    secret: cipher === undefined ? consumerSecret : cipher.clearText(consumerSecret),
  };
}

function listed(encrypted: boolean) {
  return ([id, { consumerKey, storedAt, instanceUrl, username }]: [string, Entry]): StoredEntry => {
    const [orgId = "", kind = "", appName = ""] = id.split("/");
    return { orgId, kind, appName, key: consumerKey, storedAt, instanceUrl, username, encrypted };
  };
}

const keyOf = ({ orgId, kind, appName }: AppOfOrg) => `${orgId}/${kind}/${appName}`;
