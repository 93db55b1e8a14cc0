import { reasonOf } from "../app/reasonOf.ts";
import { messagesOf } from "../messages.ts";
import type { LoginEntry, LoginLog } from "../results/check.ts";
import type { TargetOrg } from "./connect.ts";
import { queryOrg } from "./queryOrg.ts";
import { quoted } from "./soql.ts";
import type { OrgUser } from "./users.ts";

/** A row, as the REST API gives it. */
interface LoginHistoryRecord {
  /** With an offset from UTC, such as `2026-11-23T23:38:33.000+0000`. */
  LoginTime: string;
  Status: string | null;
  SourceIp: string | null;
  Application: string | null;
  LoginType: string | null;
}

/**
 * What the org logged about tokens that it refused to an app's Run As user, newest first. A query can filter only by
 * user and time. If the log cannot be read, the result says so: the log is a help, and never a reason for a run to
 * fail.
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
  // The server that checks and the server that logs have separate clocks.
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
 * The entries that can be about a refused token of an app. No document says which name of an app the log uses. If no
 * failure is under one of the app's names, any of them can be meant, and each says its app.
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
