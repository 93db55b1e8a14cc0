import { type AuthFields, AuthInfo, Connection } from "@salesforce/core";
import type { TargetOrg } from "./connect.ts";

// What needs the whole of the Salesforce CLI's library, which takes a third of a second to load: imported only where it is
// used.

/**
 * A login, whatever names it: also an access token in the place of a username.
 *
 * @throws SfError of the library that says why there is none, such as `NamedOrgNotFoundError`
 */
export async function loginByLibrary(username: string): Promise<AuthFields> {
  const authInfo = await AuthInfo.create({ username });
  return authInfo.getFields(true);
}

/** An org's login, and a connection to it. */
type Connected = Pick<TargetOrg, "username"> & {
  connection: Pick<TargetOrg["connection"], "version" | "_transport">;
};

/** The same connection, as the library makes it. */
export async function connectionOfLibrary({ username, connection }: Connected): Promise<Connection> {
  const { version, _transport } = connection;
  const authInfo = await AuthInfo.create({ username });
  const made = await Connection.create({ authInfo, connectionOptions: { version } });
  return Object.assign(made, { _transport });
}

/**
 * The access token of a new session, which is kept for the CLI.
 *
 * @throws the library's error, for a login that cannot be renewed too
 */
export async function newSession(org: Connected): Promise<string> {
  const connection = await connectionOfLibrary(org);
  const { refreshFn } = connection.getAuthInfo().getConnectionOptions();
  return new Promise((resolve, reject) => {
    const done = async (error: unknown, accessToken = "") => (error ? reject(error) : resolve(accessToken));
    if (refreshFn === undefined) reject(new Error(`The login of ${org.username} cannot be renewed.`));
    else refreshFn(connection, done).catch(reject);
  });
}
