import { jwtTimeouts } from "../durations.ts";
import { metadataWords } from "../metadataWords.ts";
import { wordsOf } from "../words.ts";
import type { SettingDefinitions } from "./definition.ts";

const address = { type: "text", severity: "function", webAddress: true, ownToEnvironment: true } as const;
const off = { type: "switch", severity: "security", default: false } as const;
const noneOf = { type: "set", severity: "security", default: [] } as const;

/** Who may use the app, and under what conditions. */
export const policy = {
  "policy.enabled": { type: "switch", severity: "function", default: true },
  "policy.clientCredentials": { type: "switch", severity: "function", default: false },
  "policy.permittedUsers": {
    type: "text",
    severity: "security",
    default: "selfAuthorized",
    words: { adminApproved: ["AdminApprovedPreAuthorized"], selfAuthorized: ["AllSelfAuthorized"] },
  },
  "policy.permissionSets": noneOf,
  "policy.profiles": noneOf,
  "policy.customScopes": noneOf,
  "policy.attributes": { type: "records", severity: "security", default: [] },
  "policy.ipRelaxation": {
    type: "text",
    severity: "security",
    default: "enforce",
    words: {
      enforce: [],
      bypass: [],
      bypass2Factor: ["BYPASS_2FACTOR"],
      enforceRelaxRefresh: ["ENFORCE_RELAXREFRESH"],
    },
  },
  "policy.refreshToken": {
    type: "text",
    severity: "security",
    default: "infinite",
    defaultOf: { ExternalClientApp: "{lifetime: 365d}" },
    lifetime: true,
    words: wordsOf(["zero", "infinite"]),
  },
  "policy.startPage": { type: "text", severity: "function", words: wordsOf(metadataWords.startPage) },
  "policy.startUrl": address,
  "policy.singleLogoutUrl": address,
  "policy.tokenExchange": off,
  "policy.session.action": {
    type: "text",
    severity: "security",
    words: wordsOf(metadataWords.policyAction),
  },
  "policy.session.level": {
    type: "text",
    severity: "security",
    defaultOf: { ExternalClientApp: "STANDARD" },
    words: wordsOf(metadataWords.sessionLevel),
  },
  "policy.session.timeout": { type: "text", severity: "security" },
  "policy.guestAccess.codeCredentials": off,
  "policy.guestAccess.timeout": { type: "text", severity: "security", words: wordsOf(jwtTimeouts) },
  "policy.apexHandler": { type: "text", severity: "security" },
  "policy.apexHandlerRunAs": {
    type: "text",
    severity: "security",
    ignoreCase: true,
    username: true,
    ownToEnvironment: true,
  },
} as const satisfies SettingDefinitions;
