import ts from "typescript";
import { expect, test } from "vitest";
import type { KindName } from "../../../src/app/desiredApp.ts";
import type { Field } from "../../../src/metadata/kind.ts";
import { kinds } from "../../../src/metadata/kinds.ts";
import { checker, publishedType } from "../../publishedTypes.ts";

/** Elements that are published, and that no setting stands for by intent. */
const byIntent: Readonly<Record<string, string>> = {
  "ConnectedApp canvas/fullName":
    "A part of an app has no name of its own; where there is one, it stays as other metadata.",
};

/** An element that holds text, or the children of a repeated one: its path, and its words where it has only some. */
interface Leaf {
  path: string[];
  words: string[] | undefined;
}

function leavesOf(type: ts.Type, location: ts.Node, path: string[]): Leaf[] {
  return checker.getPropertiesOfType(type).flatMap((property): Leaf[] => {
    const declared = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(property, location));
    const element = checker.isArrayType(declared)
      ? checker.getTypeArguments(declared as ts.TypeReference)[0]
      : declared;
    if (element === undefined) throw new Error(`${property.name} has no type.`);
    const inner = [...path, property.name];
    if (element.flags & (ts.TypeFlags.String | ts.TypeFlags.Number))
      return [{ path: inner, words: undefined }];
    if (element.flags & ts.TypeFlags.BooleanLike) return [{ path: inner, words: ["true", "false"] }];
    if (!element.isUnion()) return leavesOf(element, location, inner);
    return [{ path: inner, words: element.types.map((word) => (word as ts.StringLiteralType).value) }];
  });
}

function publishedLeaves(name: string): Leaf[] {
  const { type, location } = publishedType(name);
  return leavesOf(type, location, []);
}

/** What our tables lack for an element; undefined where they lack nothing. */
function lack(kindName: KindName, component: string, { path, words }: Leaf): string | undefined {
  const { components: own, fields, neverSettings, consumer } = kinds[kindName];
  const name = `${component} ${path.join("/")}`;
  const others = [
    ...own.map(({ type, appElement }) => `${type} ${appElement}`),
    ...neverSettings.map((other) => `${other.component} ${other.element}`),
  ];
  const consumers = [consumer.key, consumer.secret].map((element) => `${consumer.component} ${element}`);
  if (name in byIntent || [...others, ...consumers].includes(name)) return undefined;
  const field = fields.find((candidate) => candidate.component === component && holds(candidate, path));
  if (field === undefined) return name;
  const known = "codec" in field ? field.codec.texts?.map((text) => text.toLowerCase()) : undefined;
  const unknown = (words ?? []).filter((word) => !known?.includes(word.toLowerCase()));
  return unknown.length === 0 ? undefined : `${name}: ${unknown.join(", ")}`;
}

function holds(field: Field, path: string[]): boolean {
  const paths =
    "recordCodec" in field
      ? field.elements.flatMap((element) => field.recordCodec.children.map((child) => [...element, child]))
      : field.elements;
  return paths.some((known) => known.join("/") === path.join("/"));
}

const components = (Object.keys(kinds) as KindName[]).flatMap((kindName) =>
  kinds[kindName].components.map(({ type }) => ({ kindName, component: type })),
);

test.each(components)(
  "a spec of the kind $kindName can say every element and every word of $component",
  ({ kindName, component }) => {
    const leaves = publishedLeaves(component);
    expect(leaves.length).toBeGreaterThan(10);
    expect(leaves.flatMap((leaf) => lack(kindName, component, leaf) ?? [])).toEqual([]);
  },
);

test("an element and a word that are new are found", () => {
  const isNew = { path: ["isBrandNew"], words: undefined };
  const newWord = { path: ["oauthConfig", "scopes"], words: ["Api", "BrandNew"] };
  expect(lack("ConnectedApp", "ConnectedApp", isNew)).toBe("ConnectedApp isBrandNew");
  expect(lack("ConnectedApp", "ConnectedApp", newWord)).toBe("ConnectedApp oauthConfig/scopes: BrandNew");
});

test.each(components)(
  "the tables of the kind $kindName name no element that $component does not have",
  ({ kindName, component }) => {
    const published = publishedLeaves(component).map(({ path }) => path.join("/"));
    const ownFields = kinds[kindName].fields.filter(
      (field) => field.component === component && !("isPresence" in field),
    );
    const named = ownFields.flatMap((field) =>
      "recordCodec" in field
        ? field.elements.flatMap((path) =>
            field.recordCodec.children.map((child) => [...path, child].join("/")),
          )
        : field.elements.map((path) => path.join("/")),
    );
    // The guide has it, and the types package does not.
    const unpublished = ["pluginExecutionUser"];
    expect(named.filter((path) => !published.includes(path) && !unpublished.includes(path))).toEqual([]);
  },
);
