import { describe, expect, test } from "vitest";
import { problemReport } from "../../../src/project/problemText.ts";
import { environmentsOf } from "../../../src/spec/load.ts";
import { valueAt } from "../../../src/spec/overlay.ts";
import { resolve } from "../../../src/spec/resolve.ts";
import { resolvedText } from "../../../src/spec/resolvedText.ts";
import { parseSpecFile } from "../../../src/spec/specDocument.ts";
import { loadText } from "./loadText.ts";

const base = `apiVersion: cpq/v1
kind: ConnectedApp
name: App
label: App
contactEmail: a@example.com
`;

/** What a spec with more lines says at a path; its problems, if it has some. */
function valueIn(more: string, path: string): unknown {
  const result = loadText(base + more, "spec.yaml", {});
  if ("problems" in result) return problemReport(result.problems, "");
  return valueAt(result.loaded.app, path.split("."));
}

const oauth = (more: string) => `oauth: {callbackUrl: 'https://a.example.com', ${more}}\n`;
const consumer = (text: string) => `${oauth("scopes: [api]")}consumer: ${text}\n`;
const one = (run: string[], passes = "pair") => [{ run, passes }];

describe("a value is read in its canonical form:", () => {
  test.each<{ yaml: string; path: string; value: unknown }>([
    {
      yaml: oauth("scopes: [API, Profile, Brand_New]"),
      path: "oauth.scopes",
      value: ["api", "id", "Brand_New"],
    },
    { yaml: oauth("accessToken: {format: JWT}"), path: "oauth.accessToken.format", value: "jwt" },
    { yaml: oauth("accessToken: {timeout: 60m}"), path: "oauth.accessToken.timeout", value: "1h" },
    {
      yaml: oauth("accessToken: {timeout: ' Session '}"),
      path: "oauth.accessToken.timeout",
      value: "session",
    },
    { yaml: oauth("accessToken: {timeout: Idle:30}"), path: "oauth.accessToken.timeout", value: "Idle:30" },
    {
      yaml: oauth("trustedIpRanges: [10.0.0.1-10.0.0.1]"),
      path: "oauth.trustedIpRanges",
      value: [{ range: "10.0.0.1" }],
    },
    {
      yaml: oauth("trustedIpRanges: [{range: 10.0.0.0-10.255.255.255, description: ' Office '}]"),
      path: "oauth.trustedIpRanges",
      value: [{ range: "10.0.0.0/8", description: "Office" }],
    },
    { yaml: "description: |\n  one\n  two\n", path: "description", value: "one\ntwo" },
    { yaml: "startUrl: /home\n", path: "startUrl", value: "/home" },
    { yaml: "startUrl: myapp:home\n", path: "startUrl", value: "myapp:home" },
    { yaml: "policy: {refreshToken: Zero}\n", path: "policy.refreshToken", value: "zero" },
    {
      yaml: "policy: {refreshToken: {lifetime: ' 030d'}}\n",
      path: "policy.refreshToken",
      value: "{lifetime: 30d}",
    },
    {
      yaml: "otherMetadata: {ConnectedApp: '<b/><a> </a>'}\n",
      path: "otherMetadata.ConnectedApp",
      value: "<a/>\n<b/>",
    },
    { yaml: "", path: "consumer", value: {} },
    { yaml: consumer("generated"), path: "consumer", value: {} },
    { yaml: consumer("{key: K}"), path: "consumer", value: { key: "K" } },
    { yaml: consumer("{store: machine}"), path: "consumer.store", value: "machine" },
    { yaml: consumer("{store: {helper: pass}}"), path: "consumer.store", value: { helper: "pass" } },
    { yaml: consumer("{maxSecretAge: ' 90 d '}"), path: "consumer.maxSecretAge", value: "90d" },
    {
      yaml: consumer("{store: {commands: {store: [put, '{app}']}}}"),
      path: "consumer.store.commands.store",
      value: one(["put", "{app}"]),
    },
    {
      yaml: consumer("{store: {commands: {store: [[a], {run: [b], passes: key}]}}}"),
      path: "consumer.store.commands.store",
      value: [...one(["a"]), ...one(["b"], "key")],
    },
    {
      yaml: consumer("{store: {commands: {store: {run: [a]}}}}"),
      path: "consumer.store.commands.store",
      value: one(["a"]),
    },
  ])("$yaml", ({ yaml, path, value }) => expect(valueIn(yaml, path)).toEqual(value));
});

