import type { Org } from "../../src/localorg/org.ts";
import type { Drift } from "../../src/results/drift.ts";
import { certificate, otherCertificate, pem } from "../unit/certificates.ts";
import type { KindName } from "./appsInOrg.ts";
import { specTextOf } from "./localOrgs.ts";
import { changeConsumerKey, deleteApp, type ElementPlace, userOf } from "./tampering.ts";

const runAs = "cpq.integration@example.com";

/** A spec that says much of what somebody could change. */
export const driftSpec = (kind: KindName): string =>
  specTextOf(
    kind,
    kind,
    ["oauth:\n", "description: For the price engine.\noauth:\n"],
    [
      "    timeout: 30m\n",
      `    timeout: 30m
  certificate: ${certificate}
  requirePkce: true
  introspectAllTokens: false
  webServerFlow:
    secretOptional: false
  tokenExchange:
    enabled: false
  trustedIpRanges:
    - 10.0.0.0/8
`,
    ],
    ["  refreshToken: zero\n", "  refreshToken: zero\n  ipRelaxation: enforce\n"],
  );

type Severity = Drift["severity"];

/** A setting, the spec's line that says it, where each kind of app has it, and what it is changed to. */
type ChangedSetting = [
  path: string,
  line: string,
  severity: Severity,
  connectedApp: ElementPlace,
  externalClientApp: ElementPlace,
  texts: string[] | [string[], string[]],
  actual: unknown,
];

const app = "ExternalClientApplication";
const global = "ExtlClntAppGlobalOauthSettings";
const settings = "ExtlClntAppOauthSettings";
const policies = "ExtlClntAppOauthConfigurablePolicies";
export const changedSettings: ChangedSetting[] = [
  ["label", "label:", "appearance", ["ConnectedApp", "label"], [app, "label"], ["Other"], "Other"],
  [
    "contactEmail",
    "contactEmail:",
    "appearance",
    ["ConnectedApp", "contactEmail"],
    [app, "contactEmail"],
    ["eve@example.com"],
    "eve@example.com",
  ],
  [
    "description",
    "description:",
    "appearance",
    ["ConnectedApp", "description"],
    [app, "description"],
    [],
    undefined,
  ],
  [
    "oauth.callbackUrl",
    "callbackUrl:",
    "security",
    ["ConnectedApp", "oauthConfig", "callbackUrl"],
    [global, "callbackUrl"],
    ["https://example.com/callback\nhttps://example.net/eve"],
    ["https://example.com/callback", "https://example.net/eve"],
  ],
  [
    "oauth.scopes",
    "scopes:",
    "security",
    ["ConnectedApp", "oauthConfig", "scopes"],
    [settings, "commaSeparatedOauthScopes"],
    [["Api", "Full"], ["Api, Full"]],
    ["api", "full"],
  ],
  [
    "oauth.certificate",
    "certificate:",
    "security",
    ["ConnectedApp", "oauthConfig", "certificate"],
    [global, "certificate"],
    [pem(otherCertificate)],
    pem(otherCertificate),
  ],
  [
    "oauth.clientCredentials.enabled",
    "clientCredentials:",
    "function",
    ["ConnectedApp", "oauthConfig", "isClientCredentialEnabled"],
    [global, "isClientCredentialsFlowEnabled"],
    ["false"],
    false,
  ],
  [
    "oauth.clientCredentials.runAs",
    "runAs:",
    "security",
    ["ConnectedApp", "oauthConfig", "oauthClientCredentialUser"],
    [policies, "clientCredentialsFlowUser"],
    ["cpq.person@example.com"],
    "cpq.person@example.com",
  ],
  [
    "oauth.accessToken.format",
    "format:",
    "function",
    ["ConnectedApp", "oauthConfig", "isNamedUserJwtEnabled"],
    [global, "isNamedUserJwtEnabled"],
    ["false"],
    "opaque",
  ],
  [
    "oauth.requirePkce",
    "requirePkce:",
    "security",
    ["ConnectedApp", "oauthConfig", "isPkceRequired"],
    [global, "isPkceRequired"],
    ["false"],
    false,
  ],
  [
    "oauth.introspectAllTokens",
    "introspectAllTokens:",
    "security",
    ["ConnectedApp", "oauthConfig", "isIntrospectAllTokens"],
    [global, "isIntrospectAllTokens"],
    ["true"],
    true,
  ],
  [
    "oauth.webServerFlow.secretOptional",
    "secretOptional:",
    "security",
    ["ConnectedApp", "oauthConfig", "isConsumerSecretOptional"],
    [global, "isConsumerSecretOptional"],
    ["true"],
    true,
  ],
  [
    "oauth.tokenExchange.enabled",
    "    enabled: false",
    "security",
    ["ConnectedApp", "oauthConfig", "isTokenExchangeEnabled"],
    [global, "isTokenExchangeEnabled"],
    ["true"],
    true,
  ],
  [
    "oauth.trustedIpRanges",
    "trustedIpRanges:",
    "security",
    ["ConnectedApp", "ipRanges"],
    [settings, "trustedIpRanges"],
    [],
    [],
  ],
  [
    "policy.permittedUsers",
    "permittedUsers:",
    "security",
    ["ConnectedApp", "oauthConfig", "isAdminApproved"],
    [policies, "permittedUsersPolicyType"],
    [["false"], ["AllSelfAuthorized"]],
    "selfAuthorized",
  ],
  [
    "policy.permissionSets",
    "permissionSets:",
    "security",
    ["ConnectedApp", "permissionSetName"],
    [policies, "commaSeparatedPermissionSet"],
    [["CPQ Integration", "CPQ Reports"], ["CPQ Integration,CPQ Reports"]],
    ["CPQ Integration", "CPQ Reports"],
  ],
  [
    "policy.refreshToken",
    "refreshToken:",
    "security",
    ["ConnectedApp", "oauthPolicy", "refreshTokenPolicy"],
    [policies, "refreshTokenPolicyType"],
    [["infinite"], ["Infinite"]],
    "infinite",
  ],
  [
    "policy.ipRelaxation",
    "ipRelaxation:",
    "security",
    ["ConnectedApp", "oauthPolicy", "ipRelaxation"],
    [policies, "ipRelaxationPolicyType"],
    [["BYPASS"], ["Bypass"]],
    "bypass",
  ],
];

