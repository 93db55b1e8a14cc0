import type { EnumType } from "../schema.ts";

/** A refusal of a wrong word lists the right ones, as live orgs do for this kind of app. */
function listed(name: string, words: readonly string[]): EnumType {
  return { name, words, isListed: true };
}

export const distributionState = listed("ExtlClntAppDistState", [
  "Local",
  "Packaged",
  "Managed",
  "AutoInstalled",
]);

export const managedType = listed("ExtlClntAppManagedType", ["Local", "Global"]);

export const startPage = listed("ExtlClntAppStartPage", ["None", "Custom", "OAuth", "SAML"]);

export const jwtSessionTimeoutType = listed("JWTSessionTimeoutType", ["UserSession", "Custom"]);

export const permittedUsersPolicyType = listed("PermittedUsersPolicyType", [
  "AllSelfAuthorized",
  "AdminApprovedPreAuthorized",
]);

export const policyAction = listed("PolicyAction", ["Block", "RaiseSessionLevel", "StepUpMFA"]);

export const refreshTokenPolicyType = listed("RefreshTokenPolicyType", [
  "Infinite",
  "Zero",
  "SpecificLifetime",
  "SpecificInactivity",
]);

export const sessionSecurityLevel = listed("SessionSecurityLevel", ["LOW", "STANDARD", "HIGH_ASSURANCE"]);

export const screenLockTimeout = listed("ScreenLockTimeout", [
  "Never",
  "One",
  "Five",
  "Ten",
  "Thirty",
  "Sixty",
  "OneTwenty",
  "OneEighty",
  "TwoForty",
]);

export const tlsClientAuthCertParamType = listed("TlsClientAuthCertParamType", [
  "tls_client_auth_subject_dn",
  "tls_client_auth_san_dns",
  "tls_client_auth_san_uri",
  "tls_client_auth_san_ip",
  "tls_client_auth_san_email",
  "tls_client_auth_san_spiffe",
]);

export const pushServiceType = listed("PushServiceType", ["Apple", "Android"]);

export const applePushEnvironmentType = listed("ApplePushEnvironmentType", ["Sandbox", "Production"]);

export const samlEncryptType = listed("ExtlClntAppSamlEncryptType", ["AES_128", "AES_256"]);

export const nameIdFormatType = listed("ExtlClntAppNameIdFormatType", [
  "Unspecified",
  "EmailAddress",
  "Persistent",
  "Transient",
]);

export const samlSignAlgoType = listed("ExtlClntAppSamlSignAlgoType", ["SHA1", "SHA256"]);

export const samlBindingType = listed("ExtlClntAppSamlBindingType", ["RedirectBinding", "PostBinding"]);

export const samlSubjectType = listed("ExtlClntAppSamlSubjectType", [
  "Username",
  "FederationId",
  "UserId",
  "SpokeId",
  "CustomAttribute",
  "PersistentId",
]);
