import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { makeFolder } from "../../files/folder.ts";
import { createWhole, isFileError, writePrivate } from "../../files/wholeFile.ts";

// A token from the cache must come faster than anything of the Salesforce CLI loads: this file imports next to nothing.

/** A token, and where it is used. */
export interface Token {
  accessToken: string;
  /** My Domain URL of the org that issued it. */
  instanceUrl: string;
  /** ISO 8601, UTC; undefined for opaque tokens, which say nothing of themselves. */
  issuedAt?: string | undefined;
  expiresAt?: string | undefined;
}

/** What the answer to the same call depends on. If any of it changes, a cached token is not for that call any more. */
export interface TokenInputs {
  /** Files that were read, such as the spec and the aliases of orgs; they may be missing. */
  files: readonly string[];
  /** Environment variables that were read. */
  variables: readonly string[];
  /** A secret that came another way, such as through standard input. */
  secret?: string | undefined;
}

/** Where the cache and its key are; apart, so that a copy of the one is of no use. */
export interface CacheFolders {
  cacheDir: string;
  dataDir: string;
}

interface Entry {
  files: Record<string, string>;
  variables: Record<string, string>;
  secret?: string;
  /** Between which times the token is given out: milliseconds since the epoch, by the clock of this machine. */
  keptAt: number;
  usableUntil: number;
  /** All in base64. */
  iv: string;
  tag: string;
  encrypted: string;
}

/** Of the cipher's key. It is kept as text. */
const keyBytes = 32;

/** The part of a token's lifetime that has to be left. */
const leftOver = 0.2;

/** Flags that change how a token is shown, and not which one. */
const shownBy = new Set(["--fresh", "--decode", "--json"]);

/** The file of the cache for a call. Only its owner can read it, and its content is encrypted. */
export function cacheFile({ cacheDir }: CacheFolders, args: readonly string[]): string {
  const words: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? "";
    if (word === "--format") index++;
    else if (!shownBy.has(word) && !word.startsWith("--format=")) words.push(word);
  }
  const call = JSON.stringify([process.cwd(), words]);
  const name = createHmac("sha256", "cpq connectedapp token").update(call).digest("hex").slice(0, 32);
  return join(cacheDir, "sf-plugin-cpq", "tokens", `${name}.json`);
}

/**
 * The token of a former call that was the same in everything, if enough of its lifetime is left. Whatever is wrong with
 * the cache means that there is none.
 */
export function cachedToken(
  folders: CacheFolders,
  args: readonly string[],
  secret?: string,
): Token | undefined {
  try {
    const entry: Entry = JSON.parse(readFileSync(cacheFile(folders, args), "utf8"));
    // If the clock was put back since, nobody knows how much of the lifetime is left.
    const now = Date.now();
    if (!(entry.keptAt <= now && now < entry.usableUntil)) return undefined;
    const key = readFileSync(keyFile(folders));
    const { files, variables } = entry;
    const inputs = digests(key, { files: Object.keys(files), variables: Object.keys(variables), secret });
    if (JSON.stringify(inputs) !== JSON.stringify({ files, variables, secret: entry.secret }))
      return undefined;
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(entry.iv, "base64"));
    decipher.setAuthTag(Buffer.from(entry.tag, "base64"));
    const text = decipher.update(entry.encrypted, "base64", "utf8") + decipher.final("utf8");
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Keeps a token for the next call. One without an end is not kept, since nobody knows how long it is good for. Its times
 * are the org's, whose clock need not agree with that of this machine: what counts is the lifetime.
 *
 * @param requestedAt when the token was requested, by the clock of this machine: milliseconds since the epoch
 * @throws Error if the folders cannot be written
 */
export function keepToken(
  folders: CacheFolders,
  args: readonly string[],
  inputs: TokenInputs,
  token: Token,
  requestedAt: number,
): void {
  const [issued, expires] = [token.issuedAt, token.expiresAt].map((time) => Date.parse(time ?? ""));
  if (issued === undefined || expires === undefined || Number.isNaN(issued + expires)) return;
  const key = keyOf(folders);
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const encrypted = cipher.update(JSON.stringify(token), "utf8", "base64") + cipher.final("base64");
  const entry: Entry = {
    ...digests(key, inputs),
    keptAt: requestedAt,
    usableUntil: requestedAt + (expires - issued) * (1 - leftOver),
    iv: iv.toString("base64"),
    tag: cipher.getAuthTag().toString("base64"),
    encrypted,
  };
  const file = cacheFile(folders, args);
  removeEnded(dirname(file));
  writePrivate(file, JSON.stringify(entry));
}

/** Tokens of calls that are never made again would stay for ever. */
function removeEnded(folder: string): void {
  makeFolder(folder, 0o700);
  const dayAgo = Date.now() - 24 * 60 * 60_000;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.endsWith(".json") && (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < dayAgo)
      rmSync(path, { force: true });
  }
}

/** What the inputs are now; by a keyed digest, from which no secret can be guessed. */
function digests(key: Buffer, { files, variables, secret }: TokenInputs) {
  const digest = (value: string | Buffer) => createHmac("sha256", key).update(value).digest("base64");
  const ofFile = (file: string) => (existsSync(file) ? digest(readFileSync(file)) : "");
  const ofVariable = (name: string) => digest(JSON.stringify(process.env[name] ?? null));
  const each = (names: readonly string[], of: (name: string) => string) =>
    Object.fromEntries([...names].sort().map((name) => [name, of(name)]));
  return {
    files: each(
      files.map((file) => resolve(file)),
      ofFile,
    ),
    variables: each(variables, ofVariable),
    ...(secret === undefined ? {} : { secret: digest(secret) }),
  };
}

function keyFile({ dataDir }: CacheFolders): string {
  return join(dataDir, "sf-plugin-cpq", "token-cache.key");
}

/** The key of this user's cache; made if there is none yet, or a damaged one. */
function keyOf(folders: CacheFolders): Buffer {
  const file = keyFile(folders);
  if (statSync(file, { throwIfNoEntry: false })?.size !== keyBytes) rmSync(file, { force: true });
  if (!existsSync(file)) {
    try {
      createWhole(file, randomBytes(keyBytes / 2).toString("hex"), 0o600);
    } catch (error) {
      // Another process was faster, and its key counts.
      if (!isFileError(error, "EEXIST")) throw error;
    }
  }
  return readFileSync(file);
}