describe("a value is refused:", () => {
  test.each<{ yaml: string; problem: RegExp }>([
    { yaml: oauth("accessToken: {format: jwtx}"), problem: /"jwtx"/ },
    { yaml: oauth("accessToken: {timeout: 30 minutes}"), problem: /timeout must be a duration/ },
    { yaml: oauth("accessToken: {timeout: 30mx}"), problem: /timeout must be a duration/ },
    { yaml: oauth("scopes: ['x api']"), problem: /scopes\[0\] is "x api"/ },
    { yaml: oauth("scopes: ['1api']"), problem: /scopes\[0\] is "1api"/ },
    { yaml: 'label: ""\n'.replace("label", "contactPhone"), problem: /contactPhone is empty/ },
    { yaml: 'contactPhone: "a\\nb"\n', problem: /control character/ },
    { yaml: `contactPhone: "${"1".repeat(256)}"\n`, problem: /contactPhone .*255/ },
    { yaml: 'description: "a\\u0007b"\n', problem: /control character/ },
    { yaml: "infoUrl: ftp://a.example.com\n", problem: /infoUrl must be a URL that begins with https/ },
    { yaml: "infoUrl: xhttps://a.example.com\n", problem: /infoUrl must be a URL that begins with https/ },
    { yaml: "infoUrl: httpsx://a.example.com\n", problem: /infoUrl must be a URL that begins with https/ },
    { yaml: "startUrl: home\n", problem: /startUrl must be/ },
    { yaml: "startUrl: '/a b'\n", problem: /startUrl must be/ },
    { yaml: "startUrl: 'x /home'\n", problem: /startUrl must be/ },
    { yaml: "policy: {refreshToken: {lifetime: 30m}}\n", problem: /refreshToken/ },
    { yaml: "policy: {refreshToken: {lifetime: 0d}}\n", problem: /refreshToken/ },
    { yaml: consumer("{}"), problem: /consumer\.key is missing/ },
    { yaml: consumer("{secret: '${env:S}'}"), problem: /consumer\.key is missing/ },
    { yaml: consumer("{secret: '${env:S}', store: machine}"), problem: /consumer\.key is missing/ },
    { yaml: consumer("{key: K, secret: S}"), problem: /consumer\.secret must say where/ },
    { yaml: consumer("{maxSecretAge: 90}"), problem: /maxSecretAge/ },
    { yaml: consumer("{maxSecretAge: long}"), problem: /maxSecretAge must be a duration/ },
    { yaml: consumer("{store: {helper: ../pass}}"), problem: /helper/ },
    { yaml: consumer("{store: {helper: 'pass '}}"), problem: /helper/ },
    { yaml: consumer("{store: {commands: {store: [put, '{secret}']}}}"), problem: /\{secret\}/ },
    { yaml: consumer("{store: {commands: {store: [put, '{app}{nothing}']}}}"), problem: /\{nothing\}/ },
    { yaml: consumer('{store: {commands: {store: [put, "a\\0b"]}}}'), problem: /control character/ },
    { yaml: consumer("{store: {commands: {store: []}}}"), problem: /store/ },
    { yaml: "cpq: {url: 'ftp://a.example.com'}\n", problem: /cpq\.url must be a URL that begins with https/ },
    { yaml: "cpq: {url: 'https://a.example.com', path: x}\n", problem: /cpq\.path/ },
    { yaml: "cpq: {url: 'https://a.example.com', path: 'x/a'}\n", problem: /cpq\.path/ },
    { yaml: "cpq: {url: 'https://a.example.com', path: '/a b'}\n", problem: /cpq\.path/ },
    { yaml: "cpq: {url: 'https://a.example.com', probe: {rules: write}}\n", problem: /probe\.rules/ },
  ])("$yaml", ({ yaml, problem }) => expect(valueIn(yaml, "apiVersion")).toMatch(problem));
});

