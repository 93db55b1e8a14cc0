import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { CONNECTED_APP } from "../../src/localorg/metadata/types/connectedAppSchema.ts";
import { type ComplexType, type ElementType, isComplex } from "../../src/localorg/metadata/types/schema.ts";

const DECLARATIONS = fileURLToPath(
  new URL("../../node_modules/@salesforce/types/lib/metadata.d.ts", import.meta.url),
);

/** An element as one line, such as `oauthConfig? ConnectedAppOauthConfig` or `scopes[] ConnectedAppOauthAccessScope`. */
type Lines = Record<string, string[]>;

test("the schema of ConnectedApp and all types within it is that of the published types", () => {
  const published: Lines = {};
  const program = ts.createProgram([DECLARATIONS], {});
  const source = program.getSourceFile(DECLARATIONS);
  if (!source) throw new Error("The published types were not found.");
  const checker = program.getTypeChecker();
  const alias = source.statements.find(
    (statement): statement is ts.TypeAliasDeclaration =>
      ts.isTypeAliasDeclaration(statement) && statement.name.text === "ConnectedApp",
  );
  if (!alias) throw new Error("There is no type ConnectedApp.");
  collectPublished(checker, "ConnectedApp", checker.getTypeAtLocation(alias.name), source, published);

  const own: Lines = {};
  collectOwn(CONNECTED_APP, own);

  expect(Object.keys(published).length).toBeGreaterThan(10);
  expect(published.ConnectedApp?.length).toBeGreaterThan(20);
  expect(own).toEqual(published);
});

function collectPublished(
  checker: ts.TypeChecker,
  name: string,
  type: ts.Type,
  location: ts.Node,
  into: Lines,
): void {
  into[name] = checker
    .getPropertiesOfType(type)
    .map((property) => {
      const declared = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(property, location));
      const isList = checker.isArrayType(declared);
      const element = isList ? checker.getTypeArguments(declared as ts.TypeReference)[0] : declared;
      if (!element) throw new Error(`${name}.${property.name} has no type.`);
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const mark = isList ? "[]" : isOptional ? "?" : "";
      return `${property.name}${mark} ${publishedTypeName(checker, element, location, into)}`;
    })
    .sort();
}

function publishedTypeName(checker: ts.TypeChecker, type: ts.Type, location: ts.Node, into: Lines): string {
  if (type.flags & ts.TypeFlags.String) return "string";
  if (type.flags & ts.TypeFlags.Number) return "int";
  if (type.flags & ts.TypeFlags.BooleanLike) return "boolean";
  // A type of a single word has no alias that the compiler keeps; ConnectedApp has none.
  const name = type.aliasSymbol?.name;
  if (name === undefined) throw new Error(`No name for ${checker.typeToString(type, location)}.`);
  if (type.isUnion())
    into[name] = type.types.map((word) => (word.isStringLiteral() ? word.value : "?")).sort();
  else if (!into[name]) collectPublished(checker, name, type, location, into);
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
