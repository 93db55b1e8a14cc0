import { withoutNamespace } from "../app/apiName.ts";
import { metadataWords } from "../app/metadataWords.ts";
import {
  atLeastOne,
  commaSeparated,
  commaSeparatedWords,
  flag,
  flagWords,
  lines,
  minutes,
  ownWord,
  refreshTokenPolicyParts,
  sessionOrMinutes,
  text,
  wholeNumber,
  words,
} from "./codecs.ts";
import { componentType } from "./componentType.ts";
import { fieldsOf, presenceOf, recordsOf } from "./fields.ts";
import { furtherComponents } from "./furtherComponents.ts";
import type { Kind } from "./kind.ts";
import { ipRangeRecord, plainRecord } from "./recordCodecs.ts";
import { scopeTexts } from "./scopeTexts.ts";

const application = fieldsOf("ExternalClientApplication");
const global = fieldsOf("ExtlClntAppGlobalOauthSettings");
const oauth = fieldsOf("ExtlClntAppOauthSettings");
const oauthPolicies = fieldsOf("ExtlClntAppOauthConfigurablePolicies");
const policies = fieldsOf("ExtlClntAppConfigurablePolicies");

const oauthRecords = recordsOf("ExtlClntAppOauthSettings");
const oauthPolicyRecords = recordsOf("ExtlClntAppOauthConfigurablePolicies");

/** The element of the other components that names the application. */
const appElement = "externalClientApplication";

// Connected apps have another name for this scope.
const scopes = scopeTexts({ sfap_api: "SFApiPlatform" });

// The parts of apps that were made in Setup or by other tools have all sorts of names. A new policy gets the name that
// the org would give it: as soon as there are OAuth settings, the org makes both policies itself, and it accepts no
// second one.
const components: Kind["components"] = [
  componentType({
    type: "ExternalClientApplication",
    newName: (app) => app,
  }),
  componentType({
    type: "ExtlClntAppGlobalOauthSettings",
    onlyForOAuth: true,
    appElement,
    newName: (app) => `${app}_glbloauth`,
  }),
  componentType({
    type: "ExtlClntAppOauthSettings",
    onlyForOAuth: true,
    appElement,
    newName: (app) => `${app}_oauth`,
  }),
  componentType({
    type: "ExtlClntAppOauthConfigurablePolicies",
    onlyForOAuth: true,
    afterOthers: true,
    ofSubscriber: true,
    appElement,
    newName: (app, names) =>
      `${withoutNamespace(names.get("ExtlClntAppOauthSettings") ?? `${app}_oauth`)}_defaultPolicy`,
  }),
  componentType({
    type: "ExtlClntAppConfigurablePolicies",
    afterOthers: true,
    ofSubscriber: true,
    appElement,
    newName: (app) => `${withoutNamespace(app)}_defaultPolicy`,
  }),
];

/**
 * The external client app: five components, of which four refer to the first and have names of their own. All settings
 * that a connected app keeps in Setup are metadata here. The org makes the consumer key and secret.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_externalclientapplication.htm
 */
