import type { Org, OrgUser } from "../org.ts";
import type { UserPermission } from "../userPermissions.ts";

export type FieldValue = string | number | boolean | null;

/** One record: field name → value. Dates are ISO 8601 in UTC with milliseconds, `2026-11-23T23:38:33.000Z`. */
export type FieldValues = Record<string, FieldValue>;

/** A field of an object type. */
export interface Field {
  type: "id" | "string" | "boolean" | "int" | "datetime" | "date" | "reference";
  /** Of a reference: the object type, and the name that SOQL uses on the way to its fields. */
  referenceTo?: string;
  relationshipName?: string;
  /** Whether a WHERE clause may name it; true unless said otherwise. */
  filterable?: boolean;
}

/** A standard object, read-only, whose records follow from the state of the org. */
export interface ObjectType {
  name: string;
  label: string;
  /** First three characters of its Ids. */
  keyPrefix: string;
  fields: Record<string, Field>;
  /** @param user who asks; it matters only to objects about the user who asks */
  records(org: Org, user: OrgUser): FieldValues[];
  /** One of these user permissions is needed to see this object at all. Without this, none is. */
  readableWith?: readonly UserPermission[];
  /** Without one of these user permissions, a user sees no records but those with the own Id as `UserId`. */
  ownRecordsUnless?: readonly UserPermission[];
  /** Whether an org has this object at all; without it, each org has. */
  existsIn?(org: Org): boolean;
}

export const id: Field = { type: "id" };
export const string: Field = { type: "string" };
export const boolean: Field = { type: "boolean" };
export const int: Field = { type: "int" };
export const datetime: Field = { type: "datetime" };
export const date: Field = { type: "date" };

/** The fields, which a query may read, and may not filter by. */
export function notFilterable(fields: Record<string, Field>): Record<string, Field> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, { ...field, filterable: false }]),
  );
}

/** A lookup to another object; by convention its relationship has the object's own name. */
export function reference(referenceTo: string, relationshipName: string = referenceTo): Field {
  return { type: "reference", referenceTo, relationshipName };
}

/** Fields that say who made and changed a record, and when. */
export const auditFields: Record<string, Field> = {
  CreatedDate: datetime,
  CreatedById: reference("User", "CreatedBy"),
  LastModifiedDate: datetime,
  LastModifiedById: reference("User", "LastModifiedBy"),
  SystemModstamp: datetime,
};

/**
 * Values of AUDIT_FIELDS.
 *
 * @param created Time in milliseconds since the epoch, and user Id.
 * @param modified The same of the last change; without it, there was none.
 */
export function auditValues(created: AuditMark, modified: AuditMark = created): FieldValues {
  return {
    CreatedDate: new Date(created.at).toISOString(),
    CreatedById: created.byId,
    LastModifiedDate: new Date(modified.at).toISOString(),
    LastModifiedById: modified.byId,
    SystemModstamp: new Date(modified.at).toISOString(),
  };
}

export interface AuditMark {
  at: number;
  byId: string;
}
