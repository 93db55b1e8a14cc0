import { reasonOf } from "../app/reasonOf.ts";
import { messagesOf } from "../messages.ts";
import type { LoginEntry, LoginLog } from "../results/check.ts";
import type { TargetOrg } from "./connect.ts";
import { queryOrg } from "./queryOrg.ts";
import { quoted } from "./soql.ts";
import type { OrgUser } from "./users.ts";

/** A row, as the REST API gives it. */
interface LoginHistoryRecord {
  /** With the offset of UTC, `2026-11-23T23:38:33.000+0000`. */
  LoginTime: string;
  Status: string | null;
  SourceIp: string | null;
  Application: string | null;
  LoginType: string | null;
}

/**
 * What the org logged of an app's refused tokens in the name of a user, newest first. Only user and time can be filtered by
 * in a query. A log that cannot be read is in the result too: it is a help, and never the reason why a run fails.
 *
 * @param appNames label and API name of the app
 * @param since milliseconds since the epoch, by the org's clock
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_loginhistory.htm
 */
export async function readLogins(
  org: TargetOrg,
  { id, username }: OrgUser,
  appNames: readonly string[],
  since: number,
): Promise<LoginLog> {
  // The servers that check and that log have clocks of their own.
  const from = new Date(Math.floor(since / 1000 - 2) * 1000).toISOString();
  const soql = `SELECT LoginTime, Status, SourceIp, Application, LoginType FROM LoginHistory WHERE UserId = ${quoted(id)} AND LoginTime >= ${from} ORDER BY LoginTime DESC LIMIT 50`;
  try {
    const records = await queryOrg<LoginHistoryRecord>(org, soql);
    return { username, since: from, entries: refusalsOf(appNames, records.map(entryOf)) };
  } catch (error) {
    const reason = reasonOf(error).replace(/\s+/g, " ");
    const unreadable = messagesOf("org").getMessage("loginHistoryUnreadable", [reason]);
    return { username, since: from, entries: [], unreadable };
  }
}

/**
 * The entries that can be of a refused token of an app. No document says by which of its names an app is logged: if none
 * of the failures is under one of these, each may be meant, and names its app.
 */
export function refusalsOf(appNames: readonly string[], entries: readonly LoginEntry[]): LoginEntry[] {
  const failures = entries.filter(({ status }) => !/^success$/i.test(status));
  const own = failures.filter(({ application }) => appNames.includes(application));
  return (own.length > 0 ? own : failures).slice(0, 3);
}

function entryOf({ LoginTime, Status, SourceIp, Application, LoginType }: LoginHistoryRecord): LoginEntry {
  return {
    at: new Date(LoginTime).toISOString(),
    status: Status ?? "",
    sourceIp: SourceIp ?? "",
    application: Application ?? "",
    loginType: LoginType ?? "",
  };
}
