import { administrator } from "../administrator.ts";
import type { Org } from "../org.ts";
import { derivedId } from "../salesforceId.ts";
import { timeZone } from "../timeZone.ts";
import {
  auditFields,
  auditValues,
  boolean,
  datetime,
  id,
  type ObjectType,
  reference,
  string,
} from "./objectType.ts";
import { profileId } from "./profileId.ts";

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_user.htm */
export const userObject: ObjectType = {
  name: "User",
  label: "User",
  keyPrefix: "005",
  fields: {
    Id: id,
    Username: string,
    Name: string,
    FirstName: string,
    LastName: string,
    Email: string,
    Alias: string,
    CommunityNickname: string,
    IsActive: boolean,
    ProfileId: reference("Profile"),
    UserType: string,
    FederationIdentifier: string,
    LastLoginDate: datetime,
    EmailEncodingKey: string,
    LanguageLocaleKey: string,
    LocaleSidKey: string,
    TimeZoneSidKey: string,
    ...auditFields,
  },
  records: (org) =>
    org.users.map((user) => {
      const [firstName = "", ...rest] = user.name.split(" ");
      return {
        Id: user.id,
        Username: user.username,
        Name: user.name,
        FirstName: firstName,
        LastName: rest.join(" "),
        Email: user.email,
        Alias: user.name.toLowerCase().replaceAll(" ", "").slice(0, 8),
        CommunityNickname: user.username.split("@")[0] ?? "",
        IsActive: user.isActive,
        ProfileId: profileId(org, user.profileName),
        UserType: "Standard",
        FederationIdentifier: null,
        LastLoginDate: user.lastLoginAt === undefined ? null : new Date(user.lastLoginAt).toISOString(),
        EmailEncodingKey: "UTF-8",
        LanguageLocaleKey: "en_US",
        LocaleSidKey: "en_US",
        TimeZoneSidKey: timeZone,
        ...orgAudit(org),
      };
    }),
};

/**
 * Where a frozen user shows: it stays active.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_userlogin.htm
 */
export const userLoginObject: ObjectType = {
  name: "UserLogin",
  label: "User Login",
  keyPrefix: "0Yw",
  readableWith: ["ManageUsers"],
  fields: {
    Id: id,
    UserId: reference("User"),
    IsFrozen: boolean,
    IsPasswordLocked: boolean,
    LastModifiedDate: datetime,
    LastModifiedById: reference("User", "LastModifiedBy"),
  },
  records: (org) =>
    org.users.map((user) => ({
      Id: derivedId("0Yw", org.id, user.id),
      UserId: user.id,
      IsFrozen: user.isFrozen,
      IsPasswordLocked: false,
      LastModifiedDate: new Date(org.createdAt).toISOString(),
      LastModifiedById: administrator(org).id,
    })),
};

function orgAudit(org: Org) {
  return auditValues({ at: org.createdAt, byId: administrator(org).id });
}
