import { z } from "zod";
import { canonicalDuration } from "../../app/durations.ts";
import { customScope } from "./policy.ts";
import { jwtTimeout } from "./timeouts.ts";
import { valueProblem } from "./valueProblem.ts";
import {
  certificate,
  durationBy,
  durationPattern,
  ipRanges,
  oneLine,
  oneOrSeveral,
  switchOf,
  webAddress,
} from "./values.ts";
import { oneOfTwo, word } from "./words.ts";

const callbackUrl = z
  .string()
  .regex(/^[a-z][a-z0-9+.-]*:[^\s\p{Cc}\p{Cs}\uFFFE\uFFFF]+$/iu, valueProblem("callbackUrl"))
  .describe("An absolute URL. The client credentials flow never uses it, but Salesforce requires one.");

const accessToken = z.strictObject({
  format: oneOfTwo("jwt", "opaque")
    .describe("`jwt`: Issue JWT-based access tokens for named users. CPQ admin APIs take only these.")
    .optional(),
  timeout: jwtTimeout("How long a JWT-based access token is valid"),
});

const idToken = z.strictObject({
  audience: oneOrSeveral(oneLine()).describe("Whom the ID token is for.").optional(),
  includeAttributes: switchOf("Carry the app's custom attributes."),
  includeCustomPermissions: switchOf("Carry the user's custom permissions."),
  includeStandardClaims: switchOf("Carry the standard claims about the user."),
  validity: durationBy(canonicalDuration, "duration", "2m", durationPattern)
    .describe("How long an ID token is valid.")
    .optional(),
});

const assetToken = z.strictObject({
  enabled: z
    .boolean()
    // If there is one, the rest of the block says so.
    .transform((enabled) => (enabled ? undefined : enabled))
    .describe("`false`, and nothing else in the block: there is no asset token.")
    .optional(),
  audiences: oneOrSeveral(oneLine()).describe("Whom the asset token is for.").optional(),
  includeAttributes: switchOf("Carry the app's custom attributes."),
  includeCustomPermissions: switchOf("Carry the user's custom permissions."),
  signingCertificate: oneLine().describe("Certificate of the org that signs the token.").optional(),
  validityPeriod: z
    .int()
    .nonnegative()
    .describe("How long an asset token is valid, in Salesforce's unit.")
    .optional(),
});

/** A block that is switched off must say nothing else. */
function isOffAlone({ enabled, ...others }: z.output<typeof assetToken>): boolean {
  return enabled !== false || Object.keys(others).length === 0;
}

/** What the app does in OAuth: callback, scopes, flows, tokens. */
export const oauth = z.strictObject({
  callbackUrl: oneOrSeveral(callbackUrl)
    .describe("One callback URL, or several. A connected app needs one.")
    .optional(),
  scopes: z
    .array(word("oauth.scopes"))
    .min(1)
    .transform((scopes) => [...new Set(scopes)])
    .describe(
      "OAuth scopes, by OAuth name (`api`, `refresh_token`) or metadata name (`Api`, `RefreshToken`).",
    )
    .optional(),
  customScopes: z
    .array(customScope)
    .describe("Custom scopes of the org that the app may ask for; external client apps only.")
    .optional(),
  clientCredentials: z
    .strictObject({
      enabled: z.boolean().default(true).describe("Enable the client credentials flow."),
      runAs: oneLine()
        .describe("Username of the Run As user, on whose behalf the tokens are issued.")
        .optional(),
    })
    .describe("The client credentials flow: how callers get tokens.")
    .optional(),
  accessToken: accessToken.describe("The access tokens that callers get.").optional(),
  idToken: idToken.describe("The OpenID Connect ID token.").optional(),
  assetToken: assetToken
    .refine(isOffAlone, valueProblem("offAlone"))
    .describe("The asset token of connected devices.")
    .optional(),
  certificate: certificate("Certificate for the JWT bearer flow, in PEM or base64."),
  clientAssertionCertificate: certificate(
    "Certificate for client assertions, in PEM or base64; external client apps only.",
  ),
  singleLogoutUrl: webAddress("Where Salesforce sends a logout request."),
  trustedIpRanges: ipRanges(
    "IP ranges that the web server flow trusts, in CIDR, as start-end, or as one address.",
  ),
  codeCredentials: z
    .strictObject({
      enabled: z.boolean().default(true).describe("Enable the authorization code and credentials flow."),
      postOnly: switchOf("Require user credentials in the POST body."),
    })
    .describe("The authorization code and credentials flow.")
    .optional(),
  deviceFlow: switchOf("Enable the device flow."),
  dpop: switchOf("Enable demonstrating proof of possession (DPoP)."),
  firstParty: switchOf("Treat the app as the org's own, without asking users; external client apps only."),
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
    .describe("What holds for refresh tokens. How long they live is in policy.refreshToken.")
    .optional(),
  tokenExchange: z
    .strictObject({
      enabled: z.boolean().default(true).describe("Enable the token exchange flow."),
      requireSecret: switchOf("Require the consumer secret in the token exchange flow."),
    })
    .describe("The token exchange flow.")
    .optional(),
  webServerFlow: z
    .strictObject({ secretOptional: switchOf("Do not require the consumer secret in the web server flow.") })
    .describe("The web server flow.")
    .optional(),
});
