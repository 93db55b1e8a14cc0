import { scopeMetadataNames } from "../app/scopes.ts";
import {
  commaSeparated,
  commaSeparatedWords,
  customMinutes,
  flag,
  lines,
  minutes,
  refreshTokenPolicyParts,
  text,
  words,
} from "./codecs.ts";
import { fieldsOf } from "./fields.ts";
import type { Kind } from "./kind.ts";

const application = fieldsOf("ExternalClientApplication");
const global = fieldsOf("ExtlClntAppGlobalOauthSettings");
const oauth = fieldsOf("ExtlClntAppOauthSettings");
const oauthPolicies = fieldsOf("ExtlClntAppOauthConfigurablePolicies");
const policies = fieldsOf("ExtlClntAppConfigurablePolicies");

// The name that connected apps have for this scope is another one.
const scopes = { ...scopeMetadataNames, sfap_api: "SFApiPlatform" };

/**
 * The external client app: five components, of which four name the first. All settings that a connected app keeps in
 * Setup are metadata here. The org makes the consumer key and secret.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_externalclientapplication.htm
 */
export const externalClientApp: Kind = {
  name: "ExternalClientApp",
  components: [
    {
      type: "ExternalClientApplication",
      folder: "externalClientApps",
      suffix: "eca",
      fullName: (app) => app,
    },
    {
      type: "ExtlClntAppGlobalOauthSettings",
      folder: "extlClntAppGlobalOauthSets",
      suffix: "ecaGlblOauth",
      fullName: (app) => `${app}_glbloauth`,
    },
    {
      type: "ExtlClntAppOauthSettings",
      folder: "extlClntAppOauthSettings",
      suffix: "ecaOauth",
      fullName: (app) => `${app}_oauth`,
    },
    {
      type: "ExtlClntAppOauthConfigurablePolicies",
      folder: "extlClntAppOauthPolicies",
      suffix: "ecaOauthPlcy",
      afterOthers: true,
      fullName: (app) => `${app}_oauthPlcy`,
    },
    {
      type: "ExtlClntAppConfigurablePolicies",
      folder: "extlClntAppPolicies",
      suffix: "ecaPlcy",
      afterOthers: true,
      fullName: (app) => `${app}_plcy`,
    },
  ],
  fields: [
    application("label", "label", text),
    application("contactEmail", "contactEmail", text),
    application("contactPhone", "contactPhone", text),
    application("description", "description", text),
    application("iconUrl", "iconUrl", text),
    application("infoUrl", "infoUrl", text),
    application("logoUrl", "logoUrl", text),
    policies("startUrl", "startUrl", text),
    global("oauth.callbackUrl", "callbackUrl", lines),
    oauth("oauth.scopes", "commaSeparatedOauthScopes", commaSeparatedWords(scopes)),
    // The flow has to be on in both places.
    global("oauth.clientCredentials.enabled", "isClientCredentialsFlowEnabled", flag, { default: false }),
    oauthPolicies("oauth.clientCredentials.enabled", "isClientCredentialsFlowEnabled", flag, {
      default: false,
    }),
    oauthPolicies("oauth.clientCredentials.runAs", "clientCredentialsFlowUser", text),
    global("oauth.accessToken.format", "isNamedUserJwtEnabled", words({ jwt: "true", opaque: "false" })),
    oauthPolicies(
      "oauth.accessToken.timeout",
      ["namedUserJwtSessionTimeoutType", "namedUserJwtTimeout"],
      customMinutes,
    ),
    global("oauth.certificate", "certificate", text),
    oauth("oauth.singleLogoutUrl", "singleLogoutUrl", text),
    global("oauth.codeCredentials.enabled", "isCodeCredFlowEnabled", flag),
    global("oauth.codeCredentials.postOnly", "isCodeCredPostOnly", flag),
    global("oauth.deviceFlow", "isDeviceFlowEnabled", flag),
    global("oauth.dpop", "isDPopEnabled", flag),
    global("oauth.introspectAllTokens", "isIntrospectAllTokens", flag),
    global("oauth.mutualTls", "isMtlsEnabled", flag),
    global("oauth.requirePkce", "isPkceRequired", flag, { default: true }),
    global("oauth.refreshToken.enforceLifetime", "isEnforceRefreshTokenTTL", flag),
    global("oauth.refreshToken.requireSecret", "isSecretRequiredForRefreshToken", flag),
    global("oauth.refreshToken.rotate", "isRefreshTokenRotationEnabled", flag),
    global("oauth.tokenExchange.enabled", "isTokenExchangeEnabled", flag),
    global("oauth.tokenExchange.requireSecret", "isSecretRequiredForTokenExchange", flag),
    global("oauth.webServerFlow.secretOptional", "isConsumerSecretOptional", flag),
    oauthPolicies(
      "policy.permittedUsers",
      "permittedUsersPolicyType",
      words({ adminApproved: "AdminApprovedPreAuthorized", selfAuthorized: "AllSelfAuthorized" }),
    ),
    oauthPolicies("policy.permissionSets", "commaSeparatedPermissionSet", commaSeparated),
    oauthPolicies("policy.profiles", "commaSeparatedProfile", commaSeparated),
    oauthPolicies(
      "policy.ipRelaxation",
      "ipRelaxationPolicyType",
      words({
        enforce: "Enforce",
        bypass: "Bypass",
        bypass2Factor: "Bypass_2factor",
        enforceRelaxRefresh: "Enforce_RelaxRefresh",
      }),
    ),
    oauthPolicies(
      "policy.refreshToken",
      ["refreshTokenPolicyType", "refreshTokenValidityPeriod", "refreshTokenValidityUnit"],
      refreshTokenPolicyParts,
    ),
    oauthPolicies("policy.singleLogoutUrl", "singleLogoutUrl", text),
    oauthPolicies("policy.tokenExchange", "isTokenExchangeFlowEnabled", flag),
    oauthPolicies("policy.session.action", "policyAction", text),
    oauthPolicies("policy.session.level", "requiredSessionLevel", text),
    oauthPolicies("policy.session.timeout", "sessionTimeoutInMinutes", minutes),
  ],
  constants: [
    { component: "ExternalClientApplication", element: "distributionState", text: () => "Local" },
    ...[
      "ExtlClntAppGlobalOauthSettings",
      "ExtlClntAppOauthSettings",
      "ExtlClntAppOauthConfigurablePolicies",
    ].map((component) => ({ component, element: "externalClientApplication", text: (app: string) => app })),
    {
      component: "ExtlClntAppConfigurablePolicies",
      element: "externalClientApplication",
      text: (app) => app,
    },
    { component: "ExtlClntAppConfigurablePolicies", element: "isEnabled", text: () => "true" },
    { component: "ExtlClntAppConfigurablePolicies", element: "isOauthPluginEnabled", text: () => "true" },
  ],
  setupOnly: [],
  consumer: {
    component: "ExtlClntAppGlobalOauthSettings",
    key: "consumerKey",
    secret: "consumerSecret",
    madeBy: "org",
  },
};
