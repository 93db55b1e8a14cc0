import {
  DISTRIBUTION_STATE,
  JWT_SESSION_TIMEOUT_TYPE,
  MANAGED_TYPE,
  PERMITTED_USERS_POLICY_TYPE,
  POLICY_ACTION,
  REFRESH_TOKEN_POLICY_TYPE,
  SESSION_SECURITY_LEVEL,
  START_PAGE,
} from "./externalClientAppEnums.ts";
import { type ComplexType, list, optional, required } from "./schema.ts";

const EXTERNAL_APP_ID_TOKEN_CONFIG: ComplexType = {
  name: "ExternalAppIdTokenConfig",
  elements: {
    idTokenAudience: optional("string"),
    idTokenIncludeAttributes: optional("boolean"),
    idTokenIncludeCustomPermissions: optional("boolean"),
    idTokenIncludeStandardClaims: optional("boolean"),
    idTokenValidityInMinutes: optional("int"),
  },
};

const POLICIES_ATTRIBUTE: ComplexType = {
  name: "ExtlClntAppOauthPoliciesAttribute",
  elements: {
    formula: required("string"),
    key: required("string"),
  },
};

const SETTINGS_ATTRIBUTE: ComplexType = {
  name: "ExtlClntAppOauthSettingsAttribute",
  elements: {
    formula: required("string"),
    key: required("string"),
  },
};

const IP_RANGE: ComplexType = {
  name: "ExtlClntAppOauthIpRange",
  elements: {
    description: optional("string"),
    endIpAddress: required("string"),
    startIpAddress: required("string"),
  },
};

/** The elements of an external client app. */
export const EXTERNAL_CLIENT_APPLICATION: ComplexType = {
  name: "ExternalClientApplication",
  elements: {
    contactEmail: optional("string"),
    contactPhone: optional("string"),
    description: optional("string"),
    distributionState: optional(DISTRIBUTION_STATE),
    fullName: optional("string"),
    iconUrl: optional("string"),
    infoUrl: optional("string"),
    isProtected: optional("boolean"),
    label: optional("string"),
    logoUrl: optional("string"),
    managedType: optional(MANAGED_TYPE),
    orgScopedExternalApp: optional("string"),
  },
};

/** The elements of its OAuth settings. */
export const OAUTH_SETTINGS: ComplexType = {
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
    customAttributes: list(SETTINGS_ATTRIBUTE),
    externalClientApplication: required("string"),
    fullName: optional("string"),
    isFirstPartyAppEnabled: optional("boolean"),
    label: optional("string"),
    oauthLink: optional("string"),
    singleLogoutUrl: optional("string"),
    trustedIpRanges: list(IP_RANGE),
  },
};

/** The elements of its global OAuth settings, which stay in the org that owns the app. */
export const GLOBAL_OAUTH_SETTINGS: ComplexType = {
  name: "ExtlClntAppGlobalOauthSettings",
  elements: {
    callbackUrl: optional("string"),
    certificate: optional("string"),
    consumerKey: optional("string"),
    consumerSecret: optional("string"),
    externalClientApplication: required("string"),
    fullName: optional("string"),
    idTokenConfig: optional(EXTERNAL_APP_ID_TOKEN_CONFIG),
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
export const OAUTH_POLICIES: ComplexType = {
  name: "ExtlClntAppOauthConfigurablePolicies",
  elements: {
    apexHandler: optional("string"),
    clientCredentialsFlowUser: optional("string"),
    commaSeparatedCustomScopes: optional("string"),
    commaSeparatedPermissionSet: optional("string"),
    commaSeparatedProfile: optional("string"),
    customAttributes: list(POLICIES_ATTRIBUTE),
    executeHandlerAs: optional("string"),
    externalClientApplication: required("string"),
    fullName: optional("string"),
    guestJwtSessionTimeoutType: optional(JWT_SESSION_TIMEOUT_TYPE),
    guestJwtTimeout: optional("int"),
    ipRelaxationPolicyType: optional("string"),
    isClientCredentialsFlowEnabled: optional("boolean"),
    isGuestCodeCredFlowEnabled: optional("boolean"),
    isTokenExchangeFlowEnabled: optional("boolean"),
    label: optional("string"),
    namedUserJwtSessionTimeoutType: optional(JWT_SESSION_TIMEOUT_TYPE),
    namedUserJwtTimeout: optional("int"),
    permittedUsersPolicyType: optional(PERMITTED_USERS_POLICY_TYPE),
    policyAction: optional(POLICY_ACTION),
    refreshTokenPolicyType: optional(REFRESH_TOKEN_POLICY_TYPE),
    refreshTokenValidityPeriod: optional("int"),
    refreshTokenValidityUnit: optional("string"),
    requiredSessionLevel: optional(SESSION_SECURITY_LEVEL),
    sessionTimeoutInMinutes: optional("int"),
    singleLogoutUrl: optional("string"),
    startUrl: optional("string"),
  },
};

/** The elements of its other policies. */
export const POLICIES: ComplexType = {
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
    startPage: optional(START_PAGE),
    startUrl: optional("string"),
  },
};

/** The elements of the org's settings for external client apps. */
export const EXTERNAL_CLIENT_APP_SETTINGS: ComplexType = {
  name: "ExternalClientAppSettings",
  elements: {
    enableClientSecretInRestApiAccess: optional("boolean"),
    enableConsumerSecretApiAccess: optional("boolean"),
    enablePackageEcaOauthFromDevOrg: optional("boolean"),
    fullName: optional("string"),
  },
};
