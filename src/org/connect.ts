import { accessSync, constants } from "node:fs";
import { Connection } from "@jsforce/jsforce-node/lib/core.js";
import { setDefaults, setDispatcher } from "@jsforce/jsforce-node/lib/request.js";
// The part of the Salesforce library's connection for the Metadata API.
import "@jsforce/jsforce-node/lib/api/metadata.js";
import type { AuthFields } from "@salesforce/core";
import { ConfigAggregator } from "@salesforce/core/configAggregator";
import { Global } from "@salesforce/core/global";
import { StateAggregator } from "@salesforce/core/stateAggregator";
import { maySendSecrets } from "../app/thisMachine.ts";
import { makeFolder } from "../files/folder.ts";
import { messagesOf } from "../messages.ts";
import { namedProxy } from "../network/proxies.ts";
import { transport } from "../network/transport.ts";
import type { WholeAnswer } from "../network/wholeAnswer.ts";
import { SfError } from "../sfError.ts";
import { askOrg, type Limit } from "./askOrg.ts";
import { noteTime } from "./orgTime.ts";
import { PlainTransport } from "./plainTransport.ts";
import { refuseAnswer } from "./refuseAnswer.ts";

/** A connected org, as far as runs need it. */
export interface TargetOrg {
  connection: Connection;
  /** 18-character Id. */
  id: string;
  /** The alias if the user gave one, else the username. */
  name: string;
  username: string;
  /** My Domain URL without a trailing slash. */
  instanceUrl: string;
  /** Makes a call when the limit of simultaneous calls allows it. */
  limit: Limit;
}

/**
 * Connects to an org that the Salesforce CLI knows.
 *
 * @param aliasOrUsername without it, the configured target-org
 * @throws SfError `OrgNotFoundError`, `NoTargetOrgError`, `InvalidApiVersionError` or `InsecureInstanceUrlError`
 */
export async function connectOrg(
  aliasOrUsername: string | undefined,
  apiVersion: string | undefined,
): Promise<TargetOrg> {
  return connectOneOf(await openLogins(), aliasOrUsername, { apiVersion });
}

/** What a run knows of this machine's logins before it connects to any org. */
export interface Logins {
  targetOrg: string | undefined;
  apiVersion: string | undefined;
  aliases: StateAggregator["aliases"];
  transport: PlainTransport;
}

/** Looks up once what all orgs of a run need. @throws the error of the file system, or SfError `InvalidProxyError` */
export async function openLogins(): Promise<Logins> {
  requireHome();
  const configured = await ConfigAggregator.create();
  const { aliases } = await StateAggregator.getInstance();
  return {
    targetOrg: configured.getPropertyValue<string>("target-org") ?? undefined,
    apiVersion: configured.getPropertyValue<string>("org-api-version") ?? undefined,
    aliases,
    transport: sendByOurTransport(),
  };
}

/**
 * Connects to one of many orgs.
 *
 * @param limit holds back calls
 * @throws SfError as `connectOrg`
 */
export async function connectOneOf(
  { aliases, transport, ...configured }: Logins,
  aliasOrUsername: string | undefined,
  { apiVersion, limit = (work) => work() }: { apiVersion?: string | undefined; limit?: Limit | undefined },
): Promise<TargetOrg> {
  const messages = messagesOf("org");
  if (apiVersion !== undefined && !/^\d{2,3}\.0$/.test(apiVersion)) {
    throw messages.createError("invalidApiVersion", [apiVersion]);
  }
  const named = aliasOrUsername ?? configured.targetOrg;
  if (named === undefined) throw messages.createError("noTargetOrg");
  const username = aliases.resolveUsername(named);
  const login = await loginOf(username).catch((error: unknown) => {
    const { name, message } = SfError.wrap(error);
    throw name === "NamedOrgNotFoundError" ? messages.createError("orgNotFound", [named, message]) : error;
  });
  const version = apiVersion ?? configured.apiVersion ?? knownVersion(login);
  const connection = connectionOf(username, login, version);
  connection._transport = transport;
  const instanceUrl = connection.instanceUrl.replace(/\/+$/, "");
  if (!maySendSecrets(new URL(instanceUrl))) {
    throw messages.createError("insecureInstanceUrl", [instanceUrl]);
  }
  const org = { connection, id: login.orgId ?? "", name: named, username, instanceUrl, limit };
  if (version === undefined) connection.version = await newestApiVersion(org);
  return org;
}

