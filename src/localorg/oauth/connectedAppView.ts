import { childOf, isTrue, textOf, textsOf } from "../metadata/types/elements.ts";
import type { OrgConnectedApp } from "../org.ts";
import type { OAuthApp } from "./oauthApp.ts";
import { oauthScope } from "./scopes.ts";

/**
 * Reads the OAuth settings of a connected app from its metadata.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_connectedapp.htm
 */
export function viewOfConnectedApp(app: OrgConnectedApp): OAuthApp {
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
