import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { Signature } from "../../results/receipt.ts";
import { canonicalJson } from "../deploy/digest.ts";

/** What a signature says of the rest of its file. */
export type SignatureState =
  | { state: "valid" | "unknownKey" | "broken"; keyId: string }
  | { state: "unsigned" };

/**
 * Adds a signature over everything else, whatever the order of its keys. Without a key, there is none.
 *
 * @param key a private Ed25519 key
 */
export function withSignature<Content extends object>(
  content: Content,
  key: KeyObject | undefined,
): Content & { signature?: Signature } {
  if (key === undefined) return content;
  const value = sign(null, bytesOf(content), key).toString("base64");
  return { ...content, signature: { algorithm: "Ed25519", keyId: keyIdOf(key), value } };
}

/** Whether one of the trusted public keys made the signature of this very content. Pure. */
export function signatureState(
  { signature, ...content }: { signature?: Signature | undefined },
  trusted: readonly KeyObject[],
): SignatureState {
  if (signature === undefined) return { state: "unsigned" };
  const { keyId, value } = signature;
  const key = trusted.find((candidate) => keyIdOf(candidate) === keyId);
  if (key === undefined) return { state: "unknownKey", keyId };
  const holds = verify(null, bytesOf(content), key, Buffer.from(value, "base64"));
  return { state: holds ? "valid" : "broken", keyId };
}

/** Tells keys apart; the same for both keys of a pair. */
export function keyIdOf(key: KeyObject): string {
  const publicKey = key.type === "private" ? createPublicKey(key) : key;
  const der = publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(der).digest("hex").slice(0, 16);
}

function bytesOf(content: object): Buffer {
  return Buffer.from(canonicalJson(content));
}
