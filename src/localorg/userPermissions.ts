/**
 * The user permissions that a local org knows, each by the name that it has as a field `Permissions…`.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_permissionset.htm
 */
export const userPermissions = [
  "ApiEnabled",
  "ApiUserOnly",
  "AssignPermissionSets",
  "AuthorApex",
  "CanApproveUninstalledApps",
  "CustomizeApplication",
  "ExternalClientAppAdmin",
  "ExternalClientAppDeveloper",
  "ExternalClientAppViewer",
  "ManageRemoteAccess",
  "ManageUsers",
  "ModifyAllData",
  "ModifyMetadata",
  "MonitorLoginHistory",
  "ViewAllData",
  "ViewClientSecret",
  "ViewSetup",
] as const;

export type UserPermission = (typeof userPermissions)[number];

/** What grants permissions to the users who have it. */
interface Granting {
  name: string;
  permissions: UserPermission[];
}

/** Whether a user of an org has a permission, by the profile or by a permission set: they only add up. */
export function hasPermission(
  org: { profiles: Granting[]; permissionSets: Granting[] },
  user: { profileName: string; permissionSets: string[] },
  permission: UserPermission,
): boolean {
  const sets = org.permissionSets.filter(({ name }) => user.permissionSets.includes(name));
  const granted = [
    ...(org.profiles.find(({ name }) => name === user.profileName)?.permissions ?? []),
    ...sets.flatMap(({ permissions }) => permissions),
  ];
  return granted.includes(permission);
}
