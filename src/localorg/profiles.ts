/** What a profile or permission set allows, as far as OAuth asks. */
export interface UserPermissions {
  /** User permission "API Enabled". */
  apiEnabled: boolean;
  /** User permission "API Only User". */
  apiOnly: boolean;
}

/** The standard profiles of each local org, with the permissions that they have in a new org. */
export const PROFILES: Record<string, UserPermissions & { userType: string }> = {
  "System Administrator": { apiEnabled: true, apiOnly: false, userType: "Standard" },
  "Standard User": { apiEnabled: true, apiOnly: false, userType: "Standard" },
  "Minimum Access - Salesforce": { apiEnabled: false, apiOnly: false, userType: "Standard" },
  "Minimum Access - API Only Integrations": { apiEnabled: true, apiOnly: true, userType: "Standard" },
  "Salesforce API Only System Integrations": { apiEnabled: true, apiOnly: true, userType: "Standard" },
};

/** The permission sets of each local org; they grant access to CPQ only, no API permission. */
export const PERMISSION_SETS = [
  { name: "CPQ_Integration", label: "CPQ Integration" },
  { name: "CPQ_Reports", label: "CPQ Reports" },
];
