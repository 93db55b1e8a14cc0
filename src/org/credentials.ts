import { SfError } from "@salesforce/core/sfError";
import type { Consumer } from "../app/consumer.ts";
import { messagesOf } from "../messages.ts";
import { askOrg } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";
import { queryOrg } from "./queryOrg.ts";
import { quoted } from "./soql.ts";

/**
 * The consumer key and secret that the org made for an external client app, by its Connect REST resources. The org lets
 * them be read only where its setting and the user's permission allow it.
 *
 * @throws SfError `CredentialsNotReadableError` with the org's words, and which setting and permission to look at
 * @see https://developer.salesforce.com/docs/atlas.en-us.chatterapi.meta/chatterapi/connect_resources_oauth_credentials.htm
 */
export async function readCredentials(org: TargetOrg, appName: string): Promise<Consumer> {
  try {
    return await requestCredentials(org, appName);
  } catch (error) {
    const { message } = SfError.wrap(error);
    throw messagesOf("org").createError("credentialsNotReadable", [appName, org.name, message]);
  }
}

async function requestCredentials(org: TargetOrg, appName: string): Promise<Consumer> {
  const { connection } = org;
  const soql = `SELECT Id FROM ExternalClientApplication WHERE DeveloperName = ${quoted(appName)}`;
  const records = await queryOrg<{ Id: string }>(org, soql);
  const appId = records[0]?.Id;
  if (appId === undefined) throw new Error(messagesOf("org").getMessage("noSuchApplication", [appName]));

  const resource = `/services/data/v${connection.version}/apps/oauth/credentials/${appId}`;
  const get = <Answer>(path: string) =>
    askOrg(org, "read of OAuth credentials", () => connection.request<Answer>(path));
  const { consumers } = await get<{ consumers: { id: string }[] }>(resource);
  const consumerId = consumers[0]?.id;
  if (consumerId === undefined) throw new Error(messagesOf("org").getMessage("noConsumer", [appName]));
  const { key, secret } = await get<Consumer>(`${resource}/${consumerId}?part=keyandsecret`);
  return { key, secret };
}
