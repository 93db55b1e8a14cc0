import type { CompactVerifyGetKey, JSONWebKeySet } from "jose";
import { createLocalJWKSet } from "jose/jwks/local";
import { messagesOf } from "../messages.ts";
import { answerText } from "./answerText.ts";
import { request } from "./http.ts";
import { requestPatiently } from "./requestPatiently.ts";

/** The keys with which an org signs tokens. */
export type PublishedKeys = CompactVerifyGetKey;

const messages = messagesOf("token");

/** The keys of an org, wherever they are. */
export interface OrgKeys {
  /**
   * Those where Salesforce's orgs have them; undefined if none are there. Nobody promises the place, so what is found there
   * can only show that a signature is right.
   */
  usual: Promise<PublishedKeys | undefined>;
  /**
   * Reads those where the org's OpenID Connect discovery says that they are, so nothing is assumed.
   *
   * @throws SfError `UnreachableError` or `NoKeysError`
   * @see https://openid.net/specs/openid-connect-discovery-1_0.html
   */
  published(): Promise<PublishedKeys>;
}

/** Begins to read an org's keys, while the caller waits for something else, such as a deploy. */
export function beginReadingKeys(myDomainUrl: string): OrgKeys {
  return {
    usual: usualKeys(myDomainUrl).catch(() => undefined),
    published: async () => {
      const discovery = await readJson(`${myDomainUrl}/.well-known/openid-configuration`, "jwks_uri");
      return keySet(await readJson(String(discovery.jwks_uri), "keys"));
    },
  };
}

async function usualKeys(myDomainUrl: string): Promise<PublishedKeys | undefined> {
  const { json } = await request(`${myDomainUrl}/id/keys`);
  return hasEntry(json, "keys") ? keySet(json) : undefined;
}

function keySet(json: unknown): PublishedKeys {
  return createLocalJWKSet(json as JSONWebKeySet);
}

/** Reads an object that must have a certain entry. */
async function readJson(url: string, entry: string): Promise<Record<string, unknown>> {
  const answer = await requestPatiently(
    () => request(url),
    ({ json }) => hasEntry(json, entry),
  );
  if (hasEntry(answer.json, entry)) return answer.json;
  throw messages.createError("noKeys", [url, entry, answerText(answer)], [url]);
}

/** An error of the REST API is a list, which has methods of all sorts of names. */
function hasEntry(json: unknown, entry: string): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && Object.hasOwn(json, entry);
}
