import type { Field, FieldValue, FieldValues, ObjectType } from "../objects/objectType.ts";
import { findObjectType, recordsOf, type Viewer } from "../objects/objectTypes.ts";
import { errorAt } from "./soqlError.ts";

/** What one query sees: the records of the org at that moment, each type read once. */
export interface Scope {
  soql: string;
  /** @throws RestError INVALID_TYPE */
  objectType(name: string): ObjectType;
  records(type: ObjectType): FieldValues[];
  /** The record that a reference leads to. */
  related(field: Field, value: FieldValue): { type: ObjectType; record: FieldValues | undefined };
}

/** A field, or one of a related record, such as `Profile.Name`. */
export interface Column {
  /** Canonical names, the last one a field's. */
  path: string[];
  field: Field;
  read(record: FieldValues): FieldValue;
}

/** Opens the records of an org to one query, as far as its sender may see them. */
export function openScope(viewer: Viewer, soql: string): Scope {
  const recordsByType = new Map<string, Map<FieldValue, FieldValues>>();
  const byId = (type: ObjectType) => {
    const known = recordsByType.get(type.name);
    if (known) return known;
    const records = new Map(recordsOf(viewer, type).map((record) => [record.Id ?? null, record]));
    recordsByType.set(type.name, records);
    return records;
  };
  const objectType = (name: string) => {
    const type = findObjectType(viewer, name);
    if (type) return type;
    throw errorAt(
      soql,
      name,
      "INVALID_TYPE",
      `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
    );
  };
  return {
    soql,
    objectType,
    records: (type) => [...byId(type).values()],
    related: (field, value) => {
      const type = objectType(field.referenceTo ?? "");
      return { type, record: byId(type).get(value) };
    },
  };
}

/**
 * Finds a field by its path; letter case does not count.
 *
 * @param path Such as `Name`, `Profile.Name`, or with the object's alias before it.
 * @throws RestError INVALID_FIELD
 */
export function columnOf(scope: Scope, type: ObjectType, path: string, alias?: string): Column {
  const parts = path.split(".");
  const [first = ""] = parts;
  const prefixes = [alias, type.name].filter((name) => name !== undefined);
  if (parts.length > 1 && prefixes.some((name) => name.toLowerCase() === first.toLowerCase())) parts.shift();
  return walk(scope, type, parts, path);
}

function walk(scope: Scope, type: ObjectType, [head = "", ...rest]: string[], path: string): Column {
  if (rest.length === 0) {
    const name = Object.keys(type.fields).find((field) => field.toLowerCase() === head.toLowerCase());
    const field = name === undefined ? undefined : type.fields[name];
    if (name === undefined || !field) throw noSuchColumn(scope, type, head, path);
    return { path: [name], field, read: (record) => record[name] ?? null };
  }
  for (const [name, field] of Object.entries(type.fields)) {
    const relationship = field.relationshipName;
    if (relationship?.toLowerCase() !== head.toLowerCase()) continue;
    const inner = walk(scope, scope.related(field, null).type, rest, path);
    return {
      path: [relationship, ...inner.path],
      field: inner.field,
      read: (record) => {
        const related = scope.related(field, record[name] ?? null).record;
        return related ? inner.read(related) : null;
      },
    };
  }
  throw errorAt(
    scope.soql,
    path,
    "INVALID_FIELD",
    `Didn't understand relationship '${head}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

function noSuchColumn(scope: Scope, type: ObjectType, name: string, path: string) {
  return errorAt(
    scope.soql,
    path,
    "INVALID_FIELD",
    `No such column '${name}' on entity '${type.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}
