import type { Org, OrgLogin } from "../org.ts";
import { derivedId } from "../salesforceId.ts";
import { datetime, type FieldValues, id, int, type ObjectType, reference, string } from "./objectType.ts";

/**
 * Which apps have got tokens, in whose name, and how often: one record for each app and user.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_oauthtoken.htm
 */
export const oauthTokenObject: ObjectType = {
  name: "OauthToken",
  label: "OAuth Token",
  keyPrefix: "0CW",
  ownRecordsUnless: ["CustomizeApplication"],
  fields: {
    Id: id,
    AppName: string,
    UserId: reference("User"),
    CreatedDate: datetime,
    LastUsedDate: datetime,
    UseCount: int,
  },
  records: (org) => {
    const successes = org.logins.filter(({ status }) => status === "Success");
    const byUse = Map.groupBy(successes, (login) => JSON.stringify([login.application, login.userId]));
    return [...byUse.values()].map((logins) => tokenOf(org, logins as [OrgLogin, ...OrgLogin[]]));
  },
};

function tokenOf({ id: orgId }: Org, logins: [OrgLogin, ...OrgLogin[]]): FieldValues {
  const [{ application, userId, at }] = logins;
  return {
    Id: derivedId("0CW", orgId, application, userId),
    AppName: application,
    UserId: userId,
    CreatedDate: new Date(at).toISOString(),
    LastUsedDate: new Date(logins.at(-1)?.at ?? at).toISOString(),
    UseCount: logins.length,
  };
}
