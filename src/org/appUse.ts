import { dayMilliseconds } from "../app/durations.ts";
import { reasonOf } from "../app/reasonOf.ts";
import { messagesOf } from "../messages.ts";
import type { AppUse } from "../results/appUse.ts";
import { readAppLabels } from "./appLabels.ts";
import type { TargetOrg } from "./connect.ts";
import { readOwnPermissions } from "./ownPermissions.ts";
import { queryOrg } from "./queryOrg.ts";
import { quoted } from "./soql.ts";

/** An app whose use is asked for. */
export interface UsedApp {
  /** The org's logs name apps by it. */
  label: string;
  /** API name. */
  name: string;
  /** Usernames in whose names its tokens are issued, as far as they are known. */
  runAs: readonly string[];
}

interface LoginRecord {
  UserId: string;
  LoginTime: string;
  Status: string | null;
  SourceIp: string | null;
  Application: string | null;
  LoginType: string | null;
  LoginSubType: string | null;
}

interface TokenRecord {
  UserId: string;
  LastUsedDate: string | null;
  UseCount: number | null;
}

/** A part of the org that was read, or the sentence that says why it could not be. */
interface Seen<Row> {
  rows: Row[];
  unseen: string[];
}

/** How many logins are read. */
const mostLogins = 10_000;
/** No more tokens than these are ever returned. */
const mostTokens = 2500;

/**
 * Who still uses an app: who got tokens within the last days, how often and from where (LoginHistory), and when its
 * tokens were last used (OauthToken). Both name apps by label, and neither shows more than the user who asks may see: what
 * is not seen is said in `unseen`, since to whom lacks a permission the org shows no rows instead of a refusal.
 *
 * Ask it before an app or its key is taken away: `requireUnused` of its result stops at a use, and at what cannot be
 * known. Requests of this plugin, such as those of `verify`, are uses as well. Six calls that change nothing; never a
 * reason for a run to fail.
 *
 * @param days how far back the login history is read; the org keeps six months
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_loginhistory.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_oauthtoken.htm
 */
export async function readAppUse(org: TargetOrg, app: UsedApp, days = 30): Promise<AppUse> {
  const names = [...new Set([app.label, app.name])];
  const since = new Date(Math.floor((Date.now() - days * dayMilliseconds) / 1000) * 1000).toISOString();
  const [permissions, tokens, labels] = await Promise.all([
    readPermissions(org),
    readTokens(org, names),
    readAppLabels(org),
  ]);
  const { usernames, unseen: unseenUsers } = await readUsernames(org, app.runAs, tokens.rows);
  const logins = await readLogins(org, [...usernames.keys()], since);
  // Whether one is missing is not known of a user whose permissions could not be read.
  const lacks = (...allOf: (typeof neededPermissions)[number][]) =>
    "has" in permissions && !allOf.some((name) => permissions.has.get(name) === true);
  const messages = messagesOf("appUse");
  const unseen = [
    ...logins.unseen,
    ...tokens.unseen,
    ...unseenUsers,
    ...("has" in permissions ? [] : permissions.unseen),
    ...(lacks("ManageUsers", "MonitorLoginHistory") ? [messages.getMessage("unseen.logins")] : []),
    ...(lacks("CustomizeApplication") ? [messages.getMessage("unseen.tokens")] : []),
    ...(usernames.size > 0 || unseenUsers.length > 0 ? [] : [messages.getMessage("unseen.user")]),
  ];
  const own = logins.rows.filter(({ Application }) => names.includes(Application ?? ""));
  const issued = own.filter(isSuccess);
  const times = [
    ...issued.map(({ LoginTime }) => LoginTime),
    ...tokens.rows.flatMap(({ LastUsedDate }) => LastUsedDate ?? []),
  ].map(utc);
  const lastUsed = times.toSorted().at(-1);
  const useCount = tokens.rows.reduce((sum, { UseCount }) => sum + (UseCount ?? 0), 0);
  return {
    since,
    tokens: issued.length,
    refused: own.length - issued.length,
    isCut: logins.rows.length >= mostLogins,
    sources: sourcesOf(own, usernames),
    ...(lastUsed === undefined ? {} : { lastUsed }),
    ...(tokens.rows.length === 0 ? {} : { useCount }),
    sharesLabel: (labels ?? []).filter((label) => label === app.label).length > 1,
    unseen,
  };
}

