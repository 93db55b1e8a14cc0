import { accessSync, constants } from "node:fs";
import { setDefaults, setDispatcher } from "@jsforce/jsforce-node/lib/request.js";
import {
  AuthInfo,
  ConfigAggregator,
  Connection,
  Global,
  OrgConfigProperties,
  StateAggregator,
} from "@salesforce/core";
import { maySendSecrets } from "../app/thisMachine.ts";
import { makeFolder } from "../files/folder.ts";
import { messagesOf } from "../messages.ts";
import { namedProxy } from "../network/proxies.ts";
import { transport } from "../network/transport.ts";
import type { WholeAnswer } from "../network/wholeAnswer.ts";
import { SfError } from "../sfError.ts";
import { askOrg, type Limit } from "./askOrg.ts";
import { noteTime } from "./orgTime.ts";
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
 * @param limit holds back calls if many orgs are asked at the same time
 * @param aliasOrUsername without it, the configured target-org
 * @throws SfError `OrgNotFoundError`, `NoTargetOrgError`, `InvalidApiVersionError` or `InsecureInstanceUrlError`
 */
export async function connectOrg(
  aliasOrUsername: string | undefined,
  apiVersion: string | undefined,
  limit: Limit = (work) => work(),
): Promise<TargetOrg> {
  const messages = messagesOf("org");
  if (apiVersion !== undefined && !/^\d{2,3}\.0$/.test(apiVersion)) {
    throw messages.createError("invalidApiVersion", [apiVersion]);
  }
  requireHome();
  const named = aliasOrUsername ?? (await configured(OrgConfigProperties.TARGET_ORG));
  if (named === undefined) throw messages.createError("noTargetOrg");
  const { aliases } = await StateAggregator.getInstance();
  const username = aliases.resolveUsername(named);
  const authInfo = await AuthInfo.create({ username }).catch((error: unknown) => {
    const { name, message } = SfError.wrap(error);
    throw name === "NamedOrgNotFoundError" ? messages.createError("orgNotFound", [named, message]) : error;
  });
  sendByOurTransport();
  const version = apiVersion ?? (await configured(OrgConfigProperties.ORG_API_VERSION));
  // Without a version, the library would ask the org, and go on with an old version if it got no answer.
  const connectionOptions = { version: version ?? "65.0" };
  const connection = await Connection.create({ authInfo, connectionOptions });
  const instanceUrl = connection.instanceUrl.replace(/\/+$/, "");
  if (!maySendSecrets(new URL(instanceUrl))) {
    throw messages.createError("insecureInstanceUrl", [instanceUrl]);
  }
  const org = { connection, id: authInfo.getFields().orgId ?? "", name: named, username, instanceUrl, limit };
  if (version === undefined) connection.setApiVersion(await newestApiVersion(org));
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

type Configuration = Partial<Record<OrgConfigProperties, string | undefined>>;

/** What the library found in files and variables. It would look through all variables again for each value. */
const configurations = new WeakMap<ConfigAggregator, Configuration>();

async function configured(property: OrgConfigProperties): Promise<string | undefined> {
  const aggregator = await ConfigAggregator.create();
  const known: Configuration = configurations.get(aggregator) ?? {};
  configurations.set(aggregator, known);
  if (!(property in known)) known[property] = aggregator.getPropertyValue<string>(property) ?? undefined;
  return known[property];
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
function sendByOurTransport(): void {
  setDispatcher(transport(rules));
  setDefaults({ followRedirect: false, retry: { maxRetries: 0 } });
}

/** The org's newest API version. The library knows it if it asked within the last day. */
async function newestApiVersion(org: TargetOrg): Promise<string> {
  // Behind a proxy, the proxy must find the host.
  if (namedProxy(new URL(org.instanceUrl).protocol)) process.env.SF_DISABLE_DNS_CHECK ??= "true";
  return askOrg(org, messagesOf("org").getMessage("call.versions"), () =>
    org.connection.retrieveMaxApiVersion(),
  );
}
