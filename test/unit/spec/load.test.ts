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
  test.each<{ what: string; from: string; to: string; expected: RegExp }>([
    {
      what: "a misspelled key",
      from: "runAs:",
      to: "runas:",
      expected: /^spec\.yaml:10:5 {2}Unknown key oauth\.clientCredentials\.runas\. Did you mean runAs\?$/,
    },
    {
      what: "a key in the wrong place",
      from: "  scopes: [api]",
      to: "  scopes: [api]\n  runAs: x",
      expected: /^spec\.yaml:9:3 .* Did you mean oauth\.clientCredentials\.runAs\?$/,
    },
    {
      what: "a misspelled word",
      from: "format: jwt",
      to: "format: jwtt",
      expected: /^spec\.yaml:12:13 .*"jwtt".* Did you mean jwt\?$/,
    },
    {
      what: "a missing key",
      from: "label: CPQ Admin API\n",
      to: "",
      expected: /^spec\.yaml:1:1 {2}label is missing\.$/,
    },
    {
      what: "a missing key in a map",
      from: "  callbackUrl: https://example.com/callback\n",
      to: "",
      expected: /^spec\.yaml:6:1 {2}oauth\.callbackUrl is missing\.$/,
    },
    {
      what: "a wrong type",
      from: "scopes: [api]",
      to: "scopes: api",
      expected: /^spec\.yaml:8:11 {2}oauth\.scopes must be a list, but is a string\.$/,
    },
    {
      what: "an entry of a list",
      from: "[api]",
      to: "[api, 5]",
      expected: /^spec\.yaml:8:17 {2}oauth\.scopes\[1\] must be a string, but is a number\.$/,
    },
    {
      what: "a name with two underscores, twice",
      from: "CPQ_Admin_API",
      to: "acme__CPQ__Admin",
      expected: /^spec\.yaml:3:7 {2}name must be an API name/,
    },
    {
      what: "a name that is a path",
      from: "CPQ_Admin_API",
      to: "../../etc/passwd",
      expected: /^spec\.yaml:3:7 {2}name must be an API name/,
    },
    {
      what: "a duration without a unit",
      from: "30m",
      to: '"30"',
      expected: /^spec\.yaml:13:14 {2}oauth\.accessToken\.timeout must be a duration/,
    },
    {
      what: "a text that is no word",
      from: "[api]",
      to: "[api, 'a p i']",
      expected: /^spec\.yaml:8:17 .*scopes\[1\] is "a p i"/,
    },
    {
      what: "a lifetime without a key",
      from: "oauth:\n",
      to: "policy: {refreshToken: 30d}\noauth:\n",
      expected: /^spec\.yaml:6:24 .*"30d", but must be one of: zero, infinite/,
    },
    {
      what: "a duplicate key",
      from: "kind: ConnectedApp",
      to: "kind: ConnectedApp\nkind: ConnectedApp",
      expected: /^spec\.yaml:3:1 {2}This key occurs twice/,
    },
    {
      what: "a control character",
      from: "label: CPQ Admin API",
      to: 'label: "a\\u0007b"',
      expected: /^spec\.yaml:4:8 {2}label holds a control character/,
    },
    {
      what: "an unknown apiVersion",
      from: "cpq/v1",
      to: "cpq/v9",
      expected: /^spec\.yaml:1:13 {2}apiVersion is "cpq\/v9".* Did you mean cpq\/v1\?$/,
    },
    {
      what: "a wrong email",
      from: "platform@example.com",
      to: "platform",
      expected: /^spec\.yaml:5:15 {2}contactEmail must be an email address, but is "platform"\.$/,
    },
  ])("$what", ({ from, to, expected }) => {
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
  test.each<{ what: string; source: string; expected: RegExp }>([
    { what: "an empty file", source: "", expected: /^spec\.yaml:1:1 {2}The file holds no spec\.$/ },
    { what: "only a comment", source: "# nothing\n", expected: /The file holds no spec/ },
    { what: "a text", source: "hello", expected: /must be a map, but is a string/ },
    { what: "a list", source: "- a\n- b\n", expected: /must be a map, but is a list/ },
    { what: "an alias bomb", source: bomb, expected: /alias/i },
    { what: "deep brackets", source: "a: ".concat("[".repeat(100_000)), expected: /more than 50 levels/ },
    {
      what: "deep indentation",
      source: Array.from({ length: 200 }, (_, depth) => `${" ".repeat(depth)}k:`).join("\n"),
      expected: /more than 50 levels/,
    },
    {
      what: "a map as a key",
      source: "{{ label }}: x",
      expected: /^spec\.yaml:1:\d+ {2}A key must be plain text/,
    },
    {
      what: "a list as a key",
      source: "? [a]\n: x",
      expected: /^spec\.yaml:1:3 {2}A key must be plain text/,
    },
    { what: "bytes as a key", source: "!!binary aGVsbG8=: x", expected: /A key must be plain text/ },
    { what: "broken YAML", source: "a: [1,\nb: 2", expected: /not well-formed/ },
    { what: "a tab as indent", source: "oauth:\n\tscopes: [api]\n", expected: /./ },
  ])("$what is a clear problem", ({ source, expected }) => {
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
    expect("loaded" in result && result.loaded.app.oauth?.clientCredentials?.runAs).toBe(
      "cpq@example.com.uat",
    );
  });
  test("can have a default", () => {
    const result = loadText(source.replace("SUFFIX", "SUFFIX:-.dev"), "spec.yaml", {});
    expect("loaded" in result && result.loaded.app.oauth?.clientCredentials?.runAs).toBe(
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
    expect("loaded" in result && result.loaded.app.saml?.certificate).toBe(pem(certificate));
  });

  test.each([
    {
      title: "that is cut",
      text: pem(certificate).slice(0, -1),
      problem: /saml\.certificate is an incomplete certificate/,
    },
    {
      title: "that is another text",
      text: "hello",
      problem: /saml\.certificate is not a readable X\.509 certificate/,
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
