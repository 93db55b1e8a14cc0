import type { Org, OrgUser } from "../org.ts";
import { hasPermission } from "../userPermissions.ts";
import { CONNECTED_APPLICATION, TOOLING_CONNECTED_APPLICATION } from "./connectedApplication.ts";
import { EXTERNAL_CLIENT_APPLICATION } from "./externalClientApplication.ts";
import type { ObjectType } from "./objectType.ts";
import { ORGANIZATION, SCRATCH_ORG_INFO } from "./organization.ts";
import { PERMISSION_SET, PERMISSION_SET_ASSIGNMENT, PROFILE } from "./permissions.ts";
import { SETUP_AUDIT_TRAIL } from "./setupAuditTrail.ts";
import { USER, USER_LOGIN } from "./users.ts";

/** The two APIs that serve records. */
export type DataApi = "data" | "tooling";

const OBJECT_TYPES: Record<DataApi, ObjectType[]> = {
  data: [
    CONNECTED_APPLICATION,
    EXTERNAL_CLIENT_APPLICATION,
    ORGANIZATION,
    PERMISSION_SET,
    PERMISSION_SET_ASSIGNMENT,
    PROFILE,
    SCRATCH_ORG_INFO,
    SETUP_AUDIT_TRAIL,
    USER,
    USER_LOGIN,
  ],
  // No SourceMember: source tracking is off in these orgs, as it is in a real one until someone turns it on.
  tooling: [
    TOOLING_CONNECTED_APPLICATION,
    ORGANIZATION,
    PERMISSION_SET,
    PERMISSION_SET_ASSIGNMENT,
    PROFILE,
    USER,
  ],
};

/** What a request sees of an org: by which API it came, and who sent it. */
export interface Viewer {
  org: Org;
  api: DataApi;
  user: OrgUser;
}

/** The object types that are there for who asks. */
export function objectTypes({ org, api, user }: Viewer): ObjectType[] {
  return OBJECT_TYPES[api].filter(
    ({ existsIn, readableWith }) =>
      (existsIn?.(org) ?? true) &&
      (readableWith?.some((permission) => hasPermission(org, user, permission)) ?? true),
  );
}

/** An object type by its name; letter case does not count. */
export function findObjectType(viewer: Viewer, name: string): ObjectType | undefined {
  return objectTypes(viewer).find((type) => type.name.toLowerCase() === name.toLowerCase());
}
