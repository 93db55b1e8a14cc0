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

/** Elements of an app, and the texts that they are changed to: as many elements as texts. */
interface ChangedElements {
  at: ElementPlace;
  texts: string[];
}

/** A setting, the spec's line that says it, what is changed in each kind of app, and what the setting is then. */
type ChangedSetting = Record<KindName, ChangedElements> & {
  path: string;
  line: string;
  severity: Severity;
  actual: unknown;
};

const app = "ExternalClientApplication";
const global = "ExtlClntAppGlobalOauthSettings";
const settings = "ExtlClntAppOauthSettings";
const policies = "ExtlClntAppOauthConfigurablePolicies";
export const changedSettings: ChangedSetting[] = [
  {
    path: "label",
    line: "label:",
    severity: "appearance",
    ConnectedApp: { at: ["ConnectedApp", "label"], texts: ["Other"] },
    ExternalClientApp: { at: [app, "label"], texts: ["Other"] },
    actual: "Other",
  },
  {
    path: "contactEmail",
    line: "contactEmail:",
    severity: "appearance",
    ConnectedApp: { at: ["ConnectedApp", "contactEmail"], texts: ["eve@example.com"] },
    ExternalClientApp: { at: [app, "contactEmail"], texts: ["eve@example.com"] },
    actual: "eve@example.com",
  },
  {
    path: "description",
    line: "description:",
    severity: "appearance",
    ConnectedApp: { at: ["ConnectedApp", "description"], texts: [] },
    ExternalClientApp: { at: [app, "description"], texts: [] },
    actual: undefined,
  },
  {
    path: "oauth.callbackUrl",
    line: "callbackUrl:",
    severity: "security",
    ConnectedApp: {
      at: ["ConnectedApp", "oauthConfig", "callbackUrl"],
      texts: ["https://example.com/callback\nhttps://example.net/eve"],
    },
    ExternalClientApp: {
      at: [global, "callbackUrl"],
      texts: ["https://example.com/callback\nhttps://example.net/eve"],
    },
    actual: ["https://example.com/callback", "https://example.net/eve"],
  },
  {
    path: "oauth.scopes",
    line: "scopes:",
    severity: "security",
    ConnectedApp: { at: ["ConnectedApp", "oauthConfig", "scopes"], texts: ["Api", "Full"] },
    ExternalClientApp: { at: [settings, "commaSeparatedOauthScopes"], texts: ["Api, Full"] },
    actual: ["api", "full"],
  },
  {
    path: "oauth.certificate",
    line: "certificate:",
    severity: "security",
    ConnectedApp: { at: ["ConnectedApp", "oauthConfig", "certificate"], texts: [pem(otherCertificate)] },
    ExternalClientApp: { at: [global, "certificate"], texts: [pem(otherCertificate)] },
    actual: pem(otherCertificate),
  },
  {
    path: "oauth.clientCredentials.enabled",
    line: "clientCredentials:",
    severity: "function",
    ConnectedApp: { at: ["ConnectedApp", "oauthConfig", "isClientCredentialEnabled"], texts: ["false"] },
    ExternalClientApp: { at: [global, "isClientCredentialsFlowEnabled"], texts: ["false"] },
    actual: false,
  },
  {
    path: "oauth.clientCredentials.runAs",
    line: "runAs:",
    severity: "security",
    ConnectedApp: {
      at: ["ConnectedApp", "oauthConfig", "oauthClientCredentialUser"],
      texts: ["cpq.person@example.com"],
    },
    ExternalClientApp: { at: [policies, "clientCredentialsFlowUser"], texts: ["cpq.person@example.com"] },
    actual: "cpq.person@example.com",
  },
  {
    path: "oauth.accessToken.format",
    line: "format:",
    severity: "function",
    ConnectedApp: { at: ["ConnectedApp", "oauthConfig", "isNamedUserJwtEnabled"], texts: ["false"] },
    ExternalClientApp: { at: [global, "isNamedUserJwtEnabled"], texts: ["false"] },
    actual: "opaque",
  },
  {
    path: "oauth.requirePkce",
    line: "requirePkce:",
    severity: "security",
    ConnectedApp: { at: ["ConnectedApp", "oauthConfig", "isPkceRequired"], texts: ["false"] },
    ExternalClientApp: { at: [global, "isPkceRequired"], texts: ["false"] },
    actual: false,
  },
  {
    path: "oauth.introspectAllTokens",
    line: "introspectAllTokens:",
    severity: "security",
    ConnectedApp: { at: ["ConnectedApp", "oauthConfig", "isIntrospectAllTokens"], texts: ["true"] },
    ExternalClientApp: { at: [global, "isIntrospectAllTokens"], texts: ["true"] },
    actual: true,
  },
  {
    path: "oauth.webServerFlow.secretOptional",
    line: "secretOptional:",
    severity: "security",
    ConnectedApp: { at: ["ConnectedApp", "oauthConfig", "isConsumerSecretOptional"], texts: ["true"] },
    ExternalClientApp: { at: [global, "isConsumerSecretOptional"], texts: ["true"] },
    actual: true,
  },
  {
    path: "oauth.tokenExchange.enabled",
    line: "    enabled: false",
    severity: "security",
    ConnectedApp: { at: ["ConnectedApp", "oauthConfig", "isTokenExchangeEnabled"], texts: ["true"] },
    ExternalClientApp: { at: [global, "isTokenExchangeEnabled"], texts: ["true"] },
    actual: true,
  },
  {
    path: "oauth.trustedIpRanges",
    line: "trustedIpRanges:",
    severity: "security",
    ConnectedApp: { at: ["ConnectedApp", "ipRanges"], texts: [] },
    ExternalClientApp: { at: [settings, "trustedIpRanges"], texts: [] },
    actual: [],
  },
  {
    path: "policy.permittedUsers",
    line: "permittedUsers:",
    severity: "security",
    ConnectedApp: { at: ["ConnectedApp", "oauthConfig", "isAdminApproved"], texts: ["false"] },
    ExternalClientApp: { at: [policies, "permittedUsersPolicyType"], texts: ["AllSelfAuthorized"] },
    actual: "selfAuthorized",
  },
  {
    path: "policy.permissionSets",
    line: "permissionSets:",
    severity: "security",
    ConnectedApp: { at: ["ConnectedApp", "permissionSetName"], texts: ["CPQ Integration", "CPQ Reports"] },
    ExternalClientApp: {
      at: [policies, "commaSeparatedPermissionSet"],
      texts: ["CPQ Integration,CPQ Reports"],
    },
    actual: ["CPQ Integration", "CPQ Reports"],
  },
  {
    path: "policy.refreshToken",
    line: "refreshToken:",
    severity: "security",
    ConnectedApp: { at: ["ConnectedApp", "oauthPolicy", "refreshTokenPolicy"], texts: ["infinite"] },
    ExternalClientApp: { at: [policies, "refreshTokenPolicyType"], texts: ["Infinite"] },
    actual: "infinite",
  },
  {
    path: "policy.ipRelaxation",
    line: "ipRelaxation:",
    severity: "security",
    ConnectedApp: { at: ["ConnectedApp", "oauthPolicy", "ipRelaxation"], texts: ["BYPASS"] },
    ExternalClientApp: { at: [policies, "ipRelaxationPolicyType"], texts: ["Bypass"] },
    actual: "bypass",
  },
];

