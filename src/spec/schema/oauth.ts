import { z } from "zod";
import { scopeAliases, scopeMetadataNames } from "../../app/scopes.ts";
import { canonicalDuration } from "./durations.ts";
import { durationBy, oneLine, switchOf, webAddress } from "./values.ts";
import { oneOf } from "./words.ts";

/** Minutes that Salesforce offers for a JWT-based access token. */
const jwtTimeouts = ["1m", "5m", "10m", "15m", "30m", "1h", "90m", "2h", "4h", "8h", "12h"];

const callbackUrl = z
  .string()
  .regex(/^[a-z][a-z0-9+.-]*:[^\s\p{Cc}]+$/iu, "callbackUrl")
  .describe("An absolute URL. The client credentials flow never uses it, but Salesforce requires one.");

const scopeNames = Object.fromEntries(
  Object.entries(scopeMetadataNames).map(([name, metadataName]) => [
    name,
    [metadataName, ...(scopeAliases[name] ?? [])],
  ]),
);

const accessToken = z.strictObject({
  format: oneOf({ jwt: [], opaque: [] })
    .describe("`jwt`: Issue JWT-based access tokens for named users. CPQ admin APIs take only these.")
    .optional(),
  timeout: durationBy(canonicalDuration, "duration", "30m")
    .refine((timeout) => jwtTimeouts.includes(timeout), "jwtTimeout")
    .describe("How long a JWT-based access token is valid: 1m, 5m, 10m, 15m, 30m, or 1h to 12h.")
    .optional(),
});

/** What the app does in OAuth: callback, scopes, flows, tokens. */
export const oauth = z.strictObject({
  callbackUrl: z
    .union([callbackUrl.transform((url) => [url]), z.array(callbackUrl).min(1)])
    .describe("One callback URL, or several."),
  scopes: z
    .array(oneOf(scopeNames))
    .min(1)
    .transform((scopes) => [...new Set(scopes)])
    .describe(
      "OAuth scopes, by OAuth name (`api`, `refresh_token`) or metadata name (`Api`, `RefreshToken`).",
    ),
  clientCredentials: z
    .strictObject({
      enabled: z.boolean().default(true).describe("Enable the client credentials flow."),
      runAs: oneLine()
        .describe("Username of the Run As user, on whose behalf the tokens are issued.")
        .optional(),
    })
    .optional(),
  accessToken: accessToken.optional(),
  certificate: z
    .string()
    .min(1)
    .describe("Certificate for the JWT bearer flow, in PEM or base64.")
    .optional(),
  singleLogoutUrl: webAddress("Where Salesforce sends a logout request."),
  codeCredentials: z
    .strictObject({
      enabled: z.boolean().default(true).describe("Enable the authorization code and credentials flow."),
      postOnly: switchOf("Require user credentials in the POST body."),
    })
    .optional(),
  deviceFlow: switchOf("Enable the device flow."),
  dpop: switchOf("Enable demonstrating proof of possession (DPoP)."),
  introspectAllTokens: switchOf("Let the app introspect the tokens of all apps."),
  ipBinding: switchOf("Bind tokens to the IP address that they were issued to."),
  mutualTls: switchOf("Require mutual TLS with a certificate of your own key infrastructure."),
  requirePkce: switchOf("Require Proof Key for Code Exchange (PKCE)."),
  refreshToken: z
    .strictObject({
      enforceLifetime: switchOf("Enforce the refresh token's lifetime over all tokens of the app."),
      requireSecret: switchOf("Require the consumer secret in the refresh token flow."),
      rotate: switchOf("Give a new refresh token with each refresh."),
    })
    .optional(),
  tokenExchange: z
    .strictObject({
      enabled: z.boolean().default(true).describe("Enable the token exchange flow."),
      requireSecret: switchOf("Require the consumer secret in the token exchange flow."),
    })
    .optional(),
  webServerFlow: z
    .strictObject({ secretOptional: switchOf("Do not require the consumer secret in the web server flow.") })
    .optional(),
});
