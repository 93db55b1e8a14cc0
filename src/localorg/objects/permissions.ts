import { administrator } from "../administrator.ts";
import type { Org } from "../org.ts";
import { licenseOfProfile, permissionSetLicenses, standardProfiles, userLicenses } from "../profiles.ts";
import { derivedId } from "../salesforceId.ts";
import { hasPermission, type UserPermission, userPermissions } from "../userPermissions.ts";
import {
  auditFields,
  auditValues,
  boolean,
  datetime,
  type Field,
  type FieldValues,
  id,
  int,
  type ObjectType,
  reference,
  string,
} from "./objectType.ts";
import { profileId } from "./profileId.ts";

/** A field for each user permission. */
const permissionFields: Record<string, Field> = Object.fromEntries(
  userPermissions.map((permission) => [`Permissions${permission}`, boolean]),
);

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_profile.htm */
export const profileObject: ObjectType = {
  name: "Profile",
  label: "Profile",
  keyPrefix: "00e",
  fields: {
    Id: id,
    Name: string,
    Description: string,
    UserType: string,
    UserLicenseId: reference("UserLicense"),
    ...permissionFields,
    ...auditFields,
  },
  records: (org) =>
    org.profiles.map(({ name, permissions }) => ({
      Id: profileId(org, name),
      Name: name,
      Description: null,
      UserType: standardProfiles[name]?.userType ?? "Standard",
      UserLicenseId: userLicenseId(org, licenseOfProfile(name)),
      ...permissionValues(permissions),
      ...orgAudit(org),
    })),
};

/**
 * What the org's users are licensed for, by their profiles.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_userlicense.htm
 */
export const userLicenseObject: ObjectType = {
  name: "UserLicense",
  label: "User License",
  keyPrefix: "100",
  fields: {
    Id: id,
    LicenseDefinitionKey: string,
    MasterLabel: string,
    Name: string,
    Status: string,
    TotalLicenses: int,
    UsedLicenses: int,
  },
  records: (org) =>
    userLicenses.map(({ name, total }) => ({
      Id: userLicenseId(org, name),
      LicenseDefinitionKey: name.toUpperCase().replaceAll(" ", "_"),
      MasterLabel: name,
      Name: name,
      Status: "Active",
      TotalLicenses: total,
      UsedLicenses: org.users.filter(
        ({ isActive, profileName }) => isActive && licenseOfProfile(profileName) === name,
      ).length,
    })),
};

/**
 * What users can be licensed for besides.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_permissionsetlicense.htm
 */
export const permissionSetLicenseObject: ObjectType = {
  name: "PermissionSetLicense",
  label: "Permission Set License",
  keyPrefix: "0PL",
  fields: {
    Id: id,
    DeveloperName: string,
    MasterLabel: string,
    Status: string,
    TotalLicenses: int,
    UsedLicenses: int,
  },
  records: (org) =>
    permissionSetLicenses.map(({ name, label, total }) => ({
      Id: derivedId("0PL", org.id, name),
      DeveloperName: name,
      MasterLabel: label,
      Status: "Active",
      TotalLicenses: total,
      UsedLicenses: org.users.filter((user) => user.permissionSetLicenses?.includes(name)).length,
    })),
};

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_permissionsetlicenseassign.htm */
export const permissionSetLicenseAssignObject: ObjectType = {
  name: "PermissionSetLicenseAssign",
  label: "Permission Set License Assignment",
  keyPrefix: "2LA",
  fields: {
    Id: id,
    AssigneeId: reference("User", "Assignee"),
    PermissionSetLicenseId: reference("PermissionSetLicense"),
  },
  records: (org) =>
    org.users.flatMap((user) =>
      (user.permissionSetLicenses ?? []).map((name) => ({
        Id: derivedId("2LA", user.id, name),
        AssigneeId: user.id,
        PermissionSetLicenseId: derivedId("0PL", org.id, name),
      })),
    ),
};

/**
 * Permission sets, and the hidden one behind each profile (IsOwnedByProfile).
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_permissionset.htm
 */
