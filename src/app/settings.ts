/**
 * What a setting holds: one text, a switch, a whole number, several texts (a list keeps its order, a set has none), or
 * records, which are maps of texts and have no order.
 */
interface SettingDefinition {
  type: "text" | "switch" | "number" | "list" | "set" | "records";
  /** What Salesforce takes where nothing is set. */
  default?: SettingValue;
  ignoreCase?: boolean;
  /** A lifetime is the same in hours and in days. */
  ignoreUnit?: boolean;
  /** Line breaks and spaces have no meaning, as in a certificate. */
  ignoreWhiteSpace?: boolean;
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
  attributes: { type: "records", default: [] },
  "oauth.callbackUrl": { type: "list" },
  "oauth.scopes": { type: "set", default: [] },
  "oauth.customScopes": { type: "set", default: [] },
  "oauth.clientCredentials.enabled": { type: "switch", default: false },
  "oauth.clientCredentials.runAs": { type: "text", ignoreCase: true },
  "oauth.accessToken.format": { type: "text", default: "opaque" },
  "oauth.accessToken.timeout": { type: "text" },
  "oauth.idToken.audience": { type: "list" },
  "oauth.idToken.includeAttributes": { type: "switch", default: false },
  "oauth.idToken.includeCustomPermissions": { type: "switch", default: false },
  "oauth.idToken.includeStandardClaims": { type: "switch" },
  "oauth.idToken.validity": { type: "text" },
  "oauth.assetToken.enabled": { type: "switch", default: false },
  "oauth.assetToken.audiences": { type: "list" },
  "oauth.assetToken.includeAttributes": { type: "switch", default: false },
  "oauth.assetToken.includeCustomPermissions": { type: "switch", default: false },
  "oauth.assetToken.signingCertificate": { type: "text" },
  "oauth.assetToken.validityPeriod": { type: "number" },
  "oauth.certificate": { type: "text", ignoreWhiteSpace: true },
  "oauth.clientAssertionCertificate": { type: "text", ignoreWhiteSpace: true },
  "oauth.singleLogoutUrl": { type: "text" },
  "oauth.trustedIpRanges": { type: "records", default: [] },
  "oauth.codeCredentials.enabled": { type: "switch", default: false },
  "oauth.codeCredentials.postOnly": { type: "switch", default: false },
  "oauth.deviceFlow": { type: "switch", default: false },
  "oauth.dpop": { type: "switch", default: false },
  "oauth.firstParty": { type: "switch", default: false },
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
  "policy.enabled": { type: "switch", default: true },
  "policy.clientCredentials": { type: "switch", default: false },
  "policy.permittedUsers": { type: "text", default: "selfAuthorized" },
  "policy.permissionSets": { type: "set", default: [] },
  "policy.profiles": { type: "set", default: [] },
  "policy.customScopes": { type: "set", default: [] },
  "policy.attributes": { type: "records", default: [] },
  "policy.ipRelaxation": { type: "text", default: "enforce" },
  "policy.refreshToken": { type: "text", default: "infinite", ignoreUnit: true },
  "policy.startPage": { type: "text" },
  "policy.startUrl": { type: "text" },
  "policy.singleLogoutUrl": { type: "text" },
  "policy.tokenExchange": { type: "switch", default: false },
  "policy.session.action": { type: "text" },
  "policy.session.level": { type: "text" },
  "policy.session.timeout": { type: "text" },
  "policy.guestAccess.codeCredentials": { type: "switch", default: false },
  "policy.guestAccess.timeout": { type: "text" },
  "policy.apexHandler": { type: "text" },
  "policy.apexHandlerRunAs": { type: "text", ignoreCase: true },
  "plugins.oauth": { type: "switch", default: false },
  "plugins.saml": { type: "switch", default: false },
  "plugins.canvas": { type: "switch", default: false },
  "plugins.mobile": { type: "switch", default: false },
  "plugins.push": { type: "switch", default: false },
  "plugins.notification": { type: "switch", default: false },
  "plugins.attest": { type: "switch", default: false },
  "saml.acsUrl": { type: "text" },
  "saml.entityUrl": { type: "text" },
  "saml.issuer": { type: "text" },
  "saml.certificate": { type: "text", ignoreWhiteSpace: true },
  "saml.encryptionCertificate": { type: "text", ignoreWhiteSpace: true },
  "saml.encryptionType": { type: "text" },
  "saml.signingAlgorithm": { type: "text" },
  "saml.nameIdFormat": { type: "text" },
  "saml.subjectType": { type: "text" },
  "saml.subjectCustomAttribute": { type: "text" },
  "saml.singleLogoutUrl": { type: "text" },
  "saml.singleLogoutBinding": { type: "text" },
  "canvas.url": { type: "text" },
  "canvas.accessMethod": { type: "text" },
  "canvas.lifecycleClass": { type: "text" },
  "canvas.locations": { type: "set", default: [] },
  "canvas.options": { type: "set", default: [] },
  "canvas.samlInitiationMethod": { type: "text" },
  "canvasMetadata.url": { type: "text" },
  "canvasMetadata.accessMethod": { type: "text" },
  "canvasMetadata.lifecycleClass": { type: "text" },
  "canvasMetadata.locations": { type: "text" },
  "canvasMetadata.options": { type: "text" },
  "canvasMetadata.samlInitiationMethod": { type: "text" },
  "mobile.platform": { type: "text" },
  "mobile.deviceType": { type: "text" },
  "mobile.version": { type: "text" },
  "mobile.minimumOsVersion": { type: "text" },
  "mobile.bundleIdentifier": { type: "text" },
  "mobile.installUrl": { type: "text" },
  "mobile.privateApp": { type: "switch", default: false },
  "mobile.binary.fileName": { type: "text" },
  "mobile.binary.length": { type: "number" },
  "mobile.binary.content": { type: "text", ignoreWhiteSpace: true },
  "mobile.icon.fileName": { type: "text" },
  "mobile.icon.content": { type: "text", ignoreWhiteSpace: true },
  "packaging.distributionState": { type: "text", default: "Local" },
  "packaging.protected": { type: "switch", default: false },
  "packaging.managedType": { type: "text" },
  "packaging.orgScopedExternalApp": { type: "text" },
  "packaging.oauthLink": { type: "text" },
  "componentLabels.globalOauth": { type: "text" },
  "componentLabels.oauth": { type: "text" },
  "componentLabels.oauthPolicies": { type: "text" },
  "componentLabels.policies": { type: "text" },
  "otherMetadata.ConnectedApp": { type: "text" },
  "otherMetadata.ExternalClientApplication": { type: "text" },
  "otherMetadata.ExtlClntAppGlobalOauthSettings": { type: "text" },
  "otherMetadata.ExtlClntAppOauthSettings": { type: "text" },
  "otherMetadata.ExtlClntAppOauthConfigurablePolicies": { type: "text" },
  "otherMetadata.ExtlClntAppConfigurablePolicies": { type: "text" },
} as const satisfies Record<string, SettingDefinition>;

/** A map of texts, such as `{range: 10.0.0.0/8, description: Office}`. */
export type SettingRecord = Readonly<Record<string, string>>;

interface Values {
  text: string;
  switch: boolean;
  number: number;
  list: readonly string[];
  set: readonly string[];
  records: readonly SettingRecord[];
}

/** A path such as `oauth.clientCredentials.runAs`. */
export type SettingPath = keyof typeof settingDefinitions;

/** The settings that are known of an app; a path that is missing is not set (or, in a spec, not managed). */
export type Settings = {
  -readonly [Path in SettingPath]?: Values[(typeof settingDefinitions)[Path]["type"]];
};

/** A value of any setting. */
export type SettingValue = Values[SettingDefinition["type"]];

/** The same settings without some of them. */
export function withoutSettings(settings: Settings, paths: readonly SettingPath[]): Settings {
  return Object.fromEntries(
    Object.entries(settings).filter(([path]) => !paths.includes(path as SettingPath)),
  );
}
