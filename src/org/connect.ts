import {
  AuthInfo,
  ConfigAggregator,
  Connection,
  OrgConfigProperties,
  SfError,
  StateAggregator,
} from "@salesforce/core";
import { messagesOf } from "../messages.ts";

/** A connected org, as far as a run needs to know it. */
export interface TargetOrg {
  connection: Connection;
  /** 18-character Id. */
  id: string;
  /** The alias where the user gave one, else the username. */
  name: string;
  username: string;
  /** My Domain URL without a trailing slash. */
  instanceUrl: string;
  /** Makes a call when the limits of calls at the same time allow it. */
  limit: Limit;
}

/** Does some work at once or, where too much is under way, later. */
export type Limit = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Connects to an org that the Salesforce CLI knows.
 *
 * @param limit holds back calls, where many orgs are asked at the same time
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
  const named = aliasOrUsername ?? (await configuredTargetOrg());
  if (named === undefined) throw messages.createError("noTargetOrg");
  const { aliases } = await StateAggregator.getInstance();
  const username = aliases.resolveUsername(named);
  const authInfo = await AuthInfo.create({ username }).catch((error: unknown) => {
    const { name, message } = SfError.wrap(error);
    throw name === "NamedOrgNotFoundError" ? messages.createError("orgNotFound", [named, message]) : error;
  });
  // Without a version, the org is asked for its newest one, unless it was asked in the last day.
  const version = apiVersion === undefined ? {} : { connectionOptions: { version: apiVersion } };
  const connection = await limit(() => Connection.create({ authInfo, ...version }));
  const instanceUrl = connection.instanceUrl.replace(/\/+$/, "");
  const { protocol, hostname } = new URL(instanceUrl);
  if (protocol !== "https:" && !["localhost", "127.0.0.1", "[::1]"].includes(hostname)) {
    throw messages.createError("insecureInstanceUrl", [instanceUrl]);
  }
  return { connection, id: authInfo.getFields().orgId ?? "", name: named, username, instanceUrl, limit };
}

async function configuredTargetOrg(): Promise<string | undefined> {
  const aggregator = await ConfigAggregator.create();
  return aggregator.getPropertyValue<string>(OrgConfigProperties.TARGET_ORG) ?? undefined;
}
