import { createHash, generateKeyPairSync } from "node:crypto";
import type { CryptoKey, JWK } from "jose";
import { importJWK } from "jose/key/import";
import type { OrgSigningKey } from "../org.ts";

/** The one algorithm of JWT-based access tokens. */
export const signingAlgorithm = "RS256";

/**
 * Makes the key pair that signs an org's JWT-based access tokens.
 *
 * @param orgId 18-character Id.
 * @param now Milliseconds since the epoch; part of the key Id, as in Salesforce.
 */
export function createSigningKey(orgId: string, now: number): OrgSigningKey {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { keyId: `CORE_ATJWT.${orgId}.${now}`, privateKey: privateKey.export({ format: "jwk" }) as JWK };
}

/** The public half, as `/id/keys` shows it. */
export function publicJwk({ keyId, privateKey }: OrgSigningKey): JWK {
  const { kty, n, e } = privateKey;
  return { kty, n, e, alg: signingAlgorithm, kid: keyId, use: "sig" } as JWK;
}

/** The private half, ready to sign with. */
export async function signingKeyOf({ privateKey }: OrgSigningKey): Promise<CryptoKey> {
  return (await importJWK(privateKey, signingAlgorithm)) as CryptoKey;
}

/** SHA-256 of a token in base64url: enough to recognize it, not to use it. */
export function fingerprint(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
