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
}
