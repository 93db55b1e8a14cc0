/** Rows of the queries, as the REST API gives them. */
export interface UserRecord {
  Id: string;
  Username: string;
  IsActive: boolean;
}

/** As the Tooling API gives it: the timeout is a picklist of minutes. */
export interface ConnectedApplicationRecord {
  DeveloperName: string;
  NamedUserUvidTimeout: string | number | null;
}

export interface PermissionSetRecord {
  Id: string;
  Name: string;
  Label: string;
  /** Of the package that brought it. */
  NamespacePrefix: string | null;
}

export interface RunAsUserRecord extends UserRecord {
  /** With the offset of UTC, `2026-11-23T23:38:33.000+0000`. */
  LastLoginDate: string | null;
  /** A user without a profile is one of Salesforce's own. */
  Profile: { Name: string } | null;
}

export interface UserLoginRecord {
  UserId: string;
}

/** An assignment with the user permissions of its permission set, by `Permissions…`. */
export interface GrantRecord {
  AssigneeId: string;
  PermissionSet: Record<string, unknown> | null;
}
