import { type Connection, Org, SfError } from "@salesforce/core";
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
}

/**
 * Connects to an org that the Salesforce CLI knows.
 *
 * @param aliasOrUsername without it, the configured target-org
 * @throws SfError `OrgNotFound`, `NoTargetOrg`, `InvalidApiVersion` or `InsecureInstanceUrl`
 */
export async function connectOrg(
  aliasOrUsername: string | undefined,
  apiVersion: string | undefined,
): Promise<TargetOrg> {
  const messages = messagesOf("org");
  if (apiVersion !== undefined && !/^\d{2,3}\.0$/.test(apiVersion)) {
    throw messages.createError("invalidApiVersion", [apiVersion]);
  }
  const org = await Org.create(aliasOrUsername === undefined ? {} : { aliasOrUsername }).catch(
    (error: unknown) => {
      const { name, message } = SfError.wrap(error);
      if (
        name === "NoUsernameFoundError" ||
        (aliasOrUsername === undefined && name === "NamedOrgNotFoundError")
      ) {
        throw messages.createError("noTargetOrg", [message]);
      }
      if (name === "NamedOrgNotFoundError")
        throw messages.createError("orgNotFound", [aliasOrUsername, message]);
      throw error;
    },
  );
  const connection = org.getConnection(apiVersion);
  const instanceUrl = connection.instanceUrl.replace(/\/+$/, "");
  const { protocol, hostname } = new URL(instanceUrl);
  if (protocol !== "https:" && !["localhost", "127.0.0.1", "[::1]"].includes(hostname)) {
    throw messages.createError("insecureInstanceUrl", [instanceUrl]);
  }
  const username = org.getUsername() ?? "";
  return { connection, id: org.getOrgId(), name: aliasOrUsername ?? username, username, instanceUrl };
}
