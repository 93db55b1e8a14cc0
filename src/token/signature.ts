import {
  type CompactVerifyGetKey,
  compactVerify,
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  type JSONWebKeySet,
} from "jose";
import { messagesOf } from "../messages.ts";
import type { Check } from "../results/check.ts";
import { SfError } from "../sfError.ts";
import { answerText } from "./answerText.ts";
import { checkOf } from "./checks.ts";
import { request } from "./http.ts";
import { requestPatiently } from "./requestPatiently.ts";

/** The keys with which an org signs tokens. */
export type PublishedKeys = CompactVerifyGetKey;

const messages = messagesOf("token");
const algorithms = ["RS256"];

/** Begins to read an org's keys, while the caller waits for something else, such as a deploy. */
export function beginReadingKeys(myDomainUrl: string): Promise<PublishedKeys> {
  const keys = publishedKeys(myDomainUrl);
  // The check waits for them, and deals with what goes wrong.
  keys.catch(() => {});
  return keys;
}

/**
 * Checks the signature against the keys that the org publishes. The org's OpenID Connect discovery says where they are,
 * so nothing is assumed. If the keys cannot be read, or the token's key is not among them, this says nothing about the
 * token.
 *
 * @param earlier the keys as the org had them before the token was made, if they were read
 */
export async function signatureCheck(
  token: string,
  myDomainUrl: string,
  earlier?: Promise<PublishedKeys>,
): Promise<Check> {
  const { alg, kid } = decodeProtectedHeader(token);
  if (!algorithms.includes(String(alg)))
    return forged(messages.getMessage("signature.algorithm", [String(alg)]));
  try {
    const isRight = await isSignedByOrg(token, myDomainUrl, earlier);
    return isRight
      ? checkOf("signature", "passed", messages.getMessage("signature", [String(kid)]))
      : forged(messages.getMessage("signature.wrong", [myDomainUrl]));
  } catch (error) {
    return unverified(error, String(kid), myDomainUrl);
  }
}

/** Keys that could not be read earlier, or lack the token's, are read anew. */
async function isSignedByOrg(
  token: string,
  myDomainUrl: string,
  earlier: Promise<PublishedKeys> | undefined,
): Promise<boolean> {
  try {
    if (earlier !== undefined) return await isSignedBy(token, await earlier);
  } catch (error) {
    if (!(error instanceof SfError || error instanceof errors.JWKSNoMatchingKey)) throw error;
  }
  return isSignedBy(token, await publishedKeys(myDomainUrl));
}

function forged(detail: string): Check {
  return checkOf("signature", "failed", detail, messages.getMessages("forged.actions"));
}

function unverified(error: unknown, kid: string, myDomainUrl: string): Check {
  if (error instanceof errors.JWKSNoMatchingKey) {
    const detail = messages.getMessage("signature.noMatchingKey", [myDomainUrl, kid]);
    return checkOf(
      "signature",
      "unverified",
      detail,
      messages.getMessages("signature.noMatchingKey.actions"),
    );
  }
  const { message, actions = [] } = SfError.wrap(error);
  return checkOf("signature", "unverified", messages.getMessage("signature.unverified", [message]), actions);
}

/** @throws SfError `UnreachableError` or `NoKeysError` */
async function publishedKeys(myDomainUrl: string): Promise<PublishedKeys> {
  const { jwks_uri: keysUrl } = await readJson(`${myDomainUrl}/.well-known/openid-configuration`, "jwks_uri");
  return createLocalJWKSet((await readJson(String(keysUrl), "keys")) as unknown as JSONWebKeySet);
}

/** Reads an object that must have a certain entry. */
async function readJson(url: string, entry: string): Promise<Record<string, unknown>> {
  // An error of the REST API is a list, which has methods of all sorts of names.
  const hasEntry = (json: unknown): json is Record<string, unknown> =>
    typeof json === "object" && json !== null && Object.hasOwn(json, entry);
  const answer = await requestPatiently(
    () => request(url),
    ({ json }) => hasEntry(json),
  );
  if (hasEntry(answer.json)) return answer.json;
  throw messages.createError("noKeys", [url, entry, answerText(answer)], [url]);
}

/** @throws JWKSNoMatchingKey, or another error of jose if a key cannot be used */
async function isSignedBy(token: string, key: PublishedKeys): Promise<boolean> {
  try {
    await compactVerify(token, key, { algorithms });
    return true;
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWSInvalid)
      return false;
    // If a token names no key, any of several may have signed it.
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const candidate of error) if (await isSignedBy(token, () => candidate)) return true;
    return false;
  }
}
