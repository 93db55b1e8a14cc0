import type { Field, FieldValue, FieldValues, ObjectType } from "../objects/objectType.ts";
import type { Scope } from "../soql/scope.ts";

/** Base of record URLs, such as `/services/data/v67.0` or `/services/data/v67.0/tooling`. */
export type BasePath = string;

/**
 * A record as the REST API shows it: with its type and URL, and related records nested.
 *
 * @param paths Canonical field paths, such as `["Profile", "Name"]`.
 */
export function recordBody(
  scope: Scope,
  type: ObjectType,
  record: FieldValues,
  paths: string[][],
  base: BasePath,
): Record<string, unknown> {
  const body: Record<string, unknown> = {
    attributes: { type: type.name, url: `${base}/sobjects/${type.name}/${record.Id}` },
  };
  for (const [head = "", ...rest] of paths) {
    if (rest.length === 0) {
      body[head] = jsonValue(type.fields[head], record[head] ?? null);
    } else if (!(head in body)) {
      const inner = paths.filter(([first, second]) => first === head && second !== undefined);
      body[head] = relatedBody(
        scope,
        type,
        record,
        head,
        inner.map((path) => path.slice(1)),
        base,
      );
    }
  }
  return body;
}

function relatedBody(
  scope: Scope,
  type: ObjectType,
  record: FieldValues,
  relationshipName: string,
  paths: string[][],
  base: BasePath,
): Record<string, unknown> | null {
  const reference = Object.entries(type.fields).find(
    ([, field]) => field.relationshipName === relationshipName,
  );
  if (!reference) return null;
  const [name, field] = reference;
  const related = scope.related(field, record[name] ?? null);
  return related.record ? recordBody(scope, related.type, related.record, paths, base) : null;
}

/** Salesforce writes the offset of a time as `+0000`. */
function jsonValue(field: Field | undefined, value: FieldValue): FieldValue {
  return field?.type === "datetime" && typeof value === "string" ? value.replace(/Z$/, "+0000") : value;
}
