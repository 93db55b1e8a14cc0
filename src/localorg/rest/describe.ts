import type { Field, ObjectType } from "../objects/objectType.ts";

const soapTypes: Record<Field["type"], string> = {
  id: "tns:ID",
  reference: "tns:ID",
  string: "xsd:string",
  boolean: "xsd:boolean",
  int: "xsd:int",
  datetime: "xsd:dateTime",
  date: "xsd:date",
};

/** An object type as the global describe lists it. */
export function describeBriefly(type: ObjectType, base: string): Record<string, unknown> {
  const url = `${base}/sobjects/${type.name}`;
  return {
    name: type.name,
    label: type.label,
    labelPlural: `${type.label}s`,
    keyPrefix: type.keyPrefix,
    custom: false,
    createable: false,
    deletable: false,
    queryable: true,
    retrieveable: true,
    updateable: false,
    urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
  };
}

/**
 * An object type with its fields.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm
 */
export function describeFully(type: ObjectType, base: string): Record<string, unknown> {
  const fields = Object.entries(type.fields).map(([name, field]) => ({
    name,
    label: name.replace(/(?<=[a-z])(?=[A-Z])/g, " "),
    type: field.type,
    soapType: soapTypes[field.type],
    referenceTo: field.referenceTo === undefined ? [] : [field.referenceTo],
    relationshipName: field.relationshipName ?? null,
    nillable: name !== "Id",
    createable: false,
    custom: false,
    filterable: field.filterable ?? true,
    sortable: true,
    updateable: false,
  }));
  return { ...describeBriefly(type, base), fields, childRelationships: [], recordTypeInfos: [] };
}
