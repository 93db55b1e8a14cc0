import { createHash, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import type { Org } from "../org.ts";
import { findOAuthApp, type OAuthApp } from "./oauthApp.ts";
import { OAuthError } from "./oauthError.ts";

/** The parameters of a request, from its body (form) or its query; the first of several values counts. */
export async function parametersOf(context: Context): Promise<Map<string, string>> {
  const parameters = new Map(Object.entries(context.req.query()));
  const type = context.req.header("Content-Type") ?? "";
  if (context.req.method === "POST" && /^application\/x-www-form-urlencoded\b/i.test(type)) {
    for (const [name, value] of new URLSearchParams(await context.req.text())) {
      if (!parameters.has(name)) parameters.set(name, value);
    }
  }
  return parameters;
}

/**
 * The app whose consumer key and secret a request brings, in the body or as HTTP Basic.
 *
 * @throws OAuthError if they are missing or wrong, or the app is still propagating
 */
export function authenticateClient(org: Org, context: Context, parameters: Map<string, string>): OAuthApp {
  const { consumerKey, consumerSecret, status } = clientOf(context, parameters);
  const app = findOAuthApp(org, consumerKey);
  if (!app || org.behaviour.now() < app.createdAt + org.behaviour.propagation) {
    throw new OAuthError("invalid_client_id", "client identifier invalid", status);
  }
  if (!sameSecret(consumerSecret, app.consumerSecret)) {
    throw new OAuthError("invalid_client", "invalid client credentials", status);
  }
  return app;
}

/** The key and secret that a request brings, and the status with which they are refused. */
export function clientOf(context: Context, parameters: Map<string, string>) {
  const header = context.req.header("Authorization");
  const basic = header === undefined ? undefined : basicCredentials(header);
  return {
    consumerKey: basic?.consumerKey ?? parameters.get("client_id") ?? "",
    consumerSecret: basic?.consumerSecret ?? parameters.get("client_secret") ?? "",
    // RFC 6749 requires 401 if the client tried HTTP authentication.
    status: basic ? (401 as const) : (400 as const),
  };
}

function basicCredentials(header: string) {
  const encoded = /^Basic ([A-Za-z0-9+/=_-]+)$/i.exec(header.trim())?.[1];
  const text = encoded === undefined ? "" : Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon === -1) return undefined;
  return {
    consumerKey: formDecoded(text.slice(0, colon)),
    consumerSecret: formDecoded(text.slice(colon + 1)),
  };
}

/**
 * In RFC 6749, both parts are form-encoded. Many clients send them as they are, which sometimes is not a valid
 * encoding.
 */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function sameSecret(given: string, expected: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}
