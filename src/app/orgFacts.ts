/** A Run As user as an org has it. */
export interface RunAsFacts {
  username: string;
  isActive: boolean;
  /** Undefined if the org does not show it to the user who asks, which requires the permission Manage Users. */
  isFrozen: boolean | undefined;
  /** Whether the user has the permission "API Only User", from the profile or a permission set. */
  apiOnly: boolean;
  profileName: string;
  /** Those of `watchedPermissions` that the user has, from the profile or a permission set. */
  permissions: readonly string[];
  /** ISO 8601, UTC; undefined if the user has never logged in. */
  lastLogin?: string | undefined;
}

/** Names of a spec that no user, permission set or profile of an org has. */
export interface OrgLacks {
  runAs: boolean;
  permissionSets: readonly string[];
  profiles: readonly string[];
}

/** What an org says about a spec's surroundings, if an org was asked. */
export interface OrgFacts {
  runAsUser?: RunAsFacts | undefined;
  /** What the spec names and the org does not have. */
  missing?: OrgLacks | undefined;
  /** Whether the Run As user has one of the app's permission sets; undefined if none is needed, or nobody knows. */
  isApproved?: boolean | undefined;
  /** When the org was asked: ISO 8601, UTC. */
  askedAt?: string | undefined;
}

/**
 * The user permissions that decide what a stolen token is worth, and whether there is a token at all. Each is a field
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
