import type { EnumType } from "./schema.ts";

/** Words of the enum ExtlClntAppDistState. */
export const DISTRIBUTION_STATE: EnumType = {
  name: "ExtlClntAppDistState",
  words: ["Local", "Packaged", "Managed", "AutoInstalled"],
};

/** Words of the enum ExtlClntAppManagedType. */
export const MANAGED_TYPE: EnumType = { name: "ExtlClntAppManagedType", words: ["Local", "Global"] };

/** Words of the enum ExtlClntAppStartPage. */
export const START_PAGE: EnumType = {
  name: "ExtlClntAppStartPage",
  words: ["None", "Custom", "OAuth", "SAML"],
};

/** Words of the enum JWTSessionTimeoutType. */
export const JWT_SESSION_TIMEOUT_TYPE: EnumType = {
  name: "JWTSessionTimeoutType",
  words: ["UserSession", "Custom"],
};

/** Words of the enum PermittedUsersPolicyType. */
export const PERMITTED_USERS_POLICY_TYPE: EnumType = {
  name: "PermittedUsersPolicyType",
  words: ["AllSelfAuthorized", "AdminApprovedPreAuthorized"],
};

/** Words of the enum PolicyAction. */
export const POLICY_ACTION: EnumType = {
  name: "PolicyAction",
  words: ["Block", "RaiseSessionLevel", "StepUpMFA"],
};

/** Words of the enum RefreshTokenPolicyType. */
export const REFRESH_TOKEN_POLICY_TYPE: EnumType = {
  name: "RefreshTokenPolicyType",
  words: ["Infinite", "Zero", "SpecificLifetime", "SpecificInactivity"],
};

/** Words of the enum SessionSecurityLevel. */
export const SESSION_SECURITY_LEVEL: EnumType = {
  name: "SessionSecurityLevel",
  words: ["LOW", "STANDARD", "HIGH_ASSURANCE"],
};