/** Anything else that somebody can do to an app of either kind, or to its user. */
type Deed = [
  what: string,
  deed: (org: Org, kind: KindName) => void,
  path: string,
  line: string,
  severity: Severity,
  kind: Drift["kind"],
];

export const deeds: Deed[] = [
  ["the app is deleted", (org, kind) => deleteApp(org, kind), "name", "name:", "security", "appMissing"],
  [
    "the app is made again, with another consumer key",
    (org, kind) => changeConsumerKey(org, kind, kind, "3MVG9another"),
    "consumer",
    "apiVersion:",
    "security",
    "consumerKey",
  ],
  [
    "the Run As user is deleted",
    (org) => {
      org.users = org.users.filter(({ username }) => username !== runAs);
    },
    "oauth.clientCredentials.runAs",
    "runAs:",
    "function",
    "runAsUser",
  ],
  [
    "the Run As user is renamed",
    (org) => {
      userOf(org, runAs).username = `${runAs}.old`;
    },
    "oauth.clientCredentials.runAs",
    "runAs:",
    "function",
    "runAsUser",
  ],
  [
    "the Run As user is deactivated",
    (org) => {
      userOf(org, runAs).isActive = false;
    },
    "oauth.clientCredentials.runAs",
    "runAs:",
    "function",
    "runAsUser",
  ],
  [
    "the Run As user is frozen",
    (org) => {
      userOf(org, runAs).isFrozen = true;
    },
    "oauth.clientCredentials.runAs",
    "runAs:",
    "function",
    "runAsUser",
  ],
  [
    "the Run As user may log in by hand",
    (org) => {
      userOf(org, runAs).profileName = "Standard User";
    },
    "oauth.clientCredentials.runAs",
    "runAs:",
    "security",
    "runAsUser",
  ],
  [
    "the permission set is taken from the Run As user",
    (org) => {
      userOf(org, runAs).permissionSets = ["CPQ_Reports"];
    },
    "policy.permissionSets",
    "permissionSets:",
    "function",
    "permissionSet",
  ],
];