export const externalClientApp: Kind = {
  name: "ExternalClientApp",
  // Since this version, the policies hold the timeout of JWT-based access tokens as Setup shows it.
  minimumApiVersion: 65,
  components,
  further: furtherComponents,
  fields: [
    application("label", "label", text),
    application("contactEmail", "contactEmail", text),
    application("contactPhone", "contactPhone", text),
    application("description", "description", text),
    application("iconUrl", "iconUrl", text),
    application("infoUrl", "infoUrl", text),
    application("logoUrl", "logoUrl", text),
    policies("startUrl", "startUrl", text),
    oauthRecords("attributes", "customAttributes", plainRecord("key", "formula")),
    global("oauth.callbackUrl", "callbackUrl", lines),
    oauth("oauth.scopes", "commaSeparatedOauthScopes", atLeastOne(commaSeparatedWords(scopes))),
    oauth("oauth.customScopes", "commaSeparatedCustomScopes", commaSeparated),
    // The flow must be on in both places.
    global("oauth.clientCredentials.enabled", "isClientCredentialsFlowEnabled", flag, { saysDefault: true }),
    oauthPolicies("policy.clientCredentials", "isClientCredentialsFlowEnabled", flag, { saysDefault: true }),
    oauthPolicies("oauth.clientCredentials.runAs", "clientCredentialsFlowUser", text),
    global("oauth.accessToken.format", "isNamedUserJwtEnabled", flagWords("jwt", "opaque")),
    oauthPolicies(
      "oauth.accessToken.timeout",
      ["namedUserJwtSessionTimeoutType", "namedUserJwtTimeout"],
      sessionOrMinutes,
    ),
    global("oauth.idToken.audience", "idTokenConfig/idTokenAudience", lines),
    global("oauth.idToken.includeAttributes", "idTokenConfig/idTokenIncludeAttributes", flag),
    global("oauth.idToken.includeCustomPermissions", "idTokenConfig/idTokenIncludeCustomPermissions", flag),
    global("oauth.idToken.includeStandardClaims", "idTokenConfig/idTokenIncludeStandardClaims", flag),
    global("oauth.idToken.validity", "idTokenConfig/idTokenValidityInMinutes", minutes),
    oauth("oauth.assetToken.audiences", "assetTokenAudiences", lines),
    oauth("oauth.assetToken.includeAttributes", "areAttributesIncludedInAssetToken", flag),
    oauth("oauth.assetToken.includeCustomPermissions", "areCustomPermsIncludedInAssetToken", flag),
    oauth("oauth.assetToken.signingCertificate", "assetTokenSigningCertificate", text),
    oauth("oauth.assetToken.validityPeriod", "assetTokenValidity", wholeNumber),
    presenceOf("ExtlClntAppOauthSettings")(
      "oauth.assetToken.enabled",
      "assetTokenAudiences",
      "areAttributesIncludedInAssetToken",
      "areCustomPermsIncludedInAssetToken",
      "assetTokenSigningCertificate",
      "assetTokenValidity",
    ),
    global("oauth.certificate", "certificate", text),
    oauth("oauth.clientAssertionCertificate", "clientAssertionCertificate", text),
    oauth("oauth.firstParty", "isFirstPartyAppEnabled", flag),
    oauth("oauth.singleLogoutUrl", "singleLogoutUrl", text),
    oauthRecords("oauth.trustedIpRanges", "trustedIpRanges", ipRangeRecord("startIpAddress", "endIpAddress")),
    global("oauth.codeCredentials.enabled", "isCodeCredFlowEnabled", flag),
    global("oauth.codeCredentials.postOnly", "isCodeCredPostOnly", flag),
    global("oauth.deviceFlow", "isDeviceFlowEnabled", flag),
    global("oauth.dpop", "isDPopEnabled", flag),
    global("oauth.introspectAllTokens", "isIntrospectAllTokens", flag),
    global("oauth.mutualTls", "isMtlsEnabled", flag),
    global("oauth.requirePkce", "isPkceRequired", flag, { saysDefault: true }),
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
    oauthPolicies("policy.profiles", "commaSeparatedProfile", commaSeparated, { onlyAdds: true }),
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
    oauthPolicies("policy.session.action", "policyAction", ownWord(metadataWords.policyAction)),
    oauthPolicies("policy.session.level", "requiredSessionLevel", ownWord(metadataWords.sessionLevel)),
    oauthPolicies("policy.session.timeout", "sessionTimeoutInMinutes", minutes),
    oauthPolicies("policy.customScopes", "commaSeparatedCustomScopes", commaSeparated),
    oauthPolicyRecords("policy.attributes", "customAttributes", plainRecord("key", "formula")),
    oauthPolicies("policy.startUrl", "startUrl", text),
    oauthPolicies("policy.guestAccess.codeCredentials", "isGuestCodeCredFlowEnabled", flag),
    oauthPolicies(
      "policy.guestAccess.timeout",
      ["guestJwtSessionTimeoutType", "guestJwtTimeout"],
      sessionOrMinutes,
    ),
    oauthPolicies("policy.apexHandler", "apexHandler", text),
    oauthPolicies("policy.apexHandlerRunAs", "executeHandlerAs", text),
    policies("policy.enabled", "isEnabled", flag, { required: true }),
    policies("policy.startPage", "startPage", ownWord(metadataWords.startPage)),
    policies("plugins.oauth", "isOauthPluginEnabled", flag, { initial: true, saysDefault: true }),
    policies("plugins.saml", "isSamlPluginEnabled", flag),
    policies("plugins.canvas", "isCanvasPluginEnabled", flag),
    policies("plugins.mobile", "isMobilePluginEnabled", flag),
    policies("plugins.push", "isPushPluginEnabled", flag),
    policies("plugins.notification", "isNotificationPluginEnabled", flag),
    policies("plugins.attest", "isAttestPluginEnabled", flag),
    application(
      "packaging.distributionState",
      "distributionState",
      ownWord(metadataWords.distributionState),
      { initial: "Local" },
    ),
    application("packaging.protected", "isProtected", flag),
    application("packaging.managedType", "managedType", ownWord(metadataWords.managedType)),
    application("packaging.orgScopedExternalApp", "orgScopedExternalApp", text),
    oauth("packaging.oauthLink", "oauthLink", text),
    global("componentLabels.globalOauth", "label", text),
    oauth("componentLabels.oauth", "label", text),
    oauthPolicies("componentLabels.oauthPolicies", "label", text),
    policies("componentLabels.policies", "label", text),
  ],
  neverSettings: [
    ...components.map(({ type: component }) => ({
      component,
      element: "fullName",
      why: "The name of the file says it.",
    })),
    ...["shouldRotateConsumerKey", "shouldRotateConsumerSecret"].map((element) => ({
      component: "ExtlClntAppGlobalOauthSettings",
      element,
      why: "Each deploy would rotate the credentials again.",
    })),
  ],
  setupOnly: [],
  consumer: {
    component: "ExtlClntAppGlobalOauthSettings",
    key: "consumerKey",
    secret: "consumerSecret",
    madeBy: "org",
  },
};
