import {
  accessMethod,
  canvasLocationOptions,
  canvasOptions,
  connectedAppOauthAccessScope,
  devicePlatformType,
  deviceType,
  samlEncryptionType,
  samlIdpSlobinding,
  samlInitiationMethod,
  samlNameIdFormatType,
  samlSigningAlgoType,
  samlSubjectType,
} from "./connectedAppEnums.ts";
import { type ComplexType, list, optional, required } from "./schema.ts";

const connectedAppAttribute: ComplexType = {
  name: "ConnectedAppAttribute",
  elements: {
    formula: required("string"),
    key: required("string"),
  },
};

const canvasMetadata: ComplexType = {
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

const connectedAppCanvasConfig: ComplexType = {
  name: "ConnectedAppCanvasConfig",
  elements: {
    accessMethod: required(accessMethod),
    canvasUrl: required("string"),
    lifecycleClass: optional("string"),
    locations: list(canvasLocationOptions),
    options: list(canvasOptions),
    samlInitiationMethod: optional(samlInitiationMethod),
  },
};

const connectedAppIpRange: ComplexType = {
  name: "ConnectedAppIpRange",
  elements: {
    description: optional("string"),
    end: required("string"),
    start: required("string"),
  },
};

const connectedAppMobileDetailConfig: ComplexType = {
  name: "ConnectedAppMobileDetailConfig",
  elements: {
    applicationBinaryFile: optional("string"),
    applicationBinaryFileName: optional("string"),
    applicationBundleIdentifier: optional("string"),
    applicationFileLength: optional("int"),
    applicationIconFile: optional("string"),
    applicationIconFileName: optional("string"),
    applicationInstallUrl: optional("string"),
    devicePlatform: required(devicePlatformType),
    deviceType: optional(deviceType),
    minimumOsVersion: optional("string"),
    privateApp: optional("boolean"),
    version: required("string"),
  },
};

const connectedAppOauthAssetToken: ComplexType = {
  name: "ConnectedAppOauthAssetToken",
  elements: {
    assetAudiences: required("string"),
    assetIncludeAttributes: required("boolean"),
    assetIncludeCustomPerms: required("boolean"),
    assetSigningCertId: required("string"),
    assetValidityPeriod: required("int"),
  },
};

const connectedAppOauthIdToken: ComplexType = {
  name: "ConnectedAppOauthIdToken",
  elements: {
    idTokenAudience: optional("string"),
    idTokenIncludeAttributes: optional("boolean"),
    idTokenIncludeCustomPerms: optional("boolean"),
    idTokenIncludeStandardClaims: optional("boolean"),
    idTokenValidity: optional("int"),
  },
};

const connectedAppOauthConfig: ComplexType = {
  name: "ConnectedAppOauthConfig",
  elements: {
    assetTokenConfig: optional(connectedAppOauthAssetToken),
    callbackUrl: required("string"),
    certificate: optional("string"),
    consumerKey: optional("string"),
    consumerSecret: optional("string"),
    idTokenConfig: optional(connectedAppOauthIdToken),
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
    scopes: list(connectedAppOauthAccessScope),
    singleLogoutUrl: optional("string"),
  },
};

const connectedAppOauthPolicy: ComplexType = {
  name: "ConnectedAppOauthPolicy",
  elements: {
    ipRelaxation: required("string"),
    isTokenExchangeFlowEnabled: optional("boolean"),
    refreshTokenPolicy: required("string"),
    singleLogoutUrl: optional("string"),
  },
};

const connectedAppSamlConfig: ComplexType = {
  name: "ConnectedAppSamlConfig",
  elements: {
    acsUrl: required("string"),
    certificate: optional("string"),
    encryptionCertificate: optional("string"),
    encryptionType: optional(samlEncryptionType),
    entityUrl: required("string"),
    issuer: optional("string"),
    samlIdpSLOBindingEnum: optional(samlIdpSlobinding),
    samlNameIdFormat: optional(samlNameIdFormatType),
    samlSigningAlgoType: optional(samlSigningAlgoType),
    samlSloUrl: optional("string"),
    samlSubjectCustomAttr: optional("string"),
    samlSubjectType: required(samlSubjectType),
  },
};

const connectedAppSessionPolicy: ComplexType = {
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
export const connectedAppSchema: ComplexType = {
  name: "ConnectedApp",
  elements: {
    attributes: list(connectedAppAttribute),
    canvas: optional(canvasMetadata),
    canvasConfig: optional(connectedAppCanvasConfig),
    contactEmail: required("string"),
    contactPhone: optional("string"),
    description: optional("string"),
    fullName: optional("string"),
    iconUrl: optional("string"),
    infoUrl: optional("string"),
    ipRanges: list(connectedAppIpRange),
    label: required("string"),
    logoUrl: optional("string"),
    mobileAppConfig: optional(connectedAppMobileDetailConfig),
    mobileStartUrl: optional("string"),
    oauthConfig: optional(connectedAppOauthConfig),
    oauthPolicy: optional(connectedAppOauthPolicy),
    permissionSetName: list("string"),
    plugin: optional("string"),
    profileName: list("string"),
    samlConfig: optional(connectedAppSamlConfig),
    sessionPolicy: optional(connectedAppSessionPolicy),
    startUrl: optional("string"),
  },
};
