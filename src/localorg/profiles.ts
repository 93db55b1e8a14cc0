import type { UserPermission } from "./userPermissions.ts";

interface StandardProfile {
  userType: string;
  /** Name of the user license that its users take. */
  license: string;
  /** In the names of metadata files; without it, the name that Setup shows is used there too. */
  apiName?: string;
  permissions: readonly UserPermission[];
}

/** The standard profiles of each local org, with the permissions that they have in a new org. */
export const standardProfiles: Record<string, StandardProfile> = {
  "System Administrator": {
    userType: "Standard",
    license: "Salesforce",
    apiName: "Admin",
    permissions: [
      "ApiEnabled",
      "AssignPermissionSets",
      "AuthorApex",
      "CustomizeApplication",
      "ExternalClientAppAdmin",
      "ExternalClientAppDeveloper",
      "ExternalClientAppViewer",
      "ManageRemoteAccess",
      "ManageUsers",
      "ModifyAllData",
      "ModifyMetadata",
      "ViewAllData",
      "ViewClientSecret",
      "ViewSetup",
    ],
  },
  "Standard User": {
    userType: "Standard",
    license: "Salesforce",
    apiName: "Standard",
    permissions: ["ApiEnabled", "ViewSetup"],
  },
  "Minimum Access - Salesforce": { userType: "Standard", license: "Salesforce", permissions: [] },
  "Minimum Access - API Only Integrations": {
    userType: "Standard",
    license: "Salesforce Integration",
    permissions: ["ApiEnabled", "ApiUserOnly"],
  },
  "Salesforce API Only System Integrations": {
    userType: "Standard",
    license: "Salesforce Integration",
    permissions: ["ApiEnabled", "ApiUserOnly"],
  },
};

/** The user licenses of each local org, and how many of them it has bought. */
export const userLicenses = [
  { name: "Salesforce", total: 10 },
  { name: "Salesforce Integration", total: 10 },
];

/** The permission set licenses of each local org. */
export const permissionSetLicenses = [
  { name: "SalesforceAPIIntegrationPsl", label: "Salesforce API Integration", total: 10 },
];

/** The permission sets of each local org; they grant access to CPQ only, no user permission. */
export const standardPermissionSets = [
  { name: "CPQ_Integration", label: "CPQ Integration" },
  { name: "CPQ_Reports", label: "CPQ Reports" },
];

/** The name of a profile in metadata. */
export function profileApiName(name: string): string {
  return standardProfiles[name]?.apiName ?? name;
}

/** The user license of a profile's users. */
export function licenseOfProfile(name: string): string {
  return standardProfiles[name]?.license ?? "Salesforce";
}
