import type { Org, OrgComponent } from "../org.ts";
import { flag, texts } from "./connectedAppView.ts";
import type { OAuthApp } from "./oauthApp.ts";
import { oauthScope } from "./scopes.ts";

const DEFAULT_JWT_TIMEOUT = 30;

/** The external client apps of an org that have OAuth settings; one that is switched off in its policies has no flow. */
export function externalClientApps(org: Org): OAuthApp[] {
  const applications = org.components.get("ExternalClientApplication") ?? new Map<string, OrgComponent>();
  return [...applications.values()].flatMap((application) => {
    const view = viewOfExternalClientApp(org, application);
    return view === undefined ? [] : [view];
  });
}

/**
 * Reads the OAuth settings of an external client app from its parts. The client credentials flow has to be on in the
 * global settings and in the policies.
 */
function viewOfExternalClientApp(org: Org, application: OrgComponent): OAuthApp | undefined {
  const part = (type: string) => partOf(org, type, application.fullName)?.content;
  const globalPart = partOf(org, "ExtlClntAppGlobalOauthSettings", application.fullName);
  if (globalPart?.consumer === undefined) return undefined;
  const { content: global, consumer } = globalPart;
  const oauth = part("ExtlClntAppOauthSettings");
  const oauthPolicies = part("ExtlClntAppOauthConfigurablePolicies");
  const policies = part("ExtlClntAppConfigurablePolicies");
  const enabled = policies === undefined || flag(policies, "isEnabled");
  return {
    name: application.fullName,
    consumerKey: consumer.consumerKey,
    consumerSecret: consumer.consumerSecret,
    createdAt: globalPart.createdAt,
    clientCredentialsEnabled:
      enabled &&
      flag(global, "isClientCredentialsFlowEnabled") &&
      flag(oauthPolicies, "isClientCredentialsFlowEnabled"),
    runAsUsername: texts(oauthPolicies, "clientCredentialsFlowUser")[0],
    issuesJwt: flag(global, "isNamedUserJwtEnabled"),
    jwtTimeoutMinutes: jwtTimeout(
      texts(oauthPolicies, "namedUserJwtSessionTimeoutType")[0],
      texts(oauthPolicies, "namedUserJwtTimeout")[0],
    ),
    scopes: [...new Set(list(texts(oauth, "commaSeparatedOauthScopes")).map(scopeOf))],
    adminApprovedUsersOnly: texts(oauthPolicies, "permittedUsersPolicyType").includes(
      "AdminApprovedPreAuthorized",
    ),
    profiles: list(texts(oauthPolicies, "commaSeparatedProfile")),
    permissionSets: list(texts(oauthPolicies, "commaSeparatedPermissionSet")),
    introspectsAllTokens: flag(global, "isIntrospectAllTokens"),
  };
}

/** The component of a type that names the application. */
export function partOf(org: Org, type: string, applicationName: string): OrgComponent | undefined {
  const components = org.components.get(type) ?? new Map<string, OrgComponent>();
  return [...components.values()].find(({ content }) =>
    texts(content, "externalClientApplication").includes(applicationName),
  );
}

function jwtTimeout(type: string | undefined, minutes: string | undefined): number {
  return type === "Custom" && minutes !== undefined ? Number(minutes) : DEFAULT_JWT_TIMEOUT;
}

/** What is called SFAP in a connected app has another name here. */
function scopeOf(metadataName: string): string {
  return oauthScope(metadataName === "SFApiPlatform" ? "SFAP" : metadataName);
}

function list(found: string[]): string[] {
  return found
    .flatMap((text) => text.split(","))
    .map((text) => text.trim())
    .filter((text) => text !== "");
}
