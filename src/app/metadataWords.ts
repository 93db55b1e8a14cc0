/**
 * The words of the rarer settings, as the metadata has them. A spec has no words of its own for these.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_connectedapp.htm
 */
export const metadataWords = {
  canvasAccessMethod: ["Get", "Post"],
  canvasLocation: [
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
  canvasOption: ["HideShare", "HideHeader", "PersonalEnabled"],
  devicePlatform: ["ios", "android"],
  deviceType: ["phone", "tablet", "minitablet"],
  distributionState: ["Local", "Packaged", "Managed", "AutoInstalled"],
  managedType: ["Local", "Global"],
  policyAction: ["Block", "RaiseSessionLevel", "StepUpMFA"],
  samlEncryptionType: ["AES_128", "AES_256", "Triple_Des"],
  samlInitiationMethod: ["None", "IdpInitiated", "SpInitiated"],
  samlLogoutBinding: ["RedirectBinding", "PostBinding"],
  samlNameIdFormat: ["Unspecified", "EmailAddress", "Persistent", "Transient"],
  samlSigningAlgorithm: ["SHA1", "SHA256"],
  samlSubjectType: ["Username", "FederationId", "UserId", "SpokeId", "CustomAttribute", "PersistentId"],
  sessionLevel: ["LOW", "STANDARD", "HIGH_ASSURANCE"],
  startPage: ["None", "Custom", "OAuth", "SAML"],
} as const satisfies Record<string, readonly string[]>;
