import type { Org } from "../org.ts";
import { viewOfConnectedApp } from "./connectedAppView.ts";
import { externalClientAppViews } from "./externalClientAppView.ts";

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
