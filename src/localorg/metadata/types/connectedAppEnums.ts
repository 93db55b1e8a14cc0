import type { EnumType } from "./schema.ts";

/** Words of the enum AccessMethod. */
export const accessMethod: EnumType = { name: "AccessMethod", words: ["Get", "Post"] };

/** Words of the enum CanvasLocationOptions. */
export const canvasLocationOptions: EnumType = {
  name: "CanvasLocationOptions",
  words: [
    "None",
    "Chatter",
    "UserProfile",
    "Visualforce",
    "Aura",
    "Publisher",
    "ChatterFeed",
    "ServiceDesk",
    "OpenCTI",
    "AppLauncher",
    "MobileNav",
    "PageLayout",
  ],
};

/** Words of the enum CanvasOptions. */
export const canvasOptions: EnumType = {
  name: "CanvasOptions",
  words: ["HideShare", "HideHeader", "PersonalEnabled"],
};

/** Words of the enum ConnectedAppOauthAccessScope. */
export const connectedAppOauthAccessScope: EnumType = {
  name: "ConnectedAppOauthAccessScope",
  words: [
    "Basic",
    "Api",
    "Web",
    "Full",
    "Chatter",
    "CustomApplications",
    "RefreshToken",
    "OpenID",
    "Profile",
    "Email",
    "Address",
    "Phone",
    "OfflineAccess",
    "CustomPermissions",
    "Wave",
    "Eclair",
    "Pardot",
    "Lightning",
    "Content",
    "CDPIngest",
    "CDPProfile",
    "CDPQuery",
    "Chatbot",
    "CDPSegment",
    "CDPIdentityResolution",
    "CDPCalculatedInsight",
    "ForgotPassword",
    "UserRegistration",
    "SFAP",
    "Interaction",
    "CDP",
    "EinsteinGPT",
    "PwdlessLogin",
    "MCP",
    "SCRT",
    "DataCloudUserClaims",
    "A2A",
    "CmdbDiscovery",
    "SemanticLayer",
  ],
};

/** Words of the enum DevicePlatformType. */
export const devicePlatformType: EnumType = { name: "DevicePlatformType", words: ["ios", "android"] };

/** Words of the enum DeviceType. */
export const deviceType: EnumType = { name: "DeviceType", words: ["phone", "tablet", "minitablet"] };

/** Words of the enum SamlEncryptionType. */
export const samlEncryptionType: EnumType = {
  name: "SamlEncryptionType",
  words: ["AES_128", "AES_256", "Triple_Des"],
};

/** Words of the enum SamlIdpSLOBinding. */
export const samlIdpSlobinding: EnumType = {
  name: "SamlIdpSLOBinding",
  words: ["RedirectBinding", "PostBinding"],
};

/** Words of the enum SamlInitiationMethod. */
export const samlInitiationMethod: EnumType = {
  name: "SamlInitiationMethod",
  words: ["None", "IdpInitiated", "SpInitiated"],
};

/** Words of the enum SamlNameIdFormatType. */
export const samlNameIdFormatType: EnumType = {
  name: "SamlNameIdFormatType",
  words: ["Unspecified", "EmailAddress", "Persistent", "Transient"],
};

/** Words of the enum SamlSigningAlgoType. */
export const samlSigningAlgoType: EnumType = { name: "SamlSigningAlgoType", words: ["SHA1", "SHA256"] };

/** Words of the enum SamlSubjectType. */
export const samlSubjectType: EnumType = {
  name: "SamlSubjectType",
  words: ["Username", "FederationId", "UserId", "SpokeId", "CustomAttribute", "PersistentId"],
};
