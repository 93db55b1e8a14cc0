import { setDefaults } from "@jsforce/jsforce-node/lib/request.js";
import { AuthInfo, AuthRemover, StateAggregator } from "@salesforce/core";
import type { RunningOrg } from "../start.ts";

/** An authorization that was added to the Salesforce CLI, and is to be taken away again. */
export interface Authorization {
  alias: string;
  username: string;
}

/** Which of the aliases belong to other usernames already: these must not be overwritten. */
export async function foreignAliases(wanted: readonly Authorization[]): Promise<Authorization[]> {
  const { aliases } = await StateAggregator.getInstance();
  return wanted.flatMap(({ alias, username }) => {
    const owner = aliases.getUsername(alias);
    return !owner || owner === username ? [] : [{ alias, username: owner }];
  });
}

/** Makes the Salesforce CLI know an org by its alias, as `sf org login access-token` does. */
export async function authorize({ alias, adminUsername, accessToken, org }: RunningOrg): Promise<void> {
  // The org is on this machine: a proxy of the environment, which the library takes by default, would not find it.
  setDefaults({ followRedirect: true });
  const authInfo = await AuthInfo.create({
    username: adminUsername,
    accessTokenOptions: { accessToken, instanceUrl: org.myDomainUrl, loginUrl: org.myDomainUrl },
  });
  await authInfo.save();
  await authInfo.setAlias(alias);
}

/**
 * Takes authorizations away with their aliases, as `sf org logout` does; those that are gone already are no problem.
 * An alias that names another username by now is left alone.
 */
export async function removeAuthorizations(authorizations: readonly Authorization[]): Promise<void> {
  // This process may have run for long: aliases and settings may have changed since it read them.
  StateAggregator.clearInstance();
  const remover = await AuthRemover.create({ skipCache: true });
  const known = new Set(Object.keys(remover.findAllAuths()));
  const { aliases } = await StateAggregator.getInstance();
  for (const { alias, username } of authorizations) {
    if (known.has(username)) await remover.removeAuth(username);
    if (aliases.getUsername(alias) === username) await aliases.unsetAndSave(alias);
  }
}
