import { type RunAsFacts, watchedPermissions } from "../app/orgFacts.ts";
import { SfError } from "../sfError.ts";
import type { TargetOrg } from "./connect.ts";
import { queryOrg } from "./queryOrg.ts";
import type { GrantRecord, RunAsUserRecord, UserLoginRecord } from "./records.ts";
import { quoted } from "./soql.ts";
import { type OrgUser, orgUser } from "./users.ts";

/**
 * The Run As users that an org has, and what it says about them, by username in lower case. A user who does not exist
 * is missing.
 */
export interface RunAsUsers {
  users: OrgUser[];
  facts: Map<string, RunAsFacts>;
}

/**
 * What an org says about users, all at once: three queries, however many users.
 *
 * @throws SfError as `askOrg`
 */
export async function readRunAsUsers(org: TargetOrg, usernames: readonly string[]): Promise<RunAsUsers> {
  if (usernames.length === 0) return { users: [], facts: new Map() };
  const list = [...new Set(usernames)].map(quoted).join(", ");
  const [records, frozen, grants] = await Promise.all([
    readUsers(org, list),
    readFrozen(org, list),
    readGrants(org, list),
  ]);
  const users = records.map(orgUser);
  const facts = new Map(
    records.map((user) => {
      const own = grants.filter(({ AssigneeId }) => AssigneeId === user.Id);
      const permissions = watchedPermissions.filter((permission) =>
        own.some(({ PermissionSet }) => PermissionSet?.[`Permissions${permission}`] === true),
      );
      const found: RunAsFacts = {
        username: user.Username,
        isActive: user.IsActive,
        isFrozen: frozen?.has(user.Id),
        apiOnly: permissions.includes("ApiUserOnly"),
        profileName: user.Profile?.Name ?? "",
        permissions,
        ...(user.LastLoginDate === null ? {} : { lastLogin: new Date(user.LastLoginDate).toISOString() }),
      };
      return [user.Username.toLowerCase(), found];
    }),
  );
  return { users, facts };
}

async function readUsers(org: TargetOrg, list: string): Promise<RunAsUserRecord[]> {
  const soql = `SELECT Id, Username, IsActive, LastLoginDate, Profile.Name FROM User WHERE Username IN (${list})`;
  return queryOrg<RunAsUserRecord>(org, soql);
}

/**
 * The Ids of those users who are frozen; undefined if the org does not let it be seen.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_userlogin.htm
 */
async function readFrozen(org: TargetOrg, list: string): Promise<Set<string> | undefined> {
  const soql = `SELECT UserId FROM UserLogin WHERE IsFrozen = true AND UserId IN (SELECT Id FROM User WHERE Username IN (${list}))`;
  try {
    const records = await queryOrg<UserLoginRecord>(org, soql);
    return new Set(records.map(({ UserId }) => UserId));
  } catch (error) {
    // For users without the permission Manage Users, it is as if the object did not exist.
    if (/\b(INVALID_TYPE\b|INSUFFICIENT_ACCESS)/.test(SfError.wrap(error).message)) return undefined;
    throw error;
  }
}

/**
 * The permission sets of these users that grant a watched permission. A profile counts as one, and so does a permission
 * set group.
 */
async function readGrants(org: TargetOrg, list: string): Promise<GrantRecord[]> {
  const fields = watchedPermissions.map((permission) => `PermissionSet.Permissions${permission}`);
  const grants = fields.map((field) => `${field} = true`).join(" OR ");
  const now = new Date().toISOString();
  const soql = `SELECT AssigneeId, ${fields.join(", ")} FROM PermissionSetAssignment WHERE Assignee.Username IN (${list}) AND (ExpirationDate = null OR ExpirationDate > ${now}) AND (${grants})`;
  return queryOrg<GrantRecord>(org, soql, { upTo: 50_000 });
}
