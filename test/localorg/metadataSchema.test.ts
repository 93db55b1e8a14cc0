import ts from "typescript";
import { expect, test } from "vitest";
import { connectedAppSchema } from "../../src/localorg/metadata/types/connectedAppSchema.ts";
import {
  canvasSchema,
  mobilePoliciesSchema,
  mobileSchema,
  notificationSchema,
  oauthSecuritySchema,
  pushPoliciesSchema,
  pushSchema,
  samlPoliciesSchema,
} from "../../src/localorg/metadata/types/externalClientApp/furtherSchemas.ts";
import {
  externalClientApplicationSchema,
  globalOauthSettingsSchema,
  oauthPoliciesSchema,
  oauthSettingsSchema,
  policiesSchema,
} from "../../src/localorg/metadata/types/externalClientApp/schemas.ts";
import {
  connectedAppSettingsSchema,
  externalClientAppSettingsSchema,
  oauthOidcSettingsSchema,
} from "../../src/localorg/metadata/types/orgSettingsType.ts";
import { type ComplexType, type ElementType, isComplex } from "../../src/localorg/metadata/types/schema.ts";
import { checker, publishedType } from "../publishedTypes.ts";

/** An element as one line, such as `oauthConfig? ConnectedAppOauthConfig` or `scopes[] ConnectedAppOauthAccessScope`. */
type Lines = Record<string, string[]>;

test.each([
  { schema: connectedAppSchema, types: 10, elements: 20 },
  { schema: externalClientApplicationSchema, types: 2, elements: 11 },
  { schema: globalOauthSettingsSchema, types: 1, elements: 24 },
  { schema: oauthSettingsSchema, types: 2, elements: 15 },
  { schema: oauthPoliciesSchema, types: 5, elements: 26 },
  { schema: policiesSchema, types: 1, elements: 12 },
  { schema: oauthSecuritySchema, types: 2, elements: 5 },
  { schema: canvasSchema, types: 4, elements: 8 },
  { schema: mobileSchema, types: 0, elements: 3 },
  { schema: mobilePoliciesSchema, types: 1, elements: 3 },
  { schema: notificationSchema, types: 1, elements: 3 },
  { schema: pushSchema, types: 4, elements: 6 },
  { schema: pushPoliciesSchema, types: 0, elements: 3 },
  { schema: samlPoliciesSchema, types: 6, elements: 17 },
  { schema: externalClientAppSettingsSchema, types: 0, elements: 3 },
  { schema: connectedAppSettingsSchema, types: 0, elements: 3 },
  { schema: oauthOidcSettingsSchema, types: 0, elements: 5 },
])(
  "the schema of $schema.name and all types within it is that of the published types",
  ({ schema, types, elements }) => {
    const published: Lines = {};
    const { type, location } = publishedType(schema.name);
    collectPublished(schema.name, type, location, published);

    const own: Lines = {};
    collectOwn(schema, own);

    expect(Object.keys(published).length).toBeGreaterThan(types);
    expect(published[schema.name]?.length).toBeGreaterThan(elements);
    expect(own).toEqual(published);
  },
);

function collectPublished(name: string, type: ts.Type, location: ts.Node, into: Lines): void {
  into[name] = checker
    .getPropertiesOfType(type)
    .map((property) => {
      const declared = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(property, location));
      const isList = checker.isArrayType(declared);
      const element = isList ? checker.getTypeArguments(declared as ts.TypeReference)[0] : declared;
      if (!element) throw new Error(`${name}.${property.name} has no type.`);
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const mark = isList ? "[]" : isOptional ? "?" : "";
      return `${property.name}${mark} ${publishedTypeName(element, location, into)}`;
    })
    .sort();
}

function publishedTypeName(type: ts.Type, location: ts.Node, into: Lines): string {
  if (type.flags & ts.TypeFlags.String) return "string";
  if (type.flags & ts.TypeFlags.Number) return "int";
  if (type.flags & ts.TypeFlags.BooleanLike) return "boolean";
  // A type of a single word has no alias that the compiler keeps; the types here have none.
  const name = type.aliasSymbol?.name;
  if (name === undefined) throw new Error(`No name for ${checker.typeToString(type, location)}.`);
  if (type.isUnion())
    into[name] = type.types.map((word) => (word.isStringLiteral() ? word.value : "?")).sort();
  else if (!into[name]) collectPublished(name, type, location, into);
  return name;
}

function collectOwn(type: ComplexType, into: Lines): void {
  const marks = { required: "", optional: "?", list: "[]" };
  into[type.name] = Object.entries(type.elements)
    .map(([name, schema]) => `${name}${marks[schema.occurs]} ${ownTypeName(schema.type, into)}`)
    .sort();
}

function ownTypeName(type: ElementType, into: Lines): string {
  if (typeof type === "string") return type;
  if (isComplex(type)) collectOwn(type, into);
  else into[type.name] = [...type.words].sort();
  return type.name;
}
