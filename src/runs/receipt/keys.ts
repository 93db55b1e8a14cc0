import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { readdirSync, rmSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { reasonOf } from "../../app/reasonOf.ts";
import { beginningOf } from "../../files/beginningOf.ts";
import { createWhole, isFileError } from "../../files/wholeFile.ts";
import { messagesOf } from "../../messages.ts";
import { notWritable } from "../../project/fileFailure.ts";
import type { KeyPair } from "../../results/receipt.ts";
import { keyIdOf } from "./signature.ts";

/** Where public keys lie if nothing else is said: a folder that is committed. */
export const keyFolder = "receipt-keys";

/**
 * The private key that signs: of the file that is named, else of the variable CPQ_RECEIPT_KEY (PEM, or PKCS #8 DER in
 * base64, which is one line). Undefined if there is neither.
 *
 * @throws SfError `SigningKeyUnreadableError`
 */
export function signingKey(file: string | undefined): KeyObject | undefined {
  const given = process.env.CPQ_RECEIPT_KEY?.trim();
  if (file === undefined && !given) return undefined;
  const source = file ?? "CPQ_RECEIPT_KEY";
  try {
    const text = file === undefined ? (given ?? "") : keyText(file);
    return ed25519(privateKeyOf(text));
  } catch (error) {
    // What a parser says of a key may quote it.
    const reason = isFileSystemError(error)
      ? reasonOf(error)
      : messagesOf("receipt").getMessage("noPrivateKey");
    throw messagesOf("receipt").createError("signingKeyUnreadable", [source, reason], [], 2);
  }
}

/**
 * The public keys whose signatures count: of the files and folders that are named, else of those in the variable
 * CPQ_RECEIPT_TRUSTED_KEYS, else of the folder `receipt-keys` if there is one.
 *
 * @throws SfError `TrustedKeyUnreadableError`
 */
export function trustedKeys(paths: readonly string[] | undefined): KeyObject[] {
  const named = paths ?? process.env.CPQ_RECEIPT_TRUSTED_KEYS?.split(delimiter).filter((path) => path !== "");
  return (named === undefined || named.length === 0 ? defaultPaths() : named).flatMap(keysAt);
}

/**
 * Makes a key pair: all of its files, or none.
 *
 * @param privateFile where the private key is written, readable only by its owner; undefined returns it in one line
 * @throws SfError `KeyFileExistsError` or `NotWritableError`
 */
export function makeKeyPair(publicFile: string, privateFile: string | undefined): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const files: KeyFile[] = [[publicFile, String(publicKey.export({ type: "spki", format: "pem" })), 0o666]];
  if (privateFile !== undefined)
    files.unshift([privateFile, String(privateKey.export({ type: "pkcs8", format: "pem" })), 0o600]);
  createKeyFiles(files);
  return {
    keyId: keyIdOf(publicKey),
    publicKeyFile: publicFile,
    ...(privateFile === undefined
      ? { privateKey: privateKey.export({ type: "pkcs8", format: "der" }).toString("base64") }
      : { privateKeyFile: privateFile }),
  };
}

/** Name, text and mode of a file. */
type KeyFile = [file: string, text: string, mode: number];

/** A private key without its public key would be of no use, and a secret that nobody looks after. */
function createKeyFiles(files: readonly KeyFile[]): void {
  const made: string[] = [];
  try {
    for (const keyFile of files) {
      createKeyFile(keyFile);
      made.push(keyFile[0]);
    }
  } catch (error) {
    for (const file of made) rmSync(file, { force: true });
    throw error;
  }
}

function createKeyFile([file, text, mode]: KeyFile): void {
  try {
    createWhole(file, text, mode);
  } catch (error) {
    const messages = messagesOf("receipt");
    if (isFileError(error, "EEXIST")) throw messages.createError("keyFileExists", [file]);
    throw notWritable(file, error);
  }
}

function privateKeyOf(text: string): KeyObject {
  if (text.includes("-----BEGIN")) return createPrivateKey(text);
  return createPrivateKey({ key: Buffer.from(text, "base64"), format: "der", type: "pkcs8" });
}

function defaultPaths(): string[] {
  return statSync(keyFolder, { throwIfNoEntry: false })?.isDirectory() ? [keyFolder] : [];
}

/** A device may never end, and no file of keys comes near this many bytes. */
function keyText(file: string): string {
  return beginningOf(file, 1_000_000).toString("utf8");
}

/** The keys of a file, or of the `.pem` files of a folder. A file may hold several. */
function keysAt(path: string): KeyObject[] {
  try {
    if (!statSync(path).isDirectory()) return keysOf(keyText(path));
    const files = readdirSync(path).filter((name) => name.endsWith(".pem"));
    if (files.length === 0) throw new Error("There is no public key.");
    return files.flatMap((name) => keysAt(join(path, name)));
  } catch (error) {
    if ((error as Error).name === "TrustedKeyUnreadableError") throw error;
    const reason = isFileSystemError(error)
      ? reasonOf(error)
      : messagesOf("receipt").getMessage("noPublicKey");
    throw messagesOf("receipt").createError("trustedKeyUnreadable", [path, reason], [], 2);
  }
}

function keysOf(text: string): KeyObject[] {
  const blocks = text.match(/-----BEGIN PUBLIC KEY-----[\s\S]*?-----END PUBLIC KEY-----/g) ?? [];
  if (blocks.length === 0) throw new Error("There is no public key.");
  return blocks.map((block) => ed25519(createPublicKey(block)));
}

function ed25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== "ed25519") throw new Error("The key is of another kind.");
  return key;
}

function isFileSystemError(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.syscall !== undefined;
}
