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
export async function authorize({
  alias,
  adminUsername,
  accessToken,
  org,
}: RunningOrg): Promise<Authorization> {
  const authInfo = await AuthInfo.create({
    username: adminUsername,
    accessTokenOptions: { accessToken, instanceUrl: org.myDomainUrl, loginUrl: org.myDomainUrl },
  });
  await authInfo.save();
  await authInfo.setAlias(alias);
  return { alias, username: adminUsername };
}

/** Takes authorizations away with their aliases; those that are gone already are no problem. */
export async function removeAuthorizations(authorizations: readonly Authorization[]): Promise<void> {
  const remover = await AuthRemover.create();
  for (const { username } of authorizations) {
    await remover.removeAuth(username).catch((error: Error) => {
      if (!/NotFound/.test(error.name)) throw error;
    });
  }
}
