import type { Org } from "../org.ts";
import { viewOfConnectedApp } from "./connectedAppView.ts";
import { externalClientAppViews } from "./externalClientAppView.ts";

/** An app as the OAuth endpoints see it, whatever kind of metadata it comes from. */
export interface OAuthApp {
  /** API name. */
  name: string;
  consumerKey: string;
  consumerSecret: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  clientCredentialsEnabled: boolean;
  /** Username of the Run As user. */
  runAsUsername: string | undefined;
  issuesJwt: boolean;
  jwtTimeoutMinutes: number;
  /** OAuth scope names, such as `api`. */
  scopes: string[];
  adminApprovedUsersOnly: boolean;
  /** Profile names that are pre-authorized. */
  profiles: string[];
  /** Permission sets that are pre-authorized, by API name or label. */
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
