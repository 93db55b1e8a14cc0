import {
  accessMethod,
  canvasLocationOptions,
  canvasOptions,
  samlInitiationMethod,
} from "../connectedAppEnums.ts";
import { type ComplexType, list, optional, required } from "../schema.ts";
import {
  applePushEnvironmentType,
  nameIdFormatType,
  pushServiceType,
  samlBindingType,
  samlEncryptType,
  samlSignAlgoType,
  samlSubjectType,
  screenLockTimeout,
  tlsClientAuthCertParamType,
} from "./enums.ts";
import { partSchema } from "./partSchema.ts";

const tokenIpRange: ComplexType = {
  name: "ExtlClntAppOauthSecurityTokenIpRange",
  elements: {
    description: optional("string"),
    endIpAddress: required("string"),
    startIpAddress: required("string"),
  },
};

const notificationType: ComplexType = {
  name: "ExtlClntAppNotificationType",
  elements: { notificationType: required("string"), pushByDefault: optional("boolean") },
};

const androidPushConfig: ComplexType = {
  name: "ExtlClntAppAndroidPushConfig",
  elements: { fcmProject: required("string"), serviceAccount: required("string") },
};

const applePushConfig: ComplexType = {
  name: "ExtlClntAppApplePushConfig",
  elements: {
    applicationBundle: optional("string"),
    certificate: optional("string"),
    environment: required(applePushEnvironmentType),
    keyIdentifier: optional("string"),
    password: optional("string"),
    signingKey: optional("string"),
    teamIdentifier: optional("string"),
  },
};

const samlAttribute: ComplexType = {
  name: "ExtlClntAppSamlConfigurablePoliciesAttribute",
  elements: { formula: required("string"), key: required("string") },
};

export const oauthSecuritySchema = partSchema("ExtlClntAppOauthSecuritySettings", {
  tlsClientAuthCertParamType: optional(tlsClientAuthCertParamType),
  tlsClientAuthCertParamValue: optional("string"),
  tokenIpRanges: list(tokenIpRange),
});

export const canvasSchema = partSchema("ExtlClntAppCanvasSettings", {
  accessMethod: optional(accessMethod),
  canvasLocationOptions: list(canvasLocationOptions),
  canvasOptions: list(canvasOptions),
  canvasUrl: required("string"),
  lifeCycleHandler: optional("string"),
  samlInitiationMethod: optional(samlInitiationMethod),
});

export const mobileSchema = partSchema("ExtlClntAppMobileSettings", {
  isScreenLockEnabled: required("boolean"),
});

export const mobilePoliciesSchema = partSchema("ExtlClntAppMobileConfigurablePolicies", {
  screenLockTimeout: required(screenLockTimeout),
});

export const notificationSchema = partSchema("ExtlClntAppNotificationSettings", {
  notificationTypes: list(notificationType),
});

export const pushSchema = partSchema("ExtlClntAppPushSettings", {
  androidPushConfig: optional(androidPushConfig),
  applePushConfig: optional(applePushConfig),
  pushConfigLink: optional("string"),
  pushServiceType: required(pushServiceType),
});

export const pushPoliciesSchema = partSchema("ExtlClntAppPushConfigurablePolicies", {
  isFullContent: required("boolean"),
});

export const samlPoliciesSchema = partSchema("ExtlClntAppSamlConfigurablePolicies", {
  acsUrl: required("string"),
  certificate: optional("string"),
  commaSeparatedPermissionSet: optional("string"),
  commaSeparatedProfile: optional("string"),
  customAttributes: list(samlAttribute),
  encryptionCertificate: optional("string"),
  encryptionType: optional(samlEncryptType),
  entityUrl: required("string"),
  issuer: optional("string"),
  nameIdFormat: optional(nameIdFormatType),
  signingAlgorithmType: optional(samlSignAlgoType),
  singleLogoutBindingType: optional(samlBindingType),
  singleLogoutUrl: optional("string"),
  subjectCustomAttribute: optional("string"),
  subjectType: optional(samlSubjectType),
});
