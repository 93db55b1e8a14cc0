import {
  ACCESS_METHOD,
  CANVAS_LOCATION_OPTIONS,
  CANVAS_OPTIONS,
  CONNECTED_APP_OAUTH_ACCESS_SCOPE,
  DEVICE_PLATFORM_TYPE,
  DEVICE_TYPE,
  SAML_ENCRYPTION_TYPE,
  SAML_IDP_SLOBINDING,
  SAML_INITIATION_METHOD,
  SAML_NAME_ID_FORMAT_TYPE,
  SAML_SIGNING_ALGO_TYPE,
  SAML_SUBJECT_TYPE,
} from "./connectedAppEnums.ts";
import { type ComplexType, list, optional, required } from "./schema.ts";

const CONNECTED_APP_ATTRIBUTE: ComplexType = {
  name: "ConnectedAppAttribute",
  elements: {
    formula: required("string"),
    key: required("string"),
  },
};

const CANVAS_METADATA: ComplexType = {
  name: "CanvasMetadata",
  elements: {
    accessMethod: required("string"),
    canvasOptions: optional("string"),
    canvasUrl: required("string"),
    fullName: optional("string"),
    lifecycleClass: optional("string"),
    locationOptions: optional("string"),
    samlInitiationMethod: optional("string"),
  },
};

const CONNECTED_APP_CANVAS_CONFIG: ComplexType = {
  name: "ConnectedAppCanvasConfig",
  elements: {
    accessMethod: required(ACCESS_METHOD),
    canvasUrl: required("string"),
    lifecycleClass: optional("string"),
    locations: list(CANVAS_LOCATION_OPTIONS),
    options: list(CANVAS_OPTIONS),
    samlInitiationMethod: optional(SAML_INITIATION_METHOD),
  },
};

const CONNECTED_APP_IP_RANGE: ComplexType = {
  name: "ConnectedAppIpRange",
  elements: {
    description: optional("string"),
    end: required("string"),
    start: required("string"),
  },
};

const CONNECTED_APP_MOBILE_DETAIL_CONFIG: ComplexType = {
  name: "ConnectedAppMobileDetailConfig",
  elements: {
    applicationBinaryFile: optional("string"),
    applicationBinaryFileName: optional("string"),
    applicationBundleIdentifier: optional("string"),
    applicationFileLength: optional("int"),
    applicationIconFile: optional("string"),
    applicationIconFileName: optional("string"),
    applicationInstallUrl: optional("string"),
    devicePlatform: required(DEVICE_PLATFORM_TYPE),
    deviceType: optional(DEVICE_TYPE),
    minimumOsVersion: optional("string"),
    privateApp: optional("boolean"),
    version: required("string"),
  },
};

const CONNECTED_APP_OAUTH_ASSET_TOKEN: ComplexType = {
  name: "ConnectedAppOauthAssetToken",
  elements: {
    assetAudiences: required("string"),
    assetIncludeAttributes: required("boolean"),
    assetIncludeCustomPerms: required("boolean"),
    assetSigningCertId: required("string"),
    assetValidityPeriod: required("int"),
  },
};

const CONNECTED_APP_OAUTH_ID_TOKEN: ComplexType = {
  name: "ConnectedAppOauthIdToken",
  elements: {
    idTokenAudience: optional("string"),
    idTokenIncludeAttributes: optional("boolean"),
    idTokenIncludeCustomPerms: optional("boolean"),
    idTokenIncludeStandardClaims: optional("boolean"),
    idTokenValidity: optional("int"),
  },
};