/**
 * The library makes its folder in a way that never ends in some homes, and takes a login for missing where it can only
 * read.
 *
 * @throws the error of the file system
 */
function requireHome(): void {
  makeFolder(Global.SFDX_DIR);
  accessSync(Global.SFDX_DIR, constants.R_OK | constants.W_OK);
}

/**
 * What the Salesforce CLI knows of a login, from its file, of which nothing is kept in memory. What cannot be read so is left to
 * the whole library, which knows what else may name an org, and what is wrong with a file.
 *
 * @throws SfError of the library
 */
async function loginOf(username: string): Promise<AuthFields> {
  const { orgs } = await StateAggregator.getInstance();
  const login = await orgs.peek(username, true);
  if (login?.accessToken !== undefined && login.instanceUrl !== undefined) return login;
  const { loginByLibrary } = await import("./salesforceLibrary.ts");
  return loginByLibrary(username);
}

/** How the Salesforce CLI calls itself, with what a user adds to it. */
const client = () => `sfdx toolbelt:${process.env.SFDX_SET_CLIENT_IDS ?? ""}`;

/** The client library's own connection: that of the whole library takes twice as long to load, and adds nothing that runs need. */
function connectionOf(username: string, login: AuthFields, version = "65.0"): Connection {
  const { accessToken, instanceUrl, refreshToken, privateKey } = login;
  const isRenewable = refreshToken !== undefined || privateKey !== undefined;
  return new Connection({
    ...(accessToken === undefined ? {} : { accessToken }),
    ...(instanceUrl === undefined ? {} : { instanceUrl }),
    version,
    callOptions: { client: client() },
    ...(isRenewable
      ? {
          refreshFn: (connection, done) => {
            import("./salesforceLibrary.ts")
              .then(({ newSession }) => newSession({ username, connection }))
              .then((token) => done(null, token), done);
          },
        }
      : {}),
  });
}

/**
 * What an answer of an org may take at most. Salesforce lets a request run two minutes, and the zip of a retrieve have
 * 39 MB, which are 52 in its XML.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_metadata.htm
 */
const rules = {
  seconds: 120,
  mebibytes: 64,
  refuse: (answer: WholeAnswer) => {
    noteTime(answer);
    return refuseAnswer(answer);
  },
};

/**
 * Makes the Salesforce library's requests go the way of ours: its own way sends the user's token wherever a redirect
 * points, takes parts of answers for answers, and crashes if a connection breaks in the middle of one. Only `askOrg`
 * decides what is tried again.
 */
function sendByOurTransport(): PlainTransport {
  const dispatcher = transport(rules);
  // What the library sends besides, such as the request for a new session.
  setDispatcher(dispatcher);
  setDefaults({ followRedirect: false, retry: { maxRetries: 0 } });
  return new PlainTransport(dispatcher, client());
}

const day = 24 * 60 * 60 * 1000;

/** The org's newest API version, if the CLI asked for it within the last day. */
function knownVersion(login: AuthFields): string | undefined {
  const { instanceApiVersion: version, instanceApiVersionLastRetrieved: asked = "" } = login;
  if (process.env.SFDX_IGNORE_API_VERSION_CACHE || version === undefined) return undefined;
  return /^\d{2,3}\.0$/.test(version) && Date.now() - Date.parse(asked) <= day ? version : undefined;
}

/** The same by a question to the org. The library keeps the answer for the CLI. */
async function newestApiVersion(org: TargetOrg): Promise<string> {
  // Behind a proxy, the proxy must find the host.
  if (namedProxy(new URL(org.instanceUrl).protocol)) process.env.SF_DISABLE_DNS_CHECK ??= "true";
  const { connectionOfLibrary } = await import("./salesforceLibrary.ts");
  const connection = await connectionOfLibrary(org);
  return askOrg(org, messagesOf("org").getMessage("call.versions"), () => connection.retrieveMaxApiVersion());
}
