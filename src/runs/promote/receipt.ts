import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Global } from "@salesforce/core";
import { FlattenedSign, flattenedVerify } from "jose";
import type { z } from "zod";
import { reasonOf } from "../../app/reasonOf.ts";
import { readJsonFile, writeJsonFile } from "../../files/jsonFile.ts";
import { createWhole, isFileError } from "../../files/wholeFile.ts";
import { messagesOf } from "../../messages.ts";
import { type Receipt, signedReceiptSchema } from "../../results/promotion.ts";
import { canonicalJson } from "../deploy/digest.ts";

/**
 * Writes a receipt with a signature (a JWS over its canonical JSON, HS256). The key comes from the variable
 * CPQ_RECEIPT_KEY or, without it, is one that this machine keeps for itself.
 *
 * @throws SfError `ReceiptKeyTooShortError` or `ReceiptNotWritableError`
 */
export async function writeReceipt(file: string, receipt: Receipt): Promise<void> {
  const key = receiptKey();
  const signed = await new FlattenedSign(payloadOf(receipt))
    .setProtectedHeader({ alg: "HS256", kid: keyId(key) })
    .sign(key);
  const content = { ...receipt, signature: { protected: signed.protected, signature: signed.signature } };
  try {
    writeJsonFile(file, content);
  } catch (error) {
    throw messagesOf("connectedapp.promote").createError("receiptNotWritable", [file, reasonOf(error)]);
  }
}

/**
 * Reads a receipt, and makes sure that nobody has changed it.
 *
 * @throws SfError `ReceiptUnreadableError` or `ReceiptForgedError`
 */
export async function readReceipt(file: string): Promise<Receipt> {
  const { signature, ...receipt } = readSigned(file);
  const key = receiptKey();
  try {
    const payload = Buffer.from(payloadOf(receipt)).toString("base64url");
    await flattenedVerify({ payload, ...signature }, key, { algorithms: ["HS256"] });
  } catch {
    throw messagesOf("connectedapp.promote").createError("receiptForged", [file, keyId(key)]);
  }
  return receipt;
}

function readSigned(file: string): z.output<typeof signedReceiptSchema> {
  try {
    return readJsonFile(file, signedReceiptSchema);
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown) {
  return messagesOf("connectedapp.promote").createError("receiptUnreadable", [file, reasonOf(error)]);
}

function payloadOf(receipt: Receipt): Uint8Array {
  return new TextEncoder().encode(canonicalJson(receipt));
}

function receiptKey(): Uint8Array {
  const given = process.env.CPQ_RECEIPT_KEY;
  if (given === undefined || given === "") return machineKey();
  if (given.length < 32) throw messagesOf("connectedapp.promote").createError("receiptKeyTooShort");
  return new TextEncoder().encode(given);
}

/** Made once, and readable only by its owner. */
function machineKey(): Uint8Array {
  const file = join(Global.SF_DIR, "cpq-receipt.key");
  try {
    return Buffer.from(readFileSync(file, "utf8"), "base64url");
  } catch (error) {
    if (!isFileError(error, "ENOENT")) throw unreadable(file, error);
  }
  const key = randomBytes(32);
  createWhole(file, key.toString("base64url"), 0o600);
  return key;
}

/** Tells keys apart without revealing them. */
function keyId(key: Uint8Array): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 12);
}
