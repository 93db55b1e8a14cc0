import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { metadataWords } from "../../../src/app/metadataWords.ts";
import { scopeMetadataNames } from "../../../src/app/scopes.ts";
import { loadText } from "./loadText.ts";

/** As much of a JSON Schema as this one uses. */
interface Schema {
  description?: string;
  type?: string;
  enum?: string[];
  const?: unknown;
  examples?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | false;
  items?: Schema;
  anyOf?: Schema[];
  defaultSnippets?: { label: string; body: object }[];
}

const root = join(import.meta.dirname, "..", "..", "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const schema: Schema = JSON.parse(read("schemas/connectedapp.schema.json"));
const validate = new Ajv2020({
  allErrors: true,
  verbose: true,
  formats: fullFormats,
  keywords: ["defaultSnippets"],
}).compile(schema);

const starter = read("templates/minimal.yaml");
const files = globSync(["templates/*.yaml", "test/unit/metadata/cases/*/spec.yaml"], { cwd: root }).sort();
const pagesText = globSync(["README.md", "docs/**/*.md"], { cwd: root }).map(read).join("\n");
const examples = [...pagesText.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = ""]) => text);

/** What an editor would mark, but for words in another case: the tool takes these too, an editor shows the usual form. */
function marked(source: string): string[] {
  validate(parse(source));
  return (validate.errors ?? []).filter((error) => !isOtherCase(error)).map(placeAndText);
}

function isOtherCase({ keyword, schema: words, data }: ErrorObject): boolean {
  return (
    keyword === "enum" &&
    (words as string[]).some((word) => word.toLowerCase() === String(data).toLowerCase())
  );
}

