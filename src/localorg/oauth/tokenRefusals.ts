import type { OrgBehaviour } from "../behaviour.ts";
import type { Org, OrgUser } from "../org.ts";
import { orgSetting } from "../orgSettings.ts";
import { hasPermission } from "../userPermissions.ts";
import { withinIpRanges, withinLoginHours } from "./loginRestrictions.ts";
import type { OAuthApp } from "./oauthApp.ts";
import { tokenScopes } from "./scopes.ts";

/** Who asks for a token, and in whose name. */
export interface Asking {
  org: Org;
  app: OAuthApp;
  user: OrgUser;
  /** Address of the caller. */
  sourceIp: string;
}

/** What the token endpoint answers, and what the login history says about it. */
interface Refusal {
  error: string;
  description: string;
  loginStatus: string;
}

/** Refusals that are reported from live orgs, and that no state of a local org can cause. */
const forcedRefusals: Record<NonNullable<OrgBehaviour["tokenRefusal"]>, Refusal> = {
  inactiveOrg: {
    error: "inactive_org",
    description: "org is locked, closed, or suspended",
    loginStatus: "Organization Closed",
  },
  inactiveUser: { error: "inactive_user", description: "user is inactive", loginStatus: "User is Inactive" },
  unapprovedConsumer: {
    error: "invalid_grant",
    description: "user hasn't approved this consumer",
    loginStatus: "Failed: Not approved for access",
  },
};

const noUser = { error: "invalid_grant", description: "no client credentials user enabled" };
const restricted = {
  error: "invalid_grant",
  description: "ip restricted or invalid login hours",
  loginStatus: "Failed: IP Address Not Allowed",
};

/** The refusals that follow from the state of the org. The first one that applies is the answer. */
const refusals: readonly (Refusal & { applies(asking: Asking): boolean })[] = [
  { ...noUser, loginStatus: "User is Inactive", applies: ({ user }) => !user.isActive },
  { ...noUser, loginStatus: "User Is Frozen", applies: ({ user }) => user.isFrozen },
  {
    ...noUser,
    loginStatus: "Failed: OAuth Api Access Disabled",
    applies: ({ org, user }) => !hasPermission(org, user, "ApiEnabled"),
  },
  { ...restricted, applies: ({ org, user }) => !withinLoginHours(org, user) },
  {
    ...restricted,
    applies: ({ org, app, user, sourceIp }) =>
      !app.relaxesIpRestrictions && !withinIpRanges(org, user, sourceIp),
  },
  {
    error: "invalid_client",
    description: "app must be installed into org",
    loginStatus: "Failed: Not approved for access",
    applies: isBlockedByApiAccessControl,
  },
  {
    error: "invalid_app_access",
    description: "user is not admin approved to access this app",
    loginStatus: "Failed: Not approved for access",
    applies: ({ org, app, user }) => !isApproved(org, app, user),
  },
];

/** Why there is no token in the name of a user, or undefined. */
export function refusalOf(asking: Asking): Refusal | undefined {
  const { tokenRefusal } = asking.org.behaviour;
  if (tokenRefusal !== undefined) return forcedRefusals[tokenRefusal];
  return refusals.find(({ applies }) => applies(asking));
}

/** Why an app gets no token in anybody's name, or undefined. */
export function appRefusalOf(app: OAuthApp): Pick<Refusal, "error" | "description"> | undefined {
  if (!app.clientCredentialsEnabled) {
    return { error: "invalid_grant", description: "client credentials flow not enabled" };
  }
  if (tokenScopes(app.scopes).length === 0) return { error: "invalid_grant", description: "no valid scopes" };
  return undefined;
}

/**
 * With API Access Control, only apps whose users an administrator approves may be used.
 *
 * @see https://help.salesforce.com/s/articleView?id=005132365&type=1
 */
function isBlockedByApiAccessControl({ org, app, user }: Asking): boolean {
  return (
    orgSetting(org, "ConnectedApp", "enableAdminApprovedAppsOnly") &&
    !app.adminApprovedUsersOnly &&
    !hasPermission(org, user, "CanApproveUninstalledApps")
  );
}

function isApproved(org: Org, app: OAuthApp, user: OrgUser): boolean {
  const countsProfiles = app.kind === "ConnectedApp" || !org.behaviour.ignoreApprovedProfiles;
  if (!app.adminApprovedUsersOnly || (countsProfiles && app.profiles.includes(user.profileName))) return true;
  const assigned = org.permissionSets.filter(({ name }) => user.permissionSets.includes(name));
  return assigned.some(({ name, label }) => [name, label].some((one) => app.permissionSets.includes(one)));
}