const neededPermissions = ["ManageUsers", "MonitorLoginHistory", "CustomizeApplication"] as const;

async function readPermissions(
  org: TargetOrg,
): Promise<{ has: ReadonlyMap<string, boolean> } | { unseen: string[] }> {
  try {
    return { has: await readOwnPermissions(org, neededPermissions) };
  } catch (error) {
    return { unseen: [notRead("UserPermissionAccess", error)] };
  }
}

function readTokens(org: TargetOrg, names: readonly string[]): Promise<Seen<TokenRecord>> {
  const soql = `SELECT UserId, LastUsedDate, UseCount FROM OauthToken WHERE AppName IN (${names.map(quoted).join(", ")})`;
  return seen(org, "OauthToken", soql, mostTokens);
}

/** Only users and times can be filtered by: without a user, the newest logins of all are read. */
function readLogins(org: TargetOrg, userIds: readonly string[], since: string): Promise<Seen<LoginRecord>> {
  const user = userIds.length === 0 ? "" : `UserId IN (${userIds.map(quoted).join(", ")}) AND `;
  const fields = "UserId, LoginTime, Status, SourceIp, Application, LoginType, LoginSubType";
  const soql = `SELECT ${fields} FROM LoginHistory WHERE ${user}LoginTime >= ${since} ORDER BY LoginTime DESC LIMIT ${mostLogins}`;
  return seen(org, "LoginHistory", soql, mostLogins);
}

async function seen<Row extends object>(
  org: TargetOrg,
  object: string,
  soql: string,
  upTo: number,
): Promise<Seen<Row>> {
  try {
    return { rows: await queryOrg<Row>(org, soql, { upTo }), unseen: [] };
  } catch (error) {
    return { rows: [], unseen: [notRead(object, error)] };
  }
}

function notRead(object: string, error: unknown): string {
  const reason = reasonOf(error).replace(/\s+/g, " ");
  return messagesOf("appUse").getMessage("unseen.refused", [object, reason]);
}

/** By Id: the users in whose names tokens are, or have been, issued. */
async function readUsernames(
  org: TargetOrg,
  runAs: readonly string[],
  tokens: readonly TokenRecord[],
): Promise<{ usernames: Map<string, string>; unseen: string[] }> {
  const ids = [...new Set(tokens.map(({ UserId }) => UserId))];
  const conditions = [
    ...(runAs.length === 0 ? [] : [`Username IN (${runAs.map(quoted).join(", ")})`]),
    ...(ids.length === 0 ? [] : [`Id IN (${ids.map(quoted).join(", ")})`]),
  ];
  if (conditions.length === 0) return { usernames: new Map(), unseen: [] };
  const soql = `SELECT Id, Username FROM User WHERE ${conditions.join(" OR ")}`;
  const { rows, unseen } = await seen<{ Id: string; Username: string }>(org, "User", soql, mostTokens);
  const usernames = new Map([
    ...ids.map((id): [string, string] => [id, id]),
    ...rows.map(({ Id, Username }): [string, string] => [Id, Username]),
  ]);
  return { usernames, unseen };
}

function sourcesOf(
  logins: readonly LoginRecord[],
  usernames: ReadonlyMap<string, string>,
): AppUse["sources"] {
  const flowOf = ({ LoginSubType, LoginType }: LoginRecord) => LoginSubType ?? LoginType ?? "";
  const groups = Map.groupBy(logins, (login) =>
    JSON.stringify([login.UserId, login.SourceIp, flowOf(login)]),
  );
  return [...groups.values()].flatMap((group) => {
    // The newest come first.
    const [newest] = group;
    if (newest === undefined) return [];
    const tokens = group.filter(isSuccess).length;
    return [
      {
        username: usernames.get(newest.UserId) ?? newest.UserId,
        sourceIp: newest.SourceIp ?? "",
        flow: flowOf(newest),
        tokens,
        refused: group.length - tokens,
        last: utc(newest.LoginTime),
      },
    ];
  });
}

function isSuccess({ Status }: LoginRecord): boolean {
  return /^success$/i.test(Status ?? "");
}

/** The org writes times with an offset. */
function utc(time: string): string {
  return new Date(time).toISOString();
}
