import type { XmlElement } from "../metadata/xmlElement.ts";
import type { OrgConnectedApp } from "../org.ts";
import type { OAuthApp } from "./oauthApp.ts";
import { oauthScope } from "./scopes.ts";

/**
 * Reads the OAuth settings of a connected app from its metadata.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_connectedapp.htm
 */
export function viewOfConnectedApp(app: OrgConnectedApp): OAuthApp {
  const oauth = app.content.children.find((child) => child.name === "oauthConfig");
  return {
    name: app.name,
    consumerKey: app.consumerKey,
    consumerSecret: app.consumerSecret,
    createdAt: app.createdAt,
    clientCredentialsEnabled: flag(oauth, "isClientCredentialEnabled"),
    runAsUsername: texts(oauth, "oauthClientCredentialUser")[0],
    issuesJwt: flag(oauth, "isNamedUserJwtEnabled"),
    jwtTimeoutMinutes: app.jwtTimeoutMinutes,
    scopes: [...new Set(texts(oauth, "scopes").map(oauthScope))],
    adminApprovedUsersOnly: flag(oauth, "isAdminApproved"),
    profiles: texts(app.content, "profileName"),
    permissionSets: texts(app.content, "permissionSetName"),
    introspectsAllTokens: flag(oauth, "isIntrospectAllTokens"),
  };
}

/** The text of each child element of this name; empty elements count as absent. */
export function texts(element: XmlElement | undefined, name: string): string[] {
  return (element?.children ?? [])
    .filter((child) => child.name === name)
    .map((child) => child.text.trim())
    .filter((text) => text !== "");
}

/** Whether a child element holds an XML Schema `true`. */
export function flag(element: XmlElement | undefined, name: string): boolean {
  return texts(element, name).some((text) => text === "true" || text === "1");
}
