import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { problemReport } from "../../../src/project/problemText.ts";
import { loadSpec } from "../../../src/spec/load.ts";
import { parseSpecFile } from "../../../src/spec/specDocument.ts";
import { certificate, pem } from "../certificates.ts";
import { loadText } from "./loadText.ts";

const good = `apiVersion: cpq/v1
kind: ConnectedApp
name: CPQ_Admin_API
label: CPQ Admin API
contactEmail: platform@example.com
oauth:
  callbackUrl: https://example.com/callback
  scopes: [api]
  clientCredentials:
    runAs: cpq@example.com
  accessToken:
    format: jwt
    timeout: 30m
`;

function problemsOf(source: string, environment: Record<string, string> = {}): string[] {
  const result = loadText(source, "spec.yaml", environment);
  if ("loaded" in result) return [];
  return problemReport(result.problems, "").split("\n\n");
}

test("a good spec has no problems", () => expect(problemsOf(good)).toEqual([]));

describe("a problem says where it is, what is wrong, and what may be meant", () => {
  test.each<[string, string, string, RegExp]>([
    [
      "a misspelled key",
      "runAs:",
      "runas:",
      /^spec\.yaml:10:5 {2}Unknown key oauth\.clientCredentials\.runas\. Did you mean runAs\?$/,
    ],
    [
      "a key in the wrong place",
      "  scopes: [api]",
      "  scopes: [api]\n  runAs: x",
      /^spec\.yaml:9:3 .* Did you mean oauth\.clientCredentials\.runAs\?$/,
    ],
    ["a misspelled word", "format: jwt", "format: jwtt", /^spec\.yaml:12:13 .*"jwtt".* Did you mean jwt\?$/],
    ["a missing key", "label: CPQ Admin API\n", "", /^spec\.yaml:1:1 {2}label is missing\.$/],
    [
      "a missing key in a map",
      "  callbackUrl: https://example.com/callback\n",
      "",
      /^spec\.yaml:6:1 {2}oauth\.callbackUrl is missing\.$/,
    ],
    [
      "a wrong type",
      "scopes: [api]",
      "scopes: api",
      /^spec\.yaml:8:11 {2}oauth\.scopes must be a list, but is a string\.$/,
    ],
    [
      "an entry of a list",
      "[api]",
      "[api, 5]",
      /^spec\.yaml:8:17 {2}oauth\.scopes\[1\] must be a string, but is a number\.$/,
    ],
    [
      "a name with two underscores, twice",
      "CPQ_Admin_API",
      "acme__CPQ__Admin",
      /^spec\.yaml:3:7 {2}name must be an API name/,
    ],
    [
      "a name that is a path",
      "CPQ_Admin_API",
      "../../etc/passwd",
      /^spec\.yaml:3:7 {2}name must be an API name/,
    ],
    [
      "a duration without a unit",
      "30m",
      '"30"',
      /^spec\.yaml:13:14 {2}oauth\.accessToken\.timeout must be a duration/,
    ],
    ["a text that is no word", "[api]", "[api, 'a p i']", /^spec\.yaml:8:17 .*scopes\[1\] is "a p i"/],
    [
      "a lifetime without a key",
      "oauth:\n",
      "policy: {refreshToken: 30d}\noauth:\n",
      /^spec\.yaml:6:24 .*"30d", but must be one of: zero, infinite/,
    ],
    [
      "a duplicate key",
      "kind: ConnectedApp",
      "kind: ConnectedApp\nkind: ConnectedApp",
      /^spec\.yaml:3:1 {2}This key stands twice/,
    ],
    [
      "a control character",
      "label: CPQ Admin API",
      'label: "a\\u0007b"',
      /^spec\.yaml:4:8 {2}label holds a control character/,
    ],
    [
      "an unknown apiVersion",
      "cpq/v1",
      "cpq/v9",
      /^spec\.yaml:1:13 {2}apiVersion is "cpq\/v9".* Did you mean cpq\/v1\?$/,
    ],
    [
      "a wrong email",
      "platform@example.com",
      "platform",
      /^spec\.yaml:5:15 {2}contactEmail must be an email address, but is "platform"\.$/,
    ],
  ])("%s", (_what, from, to, expected) => {
    expect(problemsOf(good.replace(from, to))).toEqual([expect.stringMatching(expected)]);
  });

  test("all problems come at once, in the order of the file", () => {
    const source = good
      .replace("kind: ConnectedApp", "kind: ConnectedApps")
      .replace("[api]", "[api i]")
      .replace("runAs", "runs");
    expect(problemsOf(source).map((text) => text.split(" ")[0])).toEqual([
      "spec.yaml:2:7",
      "spec.yaml:8:12",
      "spec.yaml:10:5",
    ]);
  });
});

