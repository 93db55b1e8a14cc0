import { setDefaults } from "@jsforce/jsforce-node/lib/request.js";
import { AuthInfo, AuthRemover, StateAggregator } from "@salesforce/core";
import type { RunningOrg } from "../start.ts";

/** An authorization that was added to the Salesforce CLI, and will be removed again. */
export interface Authorization {
  alias: string;
  username: string;
}

/** Which of the aliases already belong to other usernames. These must not be overwritten. */
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
 * Removes authorizations and their aliases, as `sf org logout` does. Those that are already gone do not matter. An
 * alias that now names another username is left alone.
 */
export async function removeAuthorizations(authorizations: readonly Authorization[]): Promise<void> {
  // This process may have run for a long time, so aliases and settings may have changed since it read them.
  StateAggregator.clearInstance();
  const remover = await AuthRemover.create({ skipCache: true });
  const known = new Set(Object.keys(remover.findAllAuths()));
  const { aliases } = await StateAggregator.getInstance();
  for (const { alias, username } of authorizations) {
    if (known.has(username)) await remover.removeAuth(username);
    if (aliases.getUsername(alias) === username) await aliases.unsetAndSave(alias);
  }
}
