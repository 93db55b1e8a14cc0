import type { EnumType } from "./schema.ts";

/** Words of the enum ExtlClntAppDistState. */
export const distributionState: EnumType = {
  name: "ExtlClntAppDistState",
  words: ["Local", "Packaged", "Managed", "AutoInstalled"],
};

/** Words of the enum ExtlClntAppManagedType. */
export const managedType: EnumType = { name: "ExtlClntAppManagedType", words: ["Local", "Global"] };

/** Words of the enum ExtlClntAppStartPage. */
export const startPage: EnumType = {
  name: "ExtlClntAppStartPage",
  words: ["None", "Custom", "OAuth", "SAML"],
};

/** Words of the enum JWTSessionTimeoutType. */
export const jwtSessionTimeoutType: EnumType = {
  name: "JWTSessionTimeoutType",
  words: ["UserSession", "Custom"],
};

/** Words of the enum PermittedUsersPolicyType. */
export const permittedUsersPolicyType: EnumType = {
  name: "PermittedUsersPolicyType",
  words: ["AllSelfAuthorized", "AdminApprovedPreAuthorized"],
};

/** Words of the enum PolicyAction. */
export const policyAction: EnumType = {
  name: "PolicyAction",
  words: ["Block", "RaiseSessionLevel", "StepUpMFA"],
};

/** Words of the enum RefreshTokenPolicyType. */
export const refreshTokenPolicyType: EnumType = {
  name: "RefreshTokenPolicyType",
  words: ["Infinite", "Zero", "SpecificLifetime", "SpecificInactivity"],
};

/** Words of the enum SessionSecurityLevel. */
export const sessionSecurityLevel: EnumType = {
  name: "SessionSecurityLevel",
  words: ["LOW", "STANDARD", "HIGH_ASSURANCE"],
};
