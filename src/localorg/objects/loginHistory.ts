import { datetime, id, notFilterable, type ObjectType, reference, string } from "./objectType.ts";

/**
 * Who tried to get a token in the name of a user, and why there was none.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_loginhistory.htm
 */
export const loginHistoryObject: ObjectType = {
  name: "LoginHistory",
  label: "Login History",
  keyPrefix: "0Ya",
  ownRecordsUnless: ["ManageUsers", "MonitorLoginHistory"],
  fields: {
    Id: id,
    UserId: reference("User"),
    LoginTime: datetime,
    ...notFilterable({
      Application: string,
      ForwardedForIp: string,
      LoginSubType: string,
      LoginType: string,
      LoginUrl: string,
      SourceIp: string,
      Status: string,
    }),
  },
  records: ({ logins, myDomainUrl }) =>
    logins.map((login) => ({
      Id: login.id,
      UserId: login.userId,
      LoginTime: new Date(login.at).toISOString(),
      Application: login.application,
      ForwardedForIp: login.forwardedForIp ?? null,
      LoginSubType: "OauthClientCredentials",
      LoginType: "Remote Access 2.0",
      LoginUrl: new URL(myDomainUrl).host,
      SourceIp: login.sourceIp,
      Status: login.status,
    })),
};
