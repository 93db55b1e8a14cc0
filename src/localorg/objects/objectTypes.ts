import type { Org, OrgUser } from "../org.ts";
import { hasPermission } from "../userPermissions.ts";
import { connectedApplicationObject, toolingConnectedApplicationObject } from "./connectedApplication.ts";
import { deployRequestObject } from "./deployRequest.ts";
import {
  externalClientApplicationObject,
  oauthPoliciesObject,
  oauthSettingsObject,
} from "./externalClientApplication.ts";
import { loginHistoryObject } from "./loginHistory.ts";
import { oauthTokenObject } from "./oauthToken.ts";
import type { FieldValues, ObjectType } from "./objectType.ts";
import { organizationObject, scratchOrgInfoObject } from "./organization.ts";
import {
  permissionSetAssignmentObject,
  permissionSetLicenseAssignObject,
  permissionSetLicenseObject,
  permissionSetObject,
  profileObject,
  userLicenseObject,
  userPermissionAccessObject,
} from "./permissions.ts";
import { setupAuditTrailObject } from "./setupAuditTrail.ts";
import { userLoginObject, userObject } from "./users.ts";

/** The two APIs that serve records. */
export type DataApi = "data" | "tooling";

const objectTypesOf: Record<DataApi, ObjectType[]> = {
  data: [
    connectedApplicationObject,
    externalClientApplicationObject,
    oauthPoliciesObject,
    oauthSettingsObject,
    loginHistoryObject,
    oauthTokenObject,
    organizationObject,
    permissionSetObject,
    permissionSetAssignmentObject,
    permissionSetLicenseAssignObject,
    permissionSetLicenseObject,
    profileObject,
    scratchOrgInfoObject,
    setupAuditTrailObject,
    userObject,
    userLicenseObject,
    userLoginObject,
    userPermissionAccessObject,
  ],
  // No SourceMember: source tracking is off in these orgs, as it is in a real one until someone turns it on.
  tooling: [
    toolingConnectedApplicationObject,
    deployRequestObject,
    organizationObject,
    permissionSetObject,
    permissionSetAssignmentObject,
    profileObject,
    userObject,
  ],
};

/** What a request sees of an org: by which API it came, and who sent it. */
export interface Viewer {
  org: Org;
  api: DataApi;
  user: OrgUser;
}

/** The object types that the caller can see. */
export function objectTypes({ org, api, user }: Viewer): ObjectType[] {
  return objectTypesOf[api].filter(
    ({ existsIn, readableWith }) =>
      (existsIn?.(org) ?? true) &&
      (readableWith?.some((permission) => hasPermission(org, user, permission)) ?? true),
  );
}

/** The records of a type that the caller can see. */
export function recordsOf({ org, user }: Viewer, { records, ownRecordsUnless }: ObjectType): FieldValues[] {
  const seesAll = ownRecordsUnless?.some((permission) => hasPermission(org, user, permission)) ?? true;
  return records(org, user).filter(({ UserId }) => seesAll || UserId === user.id);
}

/** An object type by its name; letter case does not count. */
export function findObjectType(viewer: Viewer, name: string): ObjectType | undefined {
  return objectTypes(viewer).find((type) => type.name.toLowerCase() === name.toLowerCase());
}