describe("an asset token", () => {
  test("needs nothing if it is off", () =>
    expect(valueIn(oauth("assetToken: {enabled: false}"), "oauth.assetToken")).toEqual({ enabled: false }));
  test("needs all of its parts if it is on", () =>
    expect(String(valueIn(oauth("assetToken: {audiences: a}"), "x")).match(/is missing/g)).toHaveLength(4));
  test("trusted addresses need no callback URL, and anything else does", () => {
    expect(valueIn("oauth: {trustedIpRanges: [10.0.0.1]}\n", "oauth.callbackUrl")).toBeUndefined();
    expect(valueIn("oauth: {trustedIpRanges: [10.0.0.1], dpop: true}\n", "x")).toMatch(
      /oauth\.callbackUrl is missing/,
    );
  });
});

describe("what is wrong is shown in a few words", () => {
  test.each([
    { what: "a long text", yaml: `infoUrl: ${"x".repeat(61)}\n`, problem: `"${"x".repeat(60)}…"` },
    { what: "a text of 60 characters", yaml: `infoUrl: ${"x".repeat(60)}\n`, problem: `"${"x".repeat(60)}"` },
    { what: "a map", yaml: "label: {a: 1}\n", problem: "but is a map" },
    { what: "a switch", yaml: "label: true\n", problem: "but is " },
    { what: "nothing", yaml: "label:\n", problem: "label must be a string, but is " },
    {
      what: "too large a number",
      yaml: "rotation: {generation: 1000}\n",
      problem: "rotation.generation must be at most 999.",
    },
    {
      what: "too small a number",
      yaml: "rotation: {generation: 0}\n",
      problem: "rotation.generation must be at least 1.",
    },
    {
      what: "too long a text",
      yaml: `label: ${"x".repeat(81)}\n`,
      problem: "label is longer than 80 characters.",
    },
    { what: "an empty text", yaml: 'label: ""\n', problem: "label is empty." },
    {
      what: "an empty list",
      yaml: "oauth: {callbackUrl: []}\n",
      problem: "oauth.callbackUrl needs at least 1 entry.",
    },
    {
      what: "an environment that begins with a dash",
      yaml: "environments: {-x: {}}\n",
      problem: '"-x"',
    },
    { what: "a key elsewhere", yaml: "runAs: a\n", problem: "Did you mean oauth.clientCredentials.runAs?" },
    { what: "a key of the top", yaml: oauth("infoUrl: a"), problem: "Did you mean infoUrl?" },
    { what: "a key that nobody knows", yaml: "zzzzzzzz: 1\n", problem: "Unknown key zzzzzzzz." },
    { what: "a merge", yaml: "<<: {label: A}\n", problem: "<<" },
  ])("$what", ({ yaml, problem }) => {
    const source = yaml.startsWith("label") ? base.replace("label: App\n", yaml) : base + yaml;
    const result = loadText(source, "spec.yaml", {});
    expect("problems" in result && problemReport(result.problems, "")).toContain(problem);
  });
});

describe("the place of", () => {
  const [document] = parseSpecFile("a: &x\n  b: 1\n  c: [p, {q: 2}]\nd: *x\ne:\n", "spec.yaml").documents;
  test.each<{ path: (string | number)[]; prefer?: "key"; line: number; column: number; depth: number }>([
    { path: [], line: 1, column: 1, depth: 0 },
    { path: ["a"], prefer: "key", line: 1, column: 1, depth: 1 },
    { path: ["a", "b"], line: 2, column: 6, depth: 2 },
    { path: ["a", "b"], prefer: "key", line: 2, column: 3, depth: 2 },
    { path: ["a", "c", 0], line: 3, column: 7, depth: 3 },
    { path: ["a", "c", 1, "q"], line: 3, column: 14, depth: 4 },
    { path: ["a", "c", 2], line: 3, column: 3, depth: 2 },
    { path: ["a", "z"], line: 1, column: 1, depth: 1 },
    { path: ["a", "b", "z"], line: 2, column: 3, depth: 2 },
    { path: ["d", "b"], line: 2, column: 6, depth: 2 },
    { path: ["e"], line: 5, column: 3, depth: 1 },
    { path: ["z"], line: 1, column: 1, depth: 0 },
  ])("$path is $line:$column", ({ path, prefer, line, column, depth }) =>
    expect(document?.place(path, prefer)).toEqual({ depth, location: { file: "spec.yaml", line, column } }),
  );
});