/** Anything else that somebody can do to an app of either kind, or to its user. */
interface Deed {
  what: string;
  deed: (org: Org, kind: KindName) => void;
  path: string;
  line: string;
  severity: Severity;
  kind: Drift["kind"];
}

export const deeds: Deed[] = [
  {
    what: "the app is deleted",
    deed: (org, kind) => deleteApp(org, kind),
    path: "name",
    line: "name:",
    severity: "security",
    kind: "appMissing",
  },
  {
    what: "the app is made again, with another consumer key",
    deed: (org, kind) => changeConsumerKey(org, kind, kind, "3MVG9another"),
    path: "consumer",
    line: "apiVersion:",
    severity: "security",
    kind: "consumerKey",
  },
  {
    what: "the Run As user is deleted",
    deed: (org) => {
      org.users = org.users.filter(({ username }) => username !== runAs);
    },
    path: "oauth.clientCredentials.runAs",
    line: "runAs:",
    severity: "function",
    kind: "runAsUser",
  },
  {
    what: "the Run As user is renamed",
    deed: (org) => {
      userOf(org, runAs).username = `${runAs}.old`;
    },
    path: "oauth.clientCredentials.runAs",
    line: "runAs:",
    severity: "function",
    kind: "runAsUser",
  },
  {
    what: "the Run As user is deactivated",
    deed: (org) => {
      userOf(org, runAs).isActive = false;
    },
    path: "oauth.clientCredentials.runAs",
    line: "runAs:",
    severity: "function",
    kind: "runAsUser",
  },
  {
    what: "the Run As user is frozen",
    deed: (org) => {
      userOf(org, runAs).isFrozen = true;
    },
    path: "oauth.clientCredentials.runAs",
    line: "runAs:",
    severity: "function",
    kind: "runAsUser",
  },
  {
    what: "the Run As user may log in by hand",
    deed: (org) => {
      userOf(org, runAs).profileName = "Standard User";
    },
    path: "oauth.clientCredentials.runAs",
    line: "runAs:",
    severity: "security",
    kind: "runAsUser",
  },
  {
    what: "the permission set is taken from the Run As user",
    deed: (org) => {
      userOf(org, runAs).permissionSets = ["CPQ_Reports"];
    },
    path: "policy.permissionSets",
    line: "permissionSets:",
    severity: "function",
    kind: "permissionSet",
  },
];
