import type { UserPermission } from "./userPermissions.ts";

interface StandardProfile {
  userType: string;
  permissions: readonly UserPermission[];
}

/** The standard profiles of each local org, with the permissions that they have in a new org. */
export const standardProfiles: Record<string, StandardProfile> = {
  "System Administrator": {
    userType: "Standard",
    permissions: [
      "ApiEnabled",
      "AssignPermissionSets",
      "AuthorApex",
      "CustomizeApplication",
      "ExternalClientAppAdmin",
      "ExternalClientAppDeveloper",
      "ExternalClientAppViewer",
      "ManageUsers",
      "ModifyAllData",
      "ViewAllData",
      "ViewClientSecret",
      "ViewSetup",
    ],
  },
  "Standard User": { userType: "Standard", permissions: ["ApiEnabled", "ViewSetup"] },
  "Minimum Access - Salesforce": { userType: "Standard", permissions: [] },
  "Minimum Access - API Only Integrations": {
    userType: "Standard",
    permissions: ["ApiEnabled", "ApiUserOnly"],
  },
  "Salesforce API Only System Integrations": {
    userType: "Standard",
    permissions: ["ApiEnabled", "ApiUserOnly"],
  },
};

/** The permission sets of each local org; they grant access to CPQ only, no user permission. */
export const standardPermissionSets = [
  { name: "CPQ_Integration", label: "CPQ Integration" },
  { name: "CPQ_Reports", label: "CPQ Reports" },
];
