import { type CompactVerifyGetKey, createLocalJWKSet, type JSONWebKeySet } from "jose";
import { messagesOf } from "../messages.ts";
import { answerText } from "./answerText.ts";
import { request } from "./http.ts";
import { requestPatiently } from "./requestPatiently.ts";

/** The keys with which an org signs tokens. */
export type PublishedKeys = CompactVerifyGetKey;

const messages = messagesOf("token");

/** Begins to read an org's keys, while the caller waits for something else, such as a deploy. */
export function beginReadingKeys(myDomainUrl: string): Promise<PublishedKeys> {
  const keys = publishedKeys(myDomainUrl);
  // The check waits for them, and deals with what goes wrong.
  keys.catch(() => {});
  return keys;
}

/**
 * Reads the keys that an org publishes. Its OpenID Connect discovery says where they are, so nothing is assumed.
 *
 * @throws SfError `UnreachableError` or `NoKeysError`
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html
 */
export async function publishedKeys(myDomainUrl: string): Promise<PublishedKeys> {
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
