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
  const configAggregator = await configuration();
  const configured = (property: OrgConfigProperties) =>
    configAggregator.getPropertyValue<string>(property) ?? undefined;
  const named = aliasOrUsername ?? configured(OrgConfigProperties.TARGET_ORG);
  if (named === undefined) throw messages.createError("noTargetOrg");
  const { aliases } = await StateAggregator.getInstance();
  const username = aliases.resolveUsername(named);
  const authInfo = await AuthInfo.create({ username }).catch((error: unknown) => {
    const { name, message } = SfError.wrap(error);
    throw name === "NamedOrgNotFoundError" ? messages.createError("orgNotFound", [named, message]) : error;
  });
  const ours = sendByOurTransport();
  const version = apiVersion ?? configured(OrgConfigProperties.ORG_API_VERSION);
  // Without a version, the library would ask the org, and go on with an old version if it got no answer.
  const connectionOptions = { version: version ?? "65.0" };
  const connection = await Connection.create({ authInfo, connectionOptions, configAggregator });
  connection._transport = ours;
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

const configurations = new WeakMap<ConfigAggregator, ConfigAggregator>();

/** What the library found in files and variables. By itself, it would look through all variables again for each value. */
async function configuration(): Promise<ConfigAggregator> {
  const aggregator = await ConfigAggregator.create();
  const known = configurations.get(aggregator) ?? remembering(aggregator);
  configurations.set(aggregator, known);
  return known;
}

function remembering(aggregator: ConfigAggregator): ConfigAggregator {
  const values = new Map<string, unknown>();
  return Object.create(aggregator, {
    getPropertyValue: {
      value: (property: string) => {
        if (!values.has(property)) values.set(property, aggregator.getPropertyValue(property));
        return values.get(property);
      },
    },
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
  return new PlainTransport(dispatcher);
}

/** The org's newest API version. The library knows it if it asked within the last day. */
async function newestApiVersion(org: TargetOrg): Promise<string> {
  // Behind a proxy, the proxy must find the host.
  if (namedProxy(new URL(org.instanceUrl).protocol)) process.env.SF_DISABLE_DNS_CHECK ??= "true";
  return askOrg(org, messagesOf("org").getMessage("call.versions"), () =>
    org.connection.retrieveMaxApiVersion(),
  );
}
