import { describe, expect, test } from "vitest";
import { overlay, valueAt } from "../../../src/spec/overlay.ts";
import { replaceReferences, sampleOrg } from "../../../src/spec/references.ts";

const values = {
  variables: { A: "1", EMPTY: "", LONG_NAME_2: "two" },
  org: sampleOrg,
  environment: "uat-2",
};
const replaced = (text: string, more = {}) => {
  const { content, problems, orgPaths } = replaceReferences({ label: text }, { ...values, ...more });
  return { text: (content as { label: string }).label, problems, orgPaths };
};

describe("a reference is replaced:", () => {
  test.each([
    { text: "${env:A}", value: "1" },
    { text: "x${env:A}y${env:LONG_NAME_2}", value: "x1ytwo" },
    { text: "${env:NONE:-else}", value: "else" },
    { text: "${env:EMPTY:-else}", value: "else" },
    { text: "${env:A:-else}", value: "1" },
    { text: "${env:NONE:-}", value: "" },
    { text: "${env:NONE:-a\nb}", value: "a\nb" },
    { text: "$${env:A}", value: "${env:A}" },
    { text: "$A {A}", value: "$A {A}" },
    { text: "${org:username}", value: "admin@example.com" },
    { text: "${org:orgId}", value: "00D000000000000EAA" },
    { text: "${org:instanceUrl}", value: "https://example.my.salesforce.com" },
    { text: "https://${org:myDomain}/x", value: "https://example.my.salesforce.com/x" },
  ])("$text is $value", ({ text, value }) => {
    expect(replaced(text)).toEqual({
      text: value,
      problems: [],
      orgPaths: text.includes("org:") ? [["label"]] : [],
    });
  });

  test.each([
    { text: "${env:NONE}", id: "unsetVariable", value: "NONE" },
    { text: "${env:EMPTY}", id: "unsetVariable", value: "EMPTY" },
    { text: "${A}", id: "unknownReference", value: "${A}" },
    { text: "${xenv:A}", id: "unknownReference", value: "${xenv:A}" },
    { text: "${env:1A}", id: "unknownReference", value: "${env:1A}" },
    { text: "${env:A-B}", id: "unknownReference", value: "${env:A-B}" },
    { text: "${org:name}", id: "unknownReference", value: "${org:name}" },
    { text: "${xorg:orgId}", id: "unknownReference", value: "${xorg:orgId}" },
    { text: "${org:orgIdx}", id: "unknownReference", value: "${org:orgIdx}" },
    { text: "${}", id: "unknownReference", value: "${}" },
  ])("$text is not, and told: $id", ({ text, id, value }) =>
    expect(replaced(text)).toEqual({
      text,
      problems: [{ id, values: [value], path: ["label"] }],
      orgPaths: [],
    }),
  );

  test("what is asked of an org stays if there is none", () =>
    expect(replaced("${org:username}", { org: undefined })).toEqual({
      text: "${org:username}",
      problems: [],
      orgPaths: [["label"]],
    }));

  test("in lists and maps, with the place, and nothing but texts changes", () => {
    const content = { a: ["x", { b: "${env:NONE}" }], n: 1, no: null, yes: true, "${env:A}": "${env:A}" };
    expect(replaceReferences(content, values)).toEqual({
      content: { ...content, "${env:A}": "1" },
      problems: [{ id: "unsetVariable", values: ["NONE"], path: ["a", "1", "b"] }],
      orgPaths: [],
    });
  });
});

describe("the consumer's references are followed later", () => {
  const consumer = (entry: object, more: object = {}) =>
    replaceReferences({ name: "My_App", consumer: entry }, { ...values, ...more });

  test("except for what is no key and no secret", () => {
    const entry = { key: "${env:NONE}", secret: "${env:NONE}", store: { helper: "${env:A}" } };
    expect(consumer(entry)).toMatchObject({
      content: { consumer: { ...entry, store: { helper: "1" } } },
      problems: [],
    });
    expect(consumer({ other: "${env:A}" })).toMatchObject({ content: { consumer: { other: "1" } } });
    expect(consumer({ key: { inner: "${env:A}" } })).toMatchObject({
      content: { consumer: { key: { inner: "${env:A}" } } },
    });
    expect(replaceReferences({ saml: { key: "${env:A}" } }, values).content).toEqual({ saml: { key: "1" } });
    expect(replaceReferences("${env:A}", values).content).toBe("1");
  });

  test("with the names of the app and of the environment in them", () =>
    expect(consumer({ key: "${env:{APP}_KEY}", secret: "${env:{APP}_{ENVIRONMENT}_SECRET}" })).toMatchObject({
      content: { consumer: { key: "${env:MY_APP_KEY}", secret: "${env:MY_APP_UAT_2_SECRET}" } },
      problems: [],
    }));

  test("but not in what is no reference", () =>
    expect(consumer({ key: "{APP}" })).toMatchObject({ content: { consumer: { key: "{APP}" } } }));

  test("a name that is missing is told", () => {
    expect(consumer({ secret: "${env:{ENVIRONMENT}_S}" }, { environment: undefined })).toMatchObject({
      content: { consumer: { secret: "${env:{ENVIRONMENT}_S}" } },
      problems: [{ id: "unnamedEnvironment", values: [], path: ["consumer", "secret"] }],
    });
    const nameless = replaceReferences({ consumer: { secret: "${env:{APP}_S}" } }, values);
    expect(nameless).toMatchObject({
      content: { consumer: { secret: "${env:{APP}_S}" } },
      problems: [],
    });
  });
});

describe("an environment over a spec", () => {
  test.each([
    { what: "maps merge", base: { a: { b: 1, c: 2 } }, over: { a: { c: 3 } }, merged: { a: { b: 1, c: 3 } } },
    { what: "null removes", base: { a: 1, b: 2 }, over: { a: null }, merged: { b: 2 } },
    { what: "null in a new map removes", base: {}, over: { a: { b: null, c: 1 } }, merged: { a: { c: 1 } } },
    { what: "a list replaces", base: { a: [1, 2] }, over: { a: [3] }, merged: { a: [3] } },
    { what: "a map replaces a text", base: { a: "x" }, over: { a: { b: 1 } }, merged: { a: { b: 1 } } },
    { what: "a map replaces a list", base: { a: [1] }, over: { a: { b: 1 } }, merged: { a: { b: 1 } } },
    { what: "a text replaces a map", base: { a: { b: 1 } }, over: { a: "x" }, merged: { a: "x" } },
  ])("$what", ({ base, over, merged }) => expect(overlay(base, over)).toEqual(merged));

  test.each([
    { path: ["a", "b"], value: 1 },
    { path: ["a", "c"], value: undefined },
    { path: ["x", "b"], value: undefined },
    { path: ["n", "b"], value: undefined },
    { path: ["l", 1], value: "y" },
    { path: ["l", "length"], value: 2 },
    { path: ["a", "toString"], value: undefined },
  ])("the value at $path is $value", ({ path, value }) =>
    expect(valueAt({ a: { b: 1 }, n: null, l: ["x", "y"] }, path)).toBe(value),
  );
});
