import type { TargetOrg } from "./connect.ts";
import { queryOrg } from "./queryOrg.ts";
import type { UserRecord } from "./records.ts";
import { beginsWith } from "./soql.ts";

/** A user who may be the Run As user. */
export interface OrgUser {
  id: string;
  username: string;
  isActive: boolean;
}

/**
 * The users whose username is, or begins with, one of the given. A sandbox appends its name to each username, and if a
 * spec lacks it, the user should be told.
 */
export async function findUsers(org: TargetOrg, usernames: readonly string[]): Promise<OrgUser[]> {
  if (usernames.length === 0) return [];
  const condition = usernames.map((username) => `Username LIKE ${beginsWith(username)}`).join(" OR ");
  const soql = `SELECT Id, Username, IsActive FROM User WHERE ${condition} LIMIT ${10 * usernames.length}`;
  const records = await queryOrg<UserRecord>(org, soql);
  return records.map(orgUser);
}

/** A user, from a row of a query. */
export function orgUser({ Id, Username, IsActive }: UserRecord): OrgUser {
  return { id: Id, username: Username, isActive: IsActive };
}
