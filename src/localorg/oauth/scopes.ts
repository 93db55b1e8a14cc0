/**
 * Metadata scope name → OAuth scope name. The last three are named after the pattern of the others: no discovery
 * document has been seen with them.
 *
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_tokens_scopes.htm
 */
const oauthScopeOf = new Map(
  Object.entries({
    Basic: "id",
    Api: "api",
    Web: "web",
    Full: "full",
    Chatter: "chatter_api",
    CustomApplications: "visualforce",
    RefreshToken: "refresh_token",
    OpenID: "openid",
    Profile: "profile",
    Email: "email",
    Address: "address",
    Phone: "phone",
    OfflineAccess: "offline_access",
    CustomPermissions: "custom_permissions",
    Wave: "wave_api",
    Eclair: "eclair_api",
    Pardot: "pardot_api",
    Lightning: "lightning",
    Content: "content",
    CDPIngest: "cdp_ingest_api",
    CDPProfile: "cdp_profile_api",
    CDPQuery: "cdp_query_api",
    Chatbot: "chatbot_api",
    CDPSegment: "cdp_segment_api",
    CDPIdentityResolution: "cdp_identityresolution_api",
    CDPCalculatedInsight: "cdp_calculated_insight_api",
    ForgotPassword: "forgot_password",
    UserRegistration: "user_registration_api",
    SFAP: "sfap_api",
    SFApiPlatform: "sfap_api",
    Interaction: "interaction_api",
    CDP: "cdp_api",
    EinsteinGPT: "einstein_gpt_api",
    PwdlessLogin: "pwdless_login_api",
    MCP: "mcp_api",
    SCRT: "scrt_api",
    DataCloudUserClaims: "data_cloud_user_claims",
    A2A: "a2a_api",
    CmdbDiscovery: "cmdb_discovery_api",
    SemanticLayer: "semantic_layer_api",
  }),
);

/** The OAuth name of a metadata scope name; an unknown name is taken as it is. */
export function oauthScope(metadataName: string): string {
  return oauthScopeOf.get(metadataName) ?? metadataName;
}

/** The metadata name of an OAuth scope. @throws Error if there is no such scope */
export function metadataScopeOf(scope: string): string {
  for (const [name, known] of oauthScopeOf) if (known === scope) return name;
  throw new Error(`There is no OAuth scope ${scope}.`);
}

/** All OAuth scopes, as the discovery document lists them. */
export const allScopes = [...new Set(oauthScopeOf.values())];

/** What no token of the client credentials flow carries: it has no user who could consent, and no refresh token. */
const neverInTokens = ["full", "web", "refresh_token", "offline_access"];

/**
 * The scopes of an app that a token of the client credentials flow carries.
 *
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm
 */
export function tokenScopes(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => !neverInTokens.includes(scope));
}

/** Whether a token with these scopes may call the REST APIs. */
export function allowsApi(scopes: string[]): boolean {
  return scopes.includes("api") || scopes.includes("full");
}

/** Whether a token with these scopes may read who its user is: `id`, its synonyms, and what includes it. */
export function allowsIdentity(scopes: string[]): boolean {
  const sufficient = ["id", "openid", "profile", "email", "address", "phone", "api", "full"];
  return sufficient.some((scope) => scopes.includes(scope));
}
