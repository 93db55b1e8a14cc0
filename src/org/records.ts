/** Rows of the queries, as the REST API gives them. */
export interface UserRecord {
  Id: string;
  Username: string;
  IsActive: boolean;
}

/** As the Tooling API returns it: the timeout is a picklist of minutes. */
export interface ConnectedApplicationRecord {
  DeveloperName: string;
  NamedUserUvidTimeout: string | number | null;
  /** With an offset from UTC, such as `2026-11-23T23:38:33.000+0000`. */
  CreatedDate: string | null;
  LastModifiedDate: string | null;
  LastModifiedBy: { Name: string } | null;
}

export interface PermissionSetRecord {
  Id: string;
  Name: string;
  Label: string;
  /** The namespace of its package. */
  NamespacePrefix: string | null;
}

export interface RunAsUserRecord extends UserRecord {
  /** With an offset from UTC, such as `2026-11-23T23:38:33.000+0000`. */
  LastLoginDate: string | null;
  /** A user without a profile belongs to Salesforce itself. */
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
