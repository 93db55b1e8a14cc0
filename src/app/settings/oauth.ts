import { jwtTimeouts } from "../durations.ts";
import { scopeNames } from "../scopes.ts";
import { wordsOf } from "../words.ts";
import type { SettingDefinitions } from "./definition.ts";

const certificate = {
  type: "text",
  severity: "security",
  certificate: true,
  ownToEnvironment: true,
} as const;
const protection = { type: "switch", severity: "security", default: false } as const;

/** What an app does in OAuth: callback, scopes, flows, tokens. */
export const oauth = {
  "oauth.callbackUrl": {
    type: "set",
    severity: "security",
    webAddress: true,
    ownToEnvironment: true,
    oneOrSeveral: true,
  },
  "oauth.scopes": { type: "set", severity: "security", default: [], words: scopeNames },
  "oauth.customScopes": { type: "set", severity: "security", default: [] },
  "oauth.clientCredentials.enabled": {
    type: "switch",
    severity: "function",
    default: false,
    onWithBlock: true,
  },
  "oauth.clientCredentials.runAs": {
    type: "text",
    severity: "security",
    ignoreCase: true,
    username: true,
    ownToEnvironment: true,
  },
  "oauth.accessToken.format": { type: "text", severity: "function", default: "opaque" },
  "oauth.accessToken.timeout": { type: "text", severity: "function", words: wordsOf(jwtTimeouts) },
  "oauth.idToken.audience": { type: "set", severity: "function", oneOrSeveral: true },
  "oauth.idToken.includeAttributes": { type: "switch", severity: "function", default: false },
  "oauth.idToken.includeCustomPermissions": { type: "switch", severity: "function", default: false },
  "oauth.idToken.includeStandardClaims": { type: "switch", severity: "function" },
  "oauth.idToken.validity": { type: "text", severity: "function" },
  "oauth.assetToken.enabled": protection,
  "oauth.assetToken.audiences": { type: "set", severity: "security", oneOrSeveral: true },
  "oauth.assetToken.includeAttributes": protection,
  "oauth.assetToken.includeCustomPermissions": protection,
  "oauth.assetToken.signingCertificate": { type: "text", severity: "security" },
  "oauth.assetToken.validityPeriod": { type: "number", severity: "security" },
  "oauth.certificate": certificate,
  "oauth.clientAssertionCertificate": certificate,
  "oauth.singleLogoutUrl": { type: "text", severity: "function", webAddress: true, ownToEnvironment: true },
  "oauth.trustedIpRanges": { type: "records", severity: "security", default: [] },
  "oauth.codeCredentials.enabled": { ...protection, onWithBlock: true },
  "oauth.codeCredentials.postOnly": protection,
  "oauth.deviceFlow": protection,
  "oauth.dpop": protection,
  "oauth.firstParty": protection,
  "oauth.introspectAllTokens": protection,
  "oauth.ipBinding": protection,
  "oauth.mutualTls": protection,
  "oauth.requirePkce": {
    ...protection,
    defaultOf: { ExternalClientApp: true },
    keptByOrg: { ExternalClientApp: true },
  },
  "oauth.refreshToken.enforceLifetime": protection,
  "oauth.refreshToken.requireSecret": protection,
  "oauth.refreshToken.rotate": protection,
  "oauth.tokenExchange.enabled": { ...protection, onWithBlock: true },
  "oauth.tokenExchange.requireSecret": protection,
  "oauth.webServerFlow.secretOptional": protection,
} as const satisfies SettingDefinitions;