export const permissionSetObject: ObjectType = {
  name: "PermissionSet",
  label: "Permission Set",
  keyPrefix: "0PS",
  fields: {
    Id: id,
    Name: string,
    Label: string,
    Description: string,
    Type: string,
    NamespacePrefix: string,
    IsCustom: boolean,
    IsOwnedByProfile: boolean,
    ProfileId: reference("Profile"),
    ...permissionFields,
    ...auditFields,
  },
  records: (org) => [
    ...org.permissionSets.map(({ id, name, label, permissions }) => ({
      ...permissionSet(org, id, name, label),
      Type: "Regular",
      IsOwnedByProfile: false,
      ProfileId: null,
      ...permissionValues(permissions),
    })),
    ...org.profiles.map(({ name, permissions }) => {
      const owner = profileId(org, name);
      return {
        ...permissionSet(
          org,
          profilePermissionSetId(org, name),
          `X${owner.slice(0, 15)}`,
          owner.slice(0, 15),
        ),
        Type: "Profile",
        IsOwnedByProfile: true,
        ProfileId: owner,
        ...permissionValues(permissions),
      };
    }),
  ],
};

/**
 * Who has which permission set; a profile counts as one through its hidden permission set.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_permissionsetassignment.htm
 */
export const permissionSetAssignmentObject: ObjectType = {
  name: "PermissionSetAssignment",
  label: "Permission Set Assignment",
  keyPrefix: "0Pa",
  readableWith: ["ViewSetup", "AssignPermissionSets", "ManageUsers"],
  fields: {
    Id: id,
    AssigneeId: reference("User", "Assignee"),
    PermissionSetId: reference("PermissionSet"),
    PermissionSetGroupId: id,
    ExpirationDate: datetime,
    IsActive: boolean,
    IsRevoked: boolean,
    SystemModstamp: datetime,
  },
  records: (org) =>
    org.users.flatMap((user) => {
      const assigned = org.permissionSets.filter(({ name }) => user.permissionSets.includes(name));
      const ids = [profilePermissionSetId(org, user.profileName), ...assigned.map((set) => set.id)];
      return ids.map((permissionSetId) => ({
        Id: assignmentId(user.id, permissionSetId),
        AssigneeId: user.id,
        PermissionSetId: permissionSetId,
        PermissionSetGroupId: null,
        ExpirationDate: null,
        IsActive: true,
        IsRevoked: false,
        SystemModstamp: new Date(org.createdAt).toISOString(),
      }));
    }),
};

/**
 * Which permissions the user who asks has: one record, which needs no permission to be read.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_userpermissionaccess.htm
 */
export const userPermissionAccessObject: ObjectType = {
  name: "UserPermissionAccess",
  label: "User Permission Access",
  keyPrefix: "000",
  fields: { Id: id, LastCacheUpdate: datetime, ...permissionFields },
  records: (org, user) => [
    {
      Id: "000000000000000AAA",
      LastCacheUpdate: new Date(org.createdAt).toISOString(),
      ...permissionValues(userPermissions.filter((permission) => hasPermission(org, user, permission))),
    },
  ],
};

/** The Id of the assignment of a permission set to a user. */
export function assignmentId(userId: string, permissionSetId: string): string {
  return derivedId("0Pa", userId, permissionSetId);
}

function permissionSet(org: Org, setId: string, name: string, label: string): FieldValues {
  return {
    Id: setId,
    Name: name,
    Label: label,
    Description: null,
    NamespacePrefix: null,
    IsCustom: true,
    ...orgAudit(org),
  };
}

function permissionValues(granted: readonly UserPermission[] = []): FieldValues {
  return Object.fromEntries(
    userPermissions.map((permission) => [`Permissions${permission}`, granted.includes(permission)]),
  );
}

function userLicenseId(org: Org, name: string): string {
  return derivedId("100", org.id, name);
}

function profilePermissionSetId(org: Org, profileName: string): string {
  return derivedId("0PS", org.id, profileName);
}

function orgAudit(org: Org): FieldValues {
  return auditValues({ at: org.createdAt, byId: administrator(org).id });
}