describe("a file of", () => {
  const depths = (open: string, close: string, count: number) =>
    parseSpecFile(`a: ${open.repeat(count)}${close.repeat(count)}`, "s.yaml").documents[0]?.problems.map(
      ({ id }) => id,
    );
  test("brackets that go 50 levels deep is looked at, of more not", () => {
    expect(depths("[", "]", 51)).toEqual(["tooDeep"]);
    expect(depths("[", "]", 40)).toEqual([]);
    expect(depths("{a: ", "}", 51)).toEqual(["tooDeep"]);
  });
  test("many brackets beside each other is not deep", () => {
    const list = parseSpecFile(`a: [${"[],{},".repeat(60)}]`, "s.yaml").documents[0];
    expect(list?.problems).toEqual([]);
    expect(parseSpecFile(`a: "${"]".repeat(9)}${"[".repeat(50)}"`, "s.yaml").documents[0]?.problems).toEqual(
      [],
    );
  });
  test("tabs and keys that occur twice is told in its own words", () => {
    const idsOf = (text: string) => parseSpecFile(text, "s.yaml").documents[0]?.problems.map(({ id }) => id);
    expect(idsOf("a:\n\tb: 1\n")).toContain("tabIndent");
    expect(idsOf("a: 1\na: 2\n")).toEqual(["duplicateKey"]);
    expect(idsOf("? {a: 1}\n: 2\n")).toEqual(["complexKey"]);
    expect(idsOf("? \n: 2\n")).toEqual([]);
    expect(idsOf('a: "x\n')).toEqual(["syntax"]);
  });
});

test("a spec as it is understood is YAML with its environment and org in comments", () => {
  const source = `${base}environments:\n  uat: {label: UAT, targetOrg: "my\\torg"}\n`;
  const result = loadText(source, "spec.yaml", {}, { environment: "uat" });
  expect("loaded" in result && resolvedText(result.loaded)).toBe(
    `# environment: uat\n# targetOrg: my org\n${base.replace("label: App", "label: UAT")}`,
  );
  const plain = loadText(base, "spec.yaml", {});
  expect("loaded" in plain && resolvedText(plain.loaded)).toBe(base);
});

describe("a spec becomes an app:", () => {
  const settingsOf = (source: string) => {
    const result = loadText(source, "spec.yaml", {});
    if ("problems" in result) throw new Error(problemReport(result.problems, ""));
    return resolve(result.loaded.app);
  };
  const external = base.replace("ConnectedApp", "ExternalClientApp");
  const flow = oauth("clientCredentials: {enabled: true}");

  test("the switch of an external client app's flow is in its policies too", () => {
    expect(settingsOf(external + flow).settings).toMatchObject({
      "oauth.clientCredentials.enabled": true,
      "policy.clientCredentials": true,
    });
    const off = `${external}${flow}policy: {clientCredentials: false}\n`;
    expect(settingsOf(off).settings["policy.clientCredentials"]).toBe(false);
    expect(settingsOf(external + oauth("dpop: true")).settings).not.toHaveProperty([
      "policy.clientCredentials",
    ]);
    expect(settingsOf(base + flow).settings).not.toHaveProperty(["policy.clientCredentials"]);
  });

  test("of an app of a package, there alone", () => {
    const { settings } = settingsOf(external.replace("name: App", "name: acme__App") + flow);
    expect(settings).toMatchObject({ "policy.clientCredentials": true });
    expect(settings).not.toHaveProperty(["oauth.clientCredentials.enabled"]);
  });

  test("a consumer key is known if it stands in the spec", () => {
    expect(settingsOf(base + consumer("{key: K}"))).toMatchObject({
      kind: "ConnectedApp",
      name: "App",
      consumerKey: "K",
    });
    expect(settingsOf(base + consumer("{key: '${env:K}'}"))).not.toHaveProperty("consumerKey");
    expect(settingsOf(base)).not.toHaveProperty("consumerKey");
  });
});

test("the names of a file's environments are none if it cannot be read", () => {
  const namesOf = (text: string) => parseSpecFile(text, "s.yaml").documents.map(environmentsOf);
  expect(namesOf("environments: {a: {}, b: {}}\n---\nx: 1\n---\nenvironments: [a]\n")).toEqual([
    ["a", "b"],
    [],
    [],
  ]);
  expect(namesOf("environments: {a: {}}\nenvironments: {b: {}}\n")).toEqual([[]]);
});
