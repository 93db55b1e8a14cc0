/** A Run As user as an org has it. */
export interface RunAsFacts {
  username: string;
  isActive: boolean;
  /** Undefined where the org does not show it to who asks: that takes the permission Manage Users. */
  isFrozen: boolean | undefined;
  /** User permission "API Only User", by profile or by permission set. */
  apiOnly: boolean;
  profileName: string;
  /** Those of `watchedPermissions` that the user has, by profile or by permission set. */
  permissions: readonly string[];
  /** ISO 8601, UTC; undefined where the user never logged in. */
  lastLogin?: string | undefined;
}

/** What an org says of a spec's surroundings, there where an org was asked. */
export interface OrgFacts {
  runAsUser?: RunAsFacts | undefined;
  /** When the org was asked: ISO 8601, UTC. */
  askedAt?: string | undefined;
}

/**
 * The user permissions that decide what a stolen token is worth, and whether there is a token at all; each is a field
 * `Permissions…` of PermissionSet.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_permissionset.htm
 */
export const watchedPermissions = [
  "ApiEnabled",
  "ApiUserOnly",
  "AuthorApex",
  "CustomizeApplication",
  "ManageUsers",
  "ModifyAllData",
  "ViewAllData",
] as const;