function placeAndText({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath} ${message} ${JSON.stringify(params)}`;
}

/** Every part of the schema below a schema, with its path; the parts of a list end with `[]`, those of any key with `*`. */
function partsOf(parent: Schema, path = ""): [string, Schema][] {
  const children: [string, Schema][] = [
    ...Object.entries(parent.properties ?? {}).map(([key, child]): [string, Schema] => [
      `${path}.${key}`,
      child,
    ]),
    ...(parent.additionalProperties ? [[`${path}.*`, parent.additionalProperties] as [string, Schema]] : []),
    ...(parent.items ? [[`${path}[]`, parent.items] as [string, Schema]] : []),
    ...(parent.anyOf ?? []).map((child): [string, Schema] => [path, child]),
  ];
  return children.flatMap(([childPath, child]) => [[childPath, child], ...partsOf(child, childPath)]);
}

const parts = partsOf(schema);

test.each(files)("%s is right to an editor", (file) => {
  expect(marked(read(file))).toEqual([]);
});

test.each(examples)("an example of the documentation is right to an editor: %s", (example) => {
  // Most examples show a few lines of a spec.
  const whole = { ...parse(starter), ...parse(example) };
  expect(marked(JSON.stringify(whole))).toEqual([]);
});

describe("an editor marks what validate refuses, and nothing else:", () => {
  const at = {
    timeout: (text: string) => ["timeout: 30m", `timeout: ${JSON.stringify(text)}`],
    lifetime: (text: string) => ["refreshToken: zero", `refreshToken: {lifetime: ${JSON.stringify(text)}}`],
    session: (text: string) => [
      "refreshToken: zero",
      `refreshToken: zero\n  session: {timeout: ${JSON.stringify(text)}}`,
    ],
    range: (text: string) => ["scopes: [api]", `scopes: [api]\n  trustedIpRanges: [${JSON.stringify(text)}]`],
    certificate: (text: string) => ["scopes: [api]", `scopes: [api]\n  certificate: ${JSON.stringify(text)}`],
  } as const;

  test.each<{ setting: keyof typeof at; text: string }>([
    ...["30m", " 1 h ", "12h", "1d", "session", "30", "1.5h", "-5m", "1h30m", "1 week", ""].map((text) => ({
      setting: "timeout" as const,
      text,
    })),
    ...["2h", "90m", "session", "1w", "1234567m"].map((text) => ({ setting: "session" as const, text })),
    ...["30d", "6mo", "12h", "0d", "30m", "00h", "x"].map((text) => ({ setting: "lifetime" as const, text })),
    ...["10.0.0.0/8", "10.0.0.1-10.0.0.9", "2001:db8::/32", "10.0.0.1", "everything", "10", "a-b"].map(
      (text) => ({ setting: "range" as const, text }),
    ),
    { setting: "certificate", text: "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----" },
  ])("$setting: $text", ({ setting, text }) => {
    const [from = "", to = ""] = at[setting](text);
    expect(starter).toContain(from);
    const source = starter.replace(from, to);
    const refused = "problems" in loadText(source, "spec.yaml", {});
    expect(marked(source).length > 0).toBe(refused);
  });
});

test("what an editor offers to begin with is right", () => {
  const offered = [["", schema] as const, ...parts].flatMap(([path, part]) =>
    (part.defaultSnippets ?? []).map(({ body }) => ({ path, body })),
  );
  expect(offered.length).toBeGreaterThan(4);
  const whole: unknown = parse(starter);
  for (const { path, body } of offered) {
    const text = JSON.stringify(body)
      .replaceAll(/(?<!\\)\$\{\d:([^}]*)\}/g, "$1")
      .replaceAll(/\\\\([$}])/g, "$1");
    const value: unknown = JSON.parse(text);
    const keys = path.split(".").filter((key) => key !== "");
    const spec = keys.length === 0 ? value : { ...(whole as object), ...nested(keys, value) };
    expect({ path, marked: marked(JSON.stringify(spec)) }).toEqual({ path, marked: [] });
  }
});

function nested([key = "", ...rest]: string[], value: unknown): object {
  return { [key]: rest.length === 0 ? value : nested(rest, value) };
}

describe("an editor marks", () => {
  const withEnvironment = (setting: string) => `cpq:\n  url: https://example.com\nenvironments: {${setting}}`;

  test.each([
    {
      what: "a key that does not exist",
      from: "label:",
      to: "lable:",
      expected: /additional properties.*lable/,
    },
    {
      what: "a key in the wrong place",
      from: "    runAs:",
      to: "  runAs:",
      expected: /additional properties.*runAs/,
    },
    {
      what: "a key that is missing",
      from: "apiVersion: cpq/v1",
      to: "",
      expected: /required property 'apiVersion'/,
    },
    {
      what: "a word that does not exist",
      from: "format: jwt",
      to: "format: jot",
      expected: /accessToken\/format .*allowed values/,
    },
    {
      what: "a text that is no scope",
      from: "[api]",
      to: "[a p i]",
      expected: /scopes\/0 must match pattern/,
    },
    {
      what: "a list where a text belongs",
      from: "label: CPQ Admin API",
      to: "label: [CPQ]",
      expected: /\/label must be string/,
    },
    {
      what: "a text where a switch belongs",
      from: "[api]",
      to: "[api]\n  dpop: 'yes'",
      expected: /\/oauth\/dpop must be boolean/,
    },
    {
      what: "a name that no org takes",
      from: "name: CPQ_Admin_API",
      to: "name: CPQ__Admin__API",
      expected: /\/name must match pattern/,
    },
    {
      what: "an address that is none",
      from: "platform@example.com",
      to: "nobody",
      expected: /\/contactEmail must match format/,
    },
    {
      what: "a secret in plain text",
      from: "generated",
      to: "{key: A, secret: hunter2}",
      expected: /\/secret must match pattern/,
    },
    {
      what: "a kind of one environment",
      from: "#cpq:",
      to: withEnvironment("uat: {kind: ConnectedApp}"),
      expected: /uat .*properties.*kind/,
    },
    {
      what: "a slip in an environment",
      from: "#cpq:",
      to: withEnvironment("uat: {oauth: {scope: [api]}}"),
      expected: /oauth .*"scope"/,
    },
    {
      what: "an environment without a name",
      from: "#cpq:",
      to: withEnvironment("'': {}"),
      expected: /property name must be valid/,
    },
  ])("$what", ({ from, to, expected }) => {
    expect(starter).toContain(from);
    expect(marked(starter.replace(from, to)).join("\n")).toMatch(expected);
  });
});

test("each key has a description, which an editor shows", () => {
  const isDescribed = (part: Schema): boolean =>
    part.description !== undefined || (part.anyOf ?? []).some(isDescribed);
  const keys = parts.filter(([path]) => /\.[\w*]+$/.test(path));
  const described = new Set(keys.filter(([, part]) => isDescribed(part)).map(([path]) => path));
  expect(keys.length).toBeGreaterThan(300);
  expect(keys.map(([path]) => path).filter((path) => !described.has(path))).toEqual([]);
});

test.each(Object.entries({ ...metadataWords, scopes: Object.keys(scopeMetadataNames) }))(
  "an editor offers the words of %s",
  (_name, words) => {
    const offered = parts.filter(([, part]) => {
      const all = part.enum ?? part.examples ?? [];
      return words.every((word) => all.includes(word));
    });
    expect(offered).not.toEqual([]);
  },
);
