import type { Words } from "./words.ts";

/**
 * The OAuth name of each scope that connected apps know, and its metadata name.
 *
 * Salesforce stores Profile, Email, Address and Phone as Basic, and OfflineAccess as RefreshToken, so these are aliases
 * of `id` and `refresh_token`. If no public document gives the OAuth name, the metadata name stands for both.
 *
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_tokens_scopes.htm
 */
export const scopeMetadataNames = {
  api: "Api",
  cdp_api: "CDP",
  cdp_calculated_insight_api: "CDPCalculatedInsight",
  cdp_identityresolution_api: "CDPIdentityResolution",
  cdp_ingest_api: "CDPIngest",
  cdp_profile_api: "CDPProfile",
  cdp_query_api: "CDPQuery",
  cdp_segment_api: "CDPSegment",
  chatbot_api: "Chatbot",
  chatter_api: "Chatter",
  content: "Content",
  custom_permissions: "CustomPermissions",
  eclair_api: "Eclair",
  einstein_gpt_api: "EinsteinGPT",
  forgot_password: "ForgotPassword",
  full: "Full",
  id: "Basic",
  interaction_api: "Interaction",
  lightning: "Lightning",
  mcp_api: "MCP",
  openid: "OpenID",
  pardot_api: "Pardot",
  pwdless_login_api: "PwdlessLogin",
  refresh_token: "RefreshToken",
  scrt_api: "SCRT",
  sfap_api: "SFAP",
  user_registration_api: "UserRegistration",
  visualforce: "CustomApplications",
  wave_api: "Wave",
  web: "Web",
  A2A: "A2A",
  CmdbDiscovery: "CmdbDiscovery",
  DataCloudUserClaims: "DataCloudUserClaims",
  SemanticLayer: "SemanticLayer",
} as const satisfies Record<string, string>;

/**
 * Other names of a scope. A retrieve returns none of them, except that external client apps have their own name for
 * `sfap_api`.
 */
export const scopeAliases: Readonly<Record<string, readonly string[]>> = {
  id: ["profile", "email", "address", "phone"],
  refresh_token: ["offline_access", "OfflineAccess"],
  sfap_api: ["SFAP", "SFApiPlatform"],
};

/** Each scope by its OAuth name, with all other names for it. */
export const scopeNames: Words = Object.fromEntries(
  Object.entries(scopeMetadataNames).map(([name, metadataName]) => [
    name,
    [...new Set([metadataName, ...(scopeAliases[name] ?? [])])],
  ]),
);

/** Scopes that the token of the client credentials flow never carries, whatever the app has, by all of their names. */
const neverInToken = ["full", "web", "refresh_token", ...(scopeAliases.refresh_token ?? [])];

/**
 * The scopes of an app that an access token of the client credentials flow carries, in their order. This flow has
 * neither refresh tokens nor browser sessions, and `full` would include them.
 *
 * @param scopes in the spec's words, as the setting `oauth.scopes` has them
 * @returns none if no token can be issued: Salesforce then answers "no valid scopes"
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm
 */
export function scopesInToken(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => !neverInToken.includes(scope));
}
