import {
  distributionState,
  jwtSessionTimeoutType,
  managedType,
  permittedUsersPolicyType,
  policyAction,
  refreshTokenPolicyType,
  sessionSecurityLevel,
  startPage,
} from "./externalClientAppEnums.ts";
import { type ComplexType, list, optional, required } from "./schema.ts";

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
};

/** The elements of its OAuth settings. */
export const oauthSettingsSchema: ComplexType = {
  name: "ExtlClntAppOauthSettings",
  elements: {
    areAttributesIncludedInAssetToken: optional("boolean"),
    areCustomPermsIncludedInAssetToken: optional("boolean"),
    assetTokenAudiences: optional("string"),
    assetTokenSigningCertificate: optional("string"),
    assetTokenValidity: optional("int"),
    clientAssertionCertificate: optional("string"),
    commaSeparatedCustomScopes: optional("string"),
    commaSeparatedOauthScopes: optional("string"),
    customAttributes: list(settingsAttribute),
    externalClientApplication: required("string"),
    fullName: optional("string"),
    isFirstPartyAppEnabled: optional("boolean"),
    label: optional("string"),
    oauthLink: optional("string"),
    singleLogoutUrl: optional("string"),
    trustedIpRanges: list(ipRange),
  },
};

/** The elements of its global OAuth settings, which stay in the org that owns the app. */
export const globalOauthSettingsSchema: ComplexType = {
  name: "ExtlClntAppGlobalOauthSettings",
  elements: {
    callbackUrl: optional("string"),
    certificate: optional("string"),
    consumerKey: optional("string"),
    consumerSecret: optional("string"),
    externalClientApplication: required("string"),
    fullName: optional("string"),
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
    label: optional("string"),
    shouldRotateConsumerKey: optional("boolean"),
    shouldRotateConsumerSecret: optional("boolean"),
  },
};

/** The elements of its OAuth policies. */
export const oauthPoliciesSchema: ComplexType = {
  name: "ExtlClntAppOauthConfigurablePolicies",
  elements: {
    apexHandler: optional("string"),
    clientCredentialsFlowUser: optional("string"),
    commaSeparatedCustomScopes: optional("string"),
    commaSeparatedPermissionSet: optional("string"),
    commaSeparatedProfile: optional("string"),
    customAttributes: list(policiesAttribute),
    executeHandlerAs: optional("string"),
    externalClientApplication: required("string"),
    fullName: optional("string"),
    guestJwtSessionTimeoutType: optional(jwtSessionTimeoutType),
    guestJwtTimeout: optional("int"),
    ipRelaxationPolicyType: optional("string"),
    isClientCredentialsFlowEnabled: optional("boolean"),
    isGuestCodeCredFlowEnabled: optional("boolean"),
    isTokenExchangeFlowEnabled: optional("boolean"),
    label: optional("string"),
    namedUserJwtSessionTimeoutType: optional(jwtSessionTimeoutType),
    namedUserJwtTimeout: optional("int"),
    permittedUsersPolicyType: optional(permittedUsersPolicyType),
    policyAction: optional(policyAction),
    refreshTokenPolicyType: optional(refreshTokenPolicyType),
    refreshTokenValidityPeriod: optional("int"),
    refreshTokenValidityUnit: optional("string"),
    requiredSessionLevel: optional(sessionSecurityLevel),
    sessionTimeoutInMinutes: optional("int"),
    singleLogoutUrl: optional("string"),
    startUrl: optional("string"),
  },
};

/** The elements of its other policies. */
export const policiesSchema: ComplexType = {
  name: "ExtlClntAppConfigurablePolicies",
  elements: {
    externalClientApplication: required("string"),
    fullName: optional("string"),
    isAttestPluginEnabled: optional("boolean"),
    isCanvasPluginEnabled: optional("boolean"),
    isEnabled: required("boolean"),
    isMobilePluginEnabled: optional("boolean"),
    isNotificationPluginEnabled: optional("boolean"),
    isOauthPluginEnabled: optional("boolean"),
    isPushPluginEnabled: optional("boolean"),
    isSamlPluginEnabled: optional("boolean"),
    label: optional("string"),
    startPage: optional(startPage),
    startUrl: optional("string"),
  },
};

/** The elements of the org's settings for external client apps. */
export const externalClientAppSettingsSchema: ComplexType = {
  name: "ExternalClientAppSettings",
  elements: {
    enableClientSecretInRestApiAccess: optional("boolean"),
    enableConsumerSecretApiAccess: optional("boolean"),
    enablePackageEcaOauthFromDevOrg: optional("boolean"),
    fullName: optional("string"),
  },
};
