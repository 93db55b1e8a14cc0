import { answerInTime } from "./answerInTime.ts";
import type { TargetOrg } from "./connect.ts";
import type { UserRecord } from "./records.ts";
import { beginsWith } from "./soql.ts";

/** A user who may be the Run As user. */
export interface OrgUser {
  id: string;
  username: string;
  isActive: boolean;
}

/**
 * The users whose username is, or begins with, the given one: a sandbox appends its name to each username, and a spec
 * that forgot it should be told.
 */
export async function findUsers(org: TargetOrg, username: string): Promise<OrgUser[]> {
  const soql = `SELECT Id, Username, IsActive FROM User WHERE Username LIKE ${beginsWith(username)} LIMIT 10`;
  const { records } = await answerInTime(
    "query of User",
    org.name,
    Promise.resolve(org.connection.query<UserRecord>(soql)),
  );
  return records.map(({ Id, Username, IsActive }) => ({ id: Id, username: Username, isActive: IsActive }));
}
