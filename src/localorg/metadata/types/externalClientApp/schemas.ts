import { type ComplexType, list, optional, required, since } from "../schema.ts";
import {
  distributionState,
  jwtSessionTimeoutType,
  managedType,
  permittedUsersPolicyType,
  policyAction,
  refreshTokenPolicyType,
  sessionSecurityLevel,
  startPage,
} from "./enums.ts";
import { partSchema } from "./partSchema.ts";

const externalAppIdTokenConfig: ComplexType = {
  name: "ExternalAppIdTokenConfig",
  elements: {
    idTokenAudience: optional("string"),
    idTokenIncludeAttributes: optional("boolean"),
    idTokenIncludeCustomPermissions: optional("boolean"),
    idTokenIncludeStandardClaims: optional("boolean"),
    idTokenValidityInMinutes: optional("int"),
  },
};

const policiesAttribute: ComplexType = {
  name: "ExtlClntAppOauthPoliciesAttribute",
  elements: {
    formula: required("string"),
    key: required("string"),
  },
};

const settingsAttribute: ComplexType = {
  name: "ExtlClntAppOauthSettingsAttribute",
  elements: {
    formula: required("string"),
    key: required("string"),
  },
};

const ipRange: ComplexType = {
  name: "ExtlClntAppOauthIpRange",
  elements: {
    description: optional("string"),
    endIpAddress: required("string"),
    startIpAddress: required("string"),
  },
};

/** The elements of an external client app. */
export const externalClientApplicationSchema: ComplexType = {
  name: "ExternalClientApplication",
  elements: {
    contactEmail: optional("string"),
    contactPhone: optional("string"),
    description: optional("string"),
    distributionState: optional(distributionState),
    fullName: optional("string"),
    iconUrl: optional("string"),
    infoUrl: optional("string"),
    isProtected: optional("boolean"),
    label: optional("string"),
    logoUrl: optional("string"),
    managedType: optional(managedType),
    orgScopedExternalApp: optional("string"),
  },
  losesMisplaced: true,
};

/** The elements of its OAuth settings. */
export const oauthSettingsSchema = partSchema("ExtlClntAppOauthSettings", {
  areAttributesIncludedInAssetToken: optional("boolean"),
  areCustomPermsIncludedInAssetToken: optional("boolean"),
  assetTokenAudiences: optional("string"),
  assetTokenSigningCertificate: optional("string"),
  assetTokenValidity: optional("int"),
  clientAssertionCertificate: optional("string"),
  commaSeparatedCustomScopes: optional("string"),
  commaSeparatedOauthScopes: optional("string"),
  customAttributes: list(settingsAttribute),
  isFirstPartyAppEnabled: optional("boolean"),
  oauthLink: optional("string"),
  singleLogoutUrl: optional("string"),
  trustedIpRanges: list(ipRange),
});

/** The elements of its global OAuth settings, which stay in the org that owns the app. */
export const globalOauthSettingsSchema = partSchema("ExtlClntAppGlobalOauthSettings", {
  callbackUrl: optional("string"),
  certificate: optional("string"),
  consumerKey: optional("string"),
  consumerSecret: optional("string"),
  idTokenConfig: optional(externalAppIdTokenConfig),
  isClientCredentialsFlowEnabled: optional("boolean"),
  isCodeCredFlowEnabled: optional("boolean"),
  isCodeCredPostOnly: optional("boolean"),
  isConsumerSecretOptional: optional("boolean"),
  isDPopEnabled: optional("boolean"),
  isDeviceFlowEnabled: optional("boolean"),
  isEnforceRefreshTokenTTL: optional("boolean"),
  isIntrospectAllTokens: optional("boolean"),
  isMtlsEnabled: optional("boolean"),
  isNamedUserJwtEnabled: optional("boolean"),
  isPkceRequired: optional("boolean"),
  isRefreshTokenRotationEnabled: optional("boolean"),
  isSecretRequiredForRefreshToken: optional("boolean"),
  isSecretRequiredForTokenExchange: optional("boolean"),
  isTokenExchangeEnabled: optional("boolean"),
  shouldRotateConsumerKey: optional("boolean"),
  shouldRotateConsumerSecret: optional("boolean"),
});

/** The elements of its OAuth policies. */
export const oauthPoliciesSchema = partSchema("ExtlClntAppOauthConfigurablePolicies", {
  apexHandler: optional("string"),
  clientCredentialsFlowUser: optional("string"),
  commaSeparatedCustomScopes: optional("string"),
  commaSeparatedPermissionSet: optional("string"),
  commaSeparatedProfile: optional("string"),
  customAttributes: list(policiesAttribute),
  executeHandlerAs: optional("string"),
  guestJwtSessionTimeoutType: since(65, optional(jwtSessionTimeoutType)),
  guestJwtTimeout: since(61, optional("int")),
  ipRelaxationPolicyType: optional("string"),
  isClientCredentialsFlowEnabled: optional("boolean"),
  isGuestCodeCredFlowEnabled: optional("boolean"),
  isTokenExchangeFlowEnabled: optional("boolean"),
  namedUserJwtSessionTimeoutType: since(65, optional(jwtSessionTimeoutType)),
  namedUserJwtTimeout: since(61, optional("int")),
  permittedUsersPolicyType: optional(permittedUsersPolicyType),
  policyAction: optional(policyAction),
  refreshTokenPolicyType: optional(refreshTokenPolicyType),
  refreshTokenValidityPeriod: optional("int"),
  refreshTokenValidityUnit: optional("string"),
  requiredSessionLevel: optional(sessionSecurityLevel),
  sessionTimeoutInMinutes: optional("int"),
  singleLogoutUrl: optional("string"),
  startUrl: optional("string"),
});

/** The elements of its other policies. */
export const policiesSchema = partSchema("ExtlClntAppConfigurablePolicies", {
  isAttestPluginEnabled: optional("boolean"),
  isCanvasPluginEnabled: since(66, optional("boolean")),
  isEnabled: required("boolean"),
  isMobilePluginEnabled: since(63, optional("boolean")),
  isNotificationPluginEnabled: since(63, optional("boolean")),
  isOauthPluginEnabled: optional("boolean"),
  isPushPluginEnabled: since(63, optional("boolean")),
  isSamlPluginEnabled: since(63, optional("boolean")),
  startPage: optional(startPage),
  startUrl: optional("string"),
});
