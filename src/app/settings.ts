/** What a setting holds: one text, a switch, or several texts (a list keeps its order, a set has none). */
interface SettingDefinition {
  type: "text" | "switch" | "list" | "set";
  /** What Salesforce takes where nothing is set. */
  default?: string | boolean | readonly string[];
  ignoreCase?: boolean;
}

/**
 * Every setting of an app by its path in the spec. Values are in the spec's words (`jwt`, `30m`, `refresh_token`) in one
 * canonical form, so that two values are equal in meaning exactly when they are equal.
 */
export const settingDefinitions = {
  label: { type: "text" },
  contactEmail: { type: "text", ignoreCase: true },
  contactPhone: { type: "text" },
  description: { type: "text" },
  iconUrl: { type: "text" },
  infoUrl: { type: "text" },
  logoUrl: { type: "text" },
  startUrl: { type: "text" },
  mobileStartUrl: { type: "text" },
  "oauth.callbackUrl": { type: "list" },
  "oauth.scopes": { type: "set" },
  "oauth.clientCredentials.enabled": { type: "switch", default: false },
  "oauth.clientCredentials.runAs": { type: "text", ignoreCase: true },
  "oauth.accessToken.format": { type: "text", default: "opaque" },
  "oauth.accessToken.timeout": { type: "text" },
  "oauth.certificate": { type: "text" },
  "oauth.singleLogoutUrl": { type: "text" },
  "oauth.codeCredentials.enabled": { type: "switch", default: false },
  "oauth.codeCredentials.postOnly": { type: "switch", default: false },
  "oauth.deviceFlow": { type: "switch", default: false },
  "oauth.dpop": { type: "switch", default: false },
  "oauth.introspectAllTokens": { type: "switch", default: false },
  "oauth.ipBinding": { type: "switch", default: false },
  "oauth.mutualTls": { type: "switch", default: false },
  "oauth.requirePkce": { type: "switch", default: false },
  "oauth.refreshToken.enforceLifetime": { type: "switch", default: false },
  "oauth.refreshToken.requireSecret": { type: "switch", default: false },
  "oauth.refreshToken.rotate": { type: "switch", default: false },
  "oauth.tokenExchange.enabled": { type: "switch", default: false },
  "oauth.tokenExchange.requireSecret": { type: "switch", default: false },
  "oauth.webServerFlow.secretOptional": { type: "switch", default: false },
  "policy.permittedUsers": { type: "text", default: "selfAuthorized" },
  "policy.permissionSets": { type: "set", default: [] },
  "policy.profiles": { type: "set", default: [] },
  "policy.ipRelaxation": { type: "text", default: "enforce" },
  "policy.refreshToken": { type: "text", default: "infinite" },
  "policy.singleLogoutUrl": { type: "text" },
  "policy.tokenExchange": { type: "switch", default: false },
  "policy.session.action": { type: "text" },
  "policy.session.level": { type: "text" },
  "policy.session.timeout": { type: "text" },
} as const satisfies Record<string, SettingDefinition>;

type ValueOf<Type extends SettingDefinition["type"]> = Type extends "text"
  ? string
  : Type extends "switch"
    ? boolean
    : readonly string[];

/** A path such as `oauth.clientCredentials.runAs`. */
export type SettingPath = keyof typeof settingDefinitions;

/** The settings that are known of an app; a path that is missing is not set (or, in a spec, not managed). */
export type Settings = {
  -readonly [Path in SettingPath]?: ValueOf<(typeof settingDefinitions)[Path]["type"]>;
};

/** A value of any setting. */
export type SettingValue = string | boolean | readonly string[];