const CONNECTED_APP_OAUTH_CONFIG: ComplexType = {
  name: "ConnectedAppOauthConfig",
  elements: {
    assetTokenConfig: optional(CONNECTED_APP_OAUTH_ASSET_TOKEN),
    callbackUrl: required("string"),
    certificate: optional("string"),
    consumerKey: optional("string"),
    consumerSecret: optional("string"),
    idTokenConfig: optional(CONNECTED_APP_OAUTH_ID_TOKEN),
    isAdminApproved: optional("boolean"),
    isClientCredentialEnabled: optional("boolean"),
    isCodeCredentialEnabled: optional("boolean"),
    isCodeCredentialPostOnly: optional("boolean"),
    isConsumerSecretOptional: optional("boolean"),
    isDPopEnabled: optional("boolean"),
    isDeviceFlowEnabled: optional("boolean"),
    isEnforceRefreshTokenTTL: optional("boolean"),
    isIntrospectAllTokens: optional("boolean"),
    isIpBindingEnabled: optional("boolean"),
    isNamedUserJwtEnabled: optional("boolean"),
    isPKImTLSEnabled: optional("boolean"),
    isPkceRequired: optional("boolean"),
    isRefreshTokenRotationEnabled: optional("boolean"),
    isSecretRequiredForRefreshToken: optional("boolean"),
    isSecretRequiredForTokenExchange: optional("boolean"),
    isTokenExchangeEnabled: optional("boolean"),
    oauthClientCredentialUser: optional("string"),
    scopes: list(CONNECTED_APP_OAUTH_ACCESS_SCOPE),
    singleLogoutUrl: optional("string"),
  },
};

const CONNECTED_APP_OAUTH_POLICY: ComplexType = {
  name: "ConnectedAppOauthPolicy",
  elements: {
    ipRelaxation: required("string"),
    isTokenExchangeFlowEnabled: optional("boolean"),
    refreshTokenPolicy: required("string"),
    singleLogoutUrl: optional("string"),
  },
};

const CONNECTED_APP_SAML_CONFIG: ComplexType = {
  name: "ConnectedAppSamlConfig",
  elements: {
    acsUrl: required("string"),
    certificate: optional("string"),
    encryptionCertificate: optional("string"),
    encryptionType: optional(SAML_ENCRYPTION_TYPE),
    entityUrl: required("string"),
    issuer: optional("string"),
    samlIdpSLOBindingEnum: optional(SAML_IDP_SLOBINDING),
    samlNameIdFormat: optional(SAML_NAME_ID_FORMAT_TYPE),
    samlSigningAlgoType: optional(SAML_SIGNING_ALGO_TYPE),
    samlSloUrl: optional("string"),
    samlSubjectCustomAttr: optional("string"),
    samlSubjectType: required(SAML_SUBJECT_TYPE),
  },
};

const CONNECTED_APP_SESSION_POLICY: ComplexType = {
  name: "ConnectedAppSessionPolicy",
  elements: {
    policyAction: optional("string"),
    sessionLevel: optional("string"),
    sessionTimeout: optional("int"),
  },
};

/**
 * The elements of a connected app, in alphabetical order as in the WSDL.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_connectedapp.htm
 */
export const CONNECTED_APP: ComplexType = {
  name: "ConnectedApp",
  elements: {
    attributes: list(CONNECTED_APP_ATTRIBUTE),
    canvas: optional(CANVAS_METADATA),
    canvasConfig: optional(CONNECTED_APP_CANVAS_CONFIG),
    contactEmail: required("string"),
    contactPhone: optional("string"),
    description: optional("string"),
    fullName: optional("string"),
    iconUrl: optional("string"),
    infoUrl: optional("string"),
    ipRanges: list(CONNECTED_APP_IP_RANGE),
    label: required("string"),
    logoUrl: optional("string"),
    mobileAppConfig: optional(CONNECTED_APP_MOBILE_DETAIL_CONFIG),
    mobileStartUrl: optional("string"),
    oauthConfig: optional(CONNECTED_APP_OAUTH_CONFIG),
    oauthPolicy: optional(CONNECTED_APP_OAUTH_POLICY),
    permissionSetName: list("string"),
    plugin: optional("string"),
    profileName: list("string"),
    samlConfig: optional(CONNECTED_APP_SAML_CONFIG),
    sessionPolicy: optional(CONNECTED_APP_SESSION_POLICY),
    startUrl: optional("string"),
  },
};