describe("hostile and broken files", () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefgh"
    .split("")
    .map((key, index) => `${key}: &${key} [${Array(9).fill(`*${"abcdefgh"[index]}`)}]`)
    .join("\n")}\n`;
  test.each<[string, string, RegExp]>([
    ["an empty file", "", /^spec\.yaml:1:1 {2}The file holds no spec\.$/],
    ["only a comment", "# nothing\n", /The file holds no spec/],
    ["a text", "hello", /must be a map, but is a string/],
    ["a list", "- a\n- b\n", /must be a map, but is a list/],
    ["an alias bomb", bomb, /alias/i],
    ["deep brackets", "a: ".concat("[".repeat(100_000)), /more than 50 levels/],
    [
      "deep indentation",
      Array.from({ length: 200 }, (_, depth) => `${" ".repeat(depth)}k:`).join("\n"),
      /more than 50 levels/,
    ],
    ["a map as a key", "{{ label }}: x", /^spec\.yaml:1:\d+ {2}A key must be a text/],
    ["a list as a key", "? [a]\n: x", /^spec\.yaml:1:3 {2}A key must be a text/],
    ["bytes as a key", "!!binary aGVsbG8=: x", /A key must be a text/],
    ["broken YAML", "a: [1,\nb: 2", /not well-formed/],
    ["a tab as indent", "oauth:\n\tscopes: [api]\n", /./],
  ])("%s is a clear problem", (_what, source, expected) => {
    const problems = problemsOf(source);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join("\n")).toMatch(expected);
  });

  test("a byte order mark and Windows line ends do no harm", () => {
    expect(problemsOf(`\uFEFF${good.replaceAll("\n", "\r\n")}`)).toEqual([]);
  });
});

describe("environment variables", () => {
  const source = good.replace("runAs: cpq@example.com", "runAs: cpq@example.com${env:SUFFIX}");
  test("are replaced", () => {
    const result = loadText(source, "spec.yaml", { SUFFIX: ".uat" });
    expect("loaded" in result && result.loaded.spec.oauth?.clientCredentials?.runAs).toBe(
      "cpq@example.com.uat",
    );
  });
  test("can have a default", () => {
    const result = loadText(source.replace("SUFFIX", "SUFFIX:-.dev"), "spec.yaml", {});
    expect("loaded" in result && result.loaded.spec.oauth?.clientCredentials?.runAs).toBe(
      "cpq@example.com.dev",
    );
  });
  test("that are not set are a problem with a place", () => {
    expect(problemsOf(source)).toEqual(["spec.yaml:10:12  The environment variable SUFFIX is not set."]);
  });
  test("of the consumer are left for the time when the secret is needed", () => {
    expect(problemsOf(`${good}consumer: {key: "\${env:KEY}", secret: "\${env:SECRET}"}\n`)).toEqual([]);
  });
});

test("a secret in plain text is refused and never shown", () => {
  const source = `${good}consumer:\n  key: Abc123Abc123\n  secret: TopSecret123\n`;
  const result = loadText(source, "spec.yaml", {});
  if ("loaded" in result) throw new Error("the spec was taken");
  const report = problemReport(result.problems, result.shownSource);
  expect(report).toContain("consumer.secret must say where the secret comes from");
  expect(report).not.toContain("TopSecret123");
});

describe("a certificate", () => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const keyPem = String(privateKey.export({ format: "pem", type: "pkcs8" })).trim();
  const keyText = privateKey.export({ format: "der", type: "pkcs8" }).toString("base64");
  const block = (text: string) =>
    `${good}saml:\n  certificate: |\n${text.replace(/^/gm, "    ")}\n  acsUrl: https://sp.example.com\n  entityUrl: urn:sp\n  subjectType: Username\n`;
  const quoted = (text: string) => block("x").replace("|\n    x", JSON.stringify(text));

  test.each([
    { title: "in a block", source: block(pem(certificate)) },
    {
      title: "in quotes, with Windows line ends",
      source: quoted(`${pem(certificate)}\n`.replaceAll("\n", "\r\n")),
    },
    { title: "with text before it", source: block(`subject=CN = one.example.com\n${pem(certificate)}`) },
  ])("$title is the PEM that metadata gets", ({ source }) => {
    const result = loadText(source, "spec.yaml", {});
    expect("loaded" in result && result.loaded.spec.saml?.certificate).toBe(pem(certificate));
  });

  test.each([
    {
      title: "that is cut",
      text: pem(certificate).slice(0, -1),
      problem: /saml\.certificate is a certificate that is cut off/,
    },
    {
      title: "that is another text",
      text: "hello",
      problem: /saml\.certificate is not an X\.509 certificate/,
    },
    {
      title: "that is a public key",
      text: pem(certificate, "PUBLIC KEY"),
      problem: /but holds a PUBLIC KEY\./,
    },
    {
      title: "with its chain",
      text: `${pem(certificate)}\n${pem(certificate)}`,
      problem: /one certificate, but holds 2/,
    },
  ])("$title is a problem with a place", ({ text, problem }) => {
    const [found = "", ...others] = problemsOf(block(text));
    expect(others).toEqual([]);
    expect(found).toMatch(problem);
    expect(found).toMatch(/^spec\.yaml:\d+:16 {2}/);
  });

  test.each([
    { title: "in a block", source: block(`${keyPem}\n${pem(certificate)}`) },
    { title: "in quotes, after the certificate", source: quoted(`${pem(certificate)}\n${keyPem}`) },
    { title: "in base64", source: block(keyText.replace(/.{64}/g, "$&\n")) },
    { title: "in YAML that is broken besides", source: `${block(keyPem)}}: [\n` },
  ])("a private key $title is refused and never shown", ({ source }) => {
    const result = loadText(source, "spec.yaml", {});
    if ("loaded" in result) throw new Error("the spec was taken");
    const report = problemReport(result.problems, result.shownSource);
    expect(report).toMatch(/^spec\.yaml:\d+:\d+/);
    if (!source.endsWith("[\n")) expect(report).toContain("saml.certificate holds a private key");
    const lines = keyText.match(/.{1,16}/g) ?? [];
    expect(lines.filter((line) => line.length > 3 && result.shownSource.includes(line))).toEqual([]);
  });
});

describe("several specs in one file", () => {
  const files = (source: string) => parseSpecFile(source, "specs.yaml").documents;

  test("are a document each; what stands between marks alone is none", () => {
    expect(files(`---\n${good}---\n# only a comment\n---\n${good}...\n`)).toHaveLength(2);
  });

  test("have their problems at their own lines", () => {
    const [first, second] = files(`${good}---\n${good.replace("[api]", "[api i]")}`).map((document) =>
      loadSpec(document, {}),
    );
    expect(first).toHaveProperty("loaded");
    expect(second).toMatchObject({ problems: [{ location: { line: 22, column: 12 } }] });
  });

  test("broken YAML in one leaves the others", () => {
    const [first, second] = files(`${good}---\na: "unfinished\n`).map((document) => loadSpec(document, {}));
    expect(first).toHaveProperty("loaded");
    expect(second).toMatchObject({ problems: [{ id: "syntax", location: { line: 16 } }] });
  });
});

test("an alias within its own anchor has no end, which is a problem and no hang", () => {
  expect(problemsOf("a: &a [*a]\n")).toEqual([expect.stringMatching(/more than 50 levels/)]);
});
