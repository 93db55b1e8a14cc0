import { applicationOf, expiresAt, partOf } from "../externalClientApp.ts";
import { childOf, commaSeparated, isTrue, textOf, textsOf } from "../metadata/types/elements.ts";
import type { Org, OrgComponent, OrgConnectedApp } from "../org.ts";
import { oauthScope } from "./scopes.ts";

/** An app as the OAuth endpoints see it, whatever kind of metadata it comes from. */
export interface OAuthApp {
  /** API name. */
  name: string;
  label: string;
  kind: "ConnectedApp" | "ExternalClientApp";
  /** Whether it works only in the org in which it was made. */
  isLocal: boolean;
  consumerKey: string;
  consumerSecret: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  clientCredentialsEnabled: boolean;
  /** Username of the Run As user. */
  runAsUsername: string | undefined;
  issuesJwt: boolean;
  /** How long a JWT is valid; undefined if the session timeout of the user counts. */
  jwtTimeoutMinutes: number | undefined;
  /** How long an opaque token is valid; undefined if the session timeout of the user counts. */
  sessionTimeoutMinutes: number | undefined;
  /** OAuth scope names, such as `api`. */
  scopes: string[];
  /** Whether addresses outside the profile's ranges are let through. */
  relaxesIpRestrictions: boolean;
  adminApprovedUsersOnly: boolean;
  /** Profile names that are pre-authorized. */
  profiles: string[];
  /** Permission sets that are pre-authorized: a connected app knows them by API name or label, an external client app by API name. */
  permissionSets: string[];
  /** May introspect tokens of other apps too. */
  introspectsAllTokens: boolean;
}

/** All OAuth apps of an org. A further kind of app adds its own view here. */
function oauthApps(org: Org): OAuthApp[] {
  return [...[...org.connectedApps.values()].map(viewOfConnectedApp), ...externalClientAppViews(org)];
}

/** The app with this consumer key, even while it is still propagating. */
export function findOAuthApp(org: Org, consumerKey: string): OAuthApp | undefined {
  return oauthApps(org).find((app) => app.consumerKey === consumerKey);
}

/**
 * Reads the OAuth settings of a connected app from its metadata.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_connectedapp.htm
 */
function viewOfConnectedApp(app: OrgConnectedApp): OAuthApp {
  const oauth = childOf(app.content, "oauthConfig");
  const ipRelaxation = textOf(childOf(app.content, "oauthPolicy"), "ipRelaxation");
  const sessionTimeout = textOf(childOf(app.content, "sessionPolicy"), "sessionTimeout");
  return {
    name: app.name,
    label: textOf(app.content, "label") ?? app.name,
    kind: "ConnectedApp",
    isLocal: false,
    consumerKey: app.consumerKey,
    consumerSecret: app.consumerSecret,
    createdAt: app.createdAt,
    clientCredentialsEnabled: isTrue(oauth, "isClientCredentialEnabled"),
    runAsUsername: textOf(oauth, "oauthClientCredentialUser"),
    issuesJwt: isTrue(oauth, "isNamedUserJwtEnabled"),
    jwtTimeoutMinutes: app.jwtTimeoutMinutes,
    sessionTimeoutMinutes: sessionTimeout === undefined ? undefined : Number(sessionTimeout),
    scopes: [...new Set(textsOf(oauth, "scopes").map(oauthScope))],
    relaxesIpRestrictions: /^bypass/i.test(ipRelaxation ?? ""),
    adminApprovedUsersOnly: isTrue(oauth, "isAdminApproved"),
    profiles: textsOf(app.content, "profileName"),
    permissionSets: textsOf(app.content, "permissionSetName"),
    introspectsAllTokens: isTrue(oauth, "isIntrospectAllTokens"),
  };
}

/**
 * Reads the external client apps that OAuth knows: those with OAuth settings, unless their policies turn them off.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_extlclntappglobaloauthsettings.htm
 */
function externalClientAppViews(org: Org): OAuthApp[] {
  const globals = org.components.get("ExtlClntAppGlobalOauthSettings")?.values() ?? [];
  return [...globals].flatMap((global) => {
    const view = viewOf(org, global);
    return view ? [view, ...formerView(org, view, global)] : [];
  });
}

/** The app under its former credentials, while these still work. */
function formerView(org: Org, view: OAuthApp, { consumer }: OrgComponent): OAuthApp[] {
  const former = consumer?.staged;
  if (former?.state !== "Rotated" || org.behaviour.now() >= expiresAt(former)) return [];
  return [{ ...view, consumerKey: former.consumerKey, consumerSecret: former.consumerSecret }];
}

function viewOf(org: Org, { content, consumer, createdAt }: OrgComponent): OAuthApp | undefined {
  const name = applicationOf(content);
  const part = (type: string) => partOf(org.components, type, name)?.content;
  const application = org.components.get("ExternalClientApplication")?.get(name)?.content;
  const settings = part("ExtlClntAppOauthSettings");
  const oauthPolicies = part("ExtlClntAppOauthConfigurablePolicies");
  const policies = part("ExtlClntAppConfigurablePolicies");
  if (!consumer || !settings || (policies && !isTrue(policies, "isEnabled"))) return undefined;
  const words = (child: string) => commaSeparated(oauthPolicies, child);
  const flowIsOn = (element: typeof content | undefined) => isTrue(element, "isClientCredentialsFlowEnabled");
  const minutes = (child: string) => {
    const text = textOf(oauthPolicies, child);
    return text === undefined ? undefined : Number(text);
  };
  return {
    name,
    label: textOf(application, "label") ?? name,
    kind: "ExternalClientApp",
    isLocal: textOf(application, "distributionState") === "Local",
    consumerKey: consumer.consumerKey,
    consumerSecret: consumer.consumerSecret,
    createdAt,
    clientCredentialsEnabled: flowIsOn(content) && flowIsOn(oauthPolicies),
    runAsUsername: textOf(oauthPolicies, "clientCredentialsFlowUser"),
    issuesJwt: isTrue(content, "isNamedUserJwtEnabled"),
    jwtTimeoutMinutes: minutes("namedUserJwtTimeout"),
    sessionTimeoutMinutes: minutes("sessionTimeoutInMinutes"),
    scopes: commaSeparated(settings, "commaSeparatedOauthScopes").map(oauthScope),
    relaxesIpRestrictions: /^bypass/i.test(textOf(oauthPolicies, "ipRelaxationPolicyType") ?? ""),
    adminApprovedUsersOnly:
      textOf(oauthPolicies, "permittedUsersPolicyType") === "AdminApprovedPreAuthorized",
    profiles: words("commaSeparatedProfile"),
    permissionSets: words("commaSeparatedPermissionSet"),
    introspectsAllTokens: isTrue(content, "isIntrospectAllTokens"),
  };
}
