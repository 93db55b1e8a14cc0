import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, digestOf, digestOfFiles } from "../../../../src/runs/deploy/digest.ts";
import { readingOf, specOf } from "../readingOf.ts";

describe("canonical JSON", () => {
  test.each([
    { what: "keys in order", value: { b: 1, a: { d: 2, c: 3 } }, text: '{"a":{"c":3,"d":2},"b":1}' },
    { what: "lists as they are", value: [2, 1, { b: 1, a: 2 }], text: '[2,1,{"a":2,"b":1}]' },
    { what: "nothing for what is undefined", value: { a: undefined, b: null }, text: '{"b":null}' },
    { what: "null for what is undefined in a list", value: [undefined, 1], text: "[null,1]" },
    { what: "null for nothing at all", value: undefined, text: "null" },
    { what: "texts with their quotes", value: { 'a"': "é\n" }, text: '{"a\\"":"é\\n"}' },
    { what: "keys that are numbers in the order of texts", value: { 10: 1, 9: 2 }, text: '{"10":1,"9":2}' },
  ])("has $what", ({ value, text }) => expect(canonicalJson(value)).toBe(text));

  test("says what JSON says", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 20_260_101 },
    );
  });
});

describe("a digest", () => {
  test("is the SHA-256 of the canonical JSON", () =>
    expect(digestOf({ b: 1, a: 2 })).toBe(
      `sha256:${createHash("sha256").update('{"a":2,"b":1}').digest("hex")}`,
    ));

  test("is the same for the same data in another order, and another one for other data", () => {
    expect(digestOf({ a: 1, b: [1, 2] })).toBe(digestOf({ b: [1, 2], a: 1 }));
    expect(digestOf({ a: 1, b: [1, 2] })).not.toBe(digestOf({ a: 1, b: [2, 1] }));
    expect(digestOf({ a: "1" })).not.toBe(digestOf({ a: 1 }));
  });

  test("of metadata files is that of what they say", () => {
    const text = (label: string) =>
      `apiVersion: cpq/v1\nkind: ExternalClientApp\nname: App\nlabel: ${label}\ncontactEmail: a@example.com\n`;
    const filesOf = (label: string) => readingOf(specOf(text(label)).desired).files;
    expect(digestOfFiles(filesOf("App"))).toBe(digestOfFiles(filesOf('"App" # the same')));
    expect(digestOfFiles(filesOf("App"))).not.toBe(digestOfFiles(filesOf("Other")));
  });
});
