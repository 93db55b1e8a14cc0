import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { commandLine } from "./commandLine.ts";
import { specText } from "./localOrgs.ts";

/** An empty folder with the given files in it, and a user in it. */
function userWith(files: Record<string, string | Buffer>) {
  const user = commandLine();
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(join(user.home, file, ".."), { recursive: true });
    writeFileSync(join(user.home, file), content);
  }
  return { ...user, validate: (...args: string[]) => user.sf("cpq", "connectedapp", "validate", ...args) };
}

const environments = `environments:
  uat:
    targetOrg: acme-uat
    usernameSuffix: .uat
  production:
    oauth:
      callbackUrl: \${org:instanceUrl}/callback
`;

test("an error with --json names the command's class, as the Salesforce CLI's own commands do", async () => {
  const { json } = await userWith({}).sfJson("cpq", "connectedapp", "validate", "--spec", "nowhere.yaml");
  expect(json).toMatchObject({ context: "Validate" });
});

test.each([
  { what: "with a neighbour of a like name", file: "specs/cpg.yaml", meant: " Did you mean specs/cpq.yaml?" },
  { what: "alone", file: "specs/another.yaml", meant: "" },
  { what: "in a folder that is not there", file: "nowhere/cpq.yaml", meant: "" },
  { what: "with a name of two words", file: "another spec.yaml", typed: "'another spec.yaml'", meant: "" },
])(
  "a spec that is not there, $what: no line is blamed, and the way on is said",
  async ({ file, typed = file, meant }) => {
    const { sfJson } = userWith({ "specs/cpq.yaml": specText("Cpq") });
    const { status, json } = await sfJson("cpq", "connectedapp", "validate", "--spec", file);
    expect({ status, name: json.name, message: json.message }).toEqual({
      status: 2,
      name: "NoSpecFileError",
      message: `There is no file ${file}.${meant}`,
    });
    expect(json.actions).toEqual([expect.stringContaining(`sf cpq connectedapp init --output ${typed}`)]);
  },
);

describe("several specs", () => {
  const files = {
    "specs/one.yaml": specText("One"),
    "specs/deep/two.yml": `${specText("Two")}---\n${specText("Three")}`,
    "specs/.hidden/four.yaml": "not: a spec",
    "specs/..2026/one.yaml": "not: a spec, but what a ConfigMap links to",
    "specs/node_modules/five.yaml": "not: a spec",
    "specs/notes.md": "no spec",
  };
  test.each<{ what: string; args: string[] }>([
    { what: "a folder", args: ["--spec", "specs"] },
    { what: "a glob", args: ["--spec", "specs/**/*.y*ml", "--spec", "specs/one.yaml"] },
    { what: "files", args: ["--spec", "specs/deep/two.yml", "--spec", "specs/one.yaml"] },
  ])("by $what", async ({ args }) => {
    const { status, stdout } = await userWith(files).validate(...args);
    expect(stdout.match(/ConnectedApp \w+ is valid/g)?.sort()).toEqual([
      "ConnectedApp One is valid",
      "ConnectedApp Three is valid",
      "ConnectedApp Two is valid",
    ]);
    expect(status).toBe(0);
  });

  test("all that is wrong in all of them comes at once", async () => {
    const user = userWith({
      ...files,
      "specs/bad.yaml": "a: 1\nkind: ConnectedApp\n",
      "specs/worse.yaml": "kind: ConnectedApp\na: [\n",
    });
    const { status, stderr } = await user.validate("--spec", "specs");
    expect(stderr).toMatch(/2 files have \d+ problems/);
    expect(stderr).toMatch(/specs\/bad\.yaml:1:1 {2}Unknown key a/);
    expect(stderr).toMatch(/specs\/worse\.yaml:\d+:\d+ {2}The YAML is not well-formed/);
    expect(status).toBe(1);
  });

  test("what other programs read is left out of a folder, and that is said", async () => {
    const user = userWith({ ...files, "specs/compose.yaml": "services: {}\n" });
    const { status, stderr } = await user.validate("--spec", "specs");
    expect(stderr).toMatch(/^1 YAML file was left out, .*: specs\/compose\.yaml$/m);
    expect(status).toBe(0);
    expect((await user.validate("--spec", "specs/compose.yaml")).status).toBe(1);
  });

  test.each([
    {
      what: "no YAML file",
      file: "readme.md",
      said: ["There is no YAML file in empty.", "in hidden folders"],
    },
    {
      what: "no spec",
      file: "compose.yaml",
      said: ["no spec in empty, but other YAML files: empty/compose.yaml"],
    },
  ])("$what is an error, not a success", async ({ file, said }) => {
    const { status, stderr } = await userWith({ [`empty/${file}`]: "" }).validate("--spec", "empty");
    for (const text of said) expect(stderr).toContain(text);
    expect(status).toBe(1);
  });

  test("two of one app are refused where they would be deployed", async () => {
    const user = userWith({ "a.yaml": specText("Same"), "b.yaml": specText("Same") });
    const args = ["--spec", "a.yaml", "--spec", "b.yaml", "--output-dir", "out"];
    const { status, stderr } = await user.sf("cpq", "connectedapp", "generate", ...args);
    expect(stderr).toMatch(/b\.yaml:3:\d+: another spec describes the ConnectedApp Same too, at a\.yaml:3/);
    expect(status).toBe(1);
  });
});

describe("environments", () => {
  const files = { "app.yaml": specText("App") + environments };

  test("are checked one by one; another command asks which one is meant", async () => {
    const user = userWith(files);
    const { stdout } = await user.validate("--spec", "app.yaml");
    expect(stdout).toContain(
      "ConnectedApp App is valid in uat.\napp.yaml: ConnectedApp App is valid in production.",
    );
    const { status, stderr } = await user.sf("cpq", "connectedapp", "generate", "--spec", "app.yaml");
    expect(stderr).toMatch(/app\.yaml has several environments: uat, production\.[\s\S]*--environment uat/);
    expect(status).toBe(2);
  });

  test("are shown as they are understood, as YAML, with secrets as references", async () => {
    const secret = "consumer: {key: AKeyOfTheSpec1, secret: '${env:SECRET}'}\n";
    const user = userWith({ "app.yaml": specText("App") + secret + environments });
    const { stdout } = await user.validate("--spec", "app.yaml", "--show-resolved");
    const documents = parseAllDocuments(stdout);
    if (!Array.isArray(documents)) throw new Error("There is no document.");
    const [uat, production] = documents.map((document) => document.toJS());
    expect(uat).toMatchObject({
      consumer: { secret: "${env:SECRET}" },
      oauth: { clientCredentials: { runAs: "cpq.integration@example.com.uat" } },
    });
    expect(uat).not.toHaveProperty("environments");
    expect(production).toMatchObject({ oauth: { callbackUrl: "${org:instanceUrl}/callback" } });
    expect(stdout).toContain("# environment: uat\n# targetOrg: acme-uat\n");
  });

  test("that refer to the org are not generated without one", async () => {
    const args = ["--spec", "app.yaml", "-e", "production", "--output-dir", "out"];
    const { status, stderr } = await userWith(files).sf("cpq", "connectedapp", "generate", ...args);
    expect(stderr).toMatch(/app\.yaml:\d+:\d+ refers to the org, but no org is known/);
    expect(status).toBe(1);
  });
});

describe("the policy lint", () => {
  const risky = specText("Risky", ["[api]", "[api, full]"], ["timeout: 30m", "timeout: 2h"]);

  test("says where, what and why; an error is exit code 1", async () => {
    const { status, stdout } = await userWith({ "a.yaml": risky }).validate("--spec", "a.yaml");
    expect(stdout).toMatch(/^a\.yaml:8:3 +error +.*\(scope-full\)$/m);
    expect(stdout).toMatch(/^a\.yaml:13:5 +warning +.*\(jwt-timeout-long\)$/m);
    expect(stdout).toMatch(/^scope-full: A token with this scope may do everything/m);
    expect(status).toBe(1);
  });

  test("can be silenced with a reason, which is shown", async () => {
    const ignore = "lint:\n  ignore:\n    - {rule: scope-full, reason: A legacy job needs it}\n";
    const user = userWith({ "a.yaml": risky + ignore });
    const { status, stdout } = await user.validate("--spec", "a.yaml");
    expect(stdout).toContain("a.yaml:8:3  silenced: scope-full (A legacy job needs it)");
    expect(status).toBe(0);
    expect((await user.validate("--spec", "a.yaml", "--fail-on", "warning")).status).toBe(1);
  });

  test("fails from the level on that the spec sets", async () => {
    const file = specText("Strict", ["timeout: 30m", "timeout: 2h"]);
    const user = userWith({ "a.yaml": file, "b.yaml": `${file}lint: {failOn: warning}\n` });
    expect((await user.validate("--spec", "a.yaml")).status).toBe(0);
    expect((await user.validate("--spec", "b.yaml")).status).toBe(1);
  });
});

describe("reports for pipelines", () => {
  test("several at once, each to its file, with what is wrong in the specs among the findings", async () => {
    const user = userWith({ "a.yaml": specText("A", ["[api]", "[full]"]), "b.yaml": "kind: Nothing\n" });
    const outputs = ["sarif", "junit", "gitlab", "json"].flatMap((name) => [
      "--format",
      name,
      "--output",
      `out/${name}`,
    ]);
    const { status, stdout } = await user.validate(
      "--spec",
      "a.yaml",
      "--spec",
      "b.yaml",
      ...outputs,
      "--format",
      "github",
    );
    const read = (name: string) => readFileSync(join(user.home, "out", name), "utf8");
    const results = JSON.parse(read("sarif")).runs[0].results as { ruleId: string }[];
    expect(results.map(({ ruleId }) => ruleId)).toEqual(
      expect.arrayContaining(["scope-full", "invalid-spec"]),
    );
    expect(read("junit")).toContain('<testsuite name="A"');
    expect(JSON.parse(read("gitlab"))).toEqual(
      expect.arrayContaining([expect.objectContaining({ check_name: "invalid-spec", severity: "critical" })]),
    );
    expect(JSON.parse(read("json"))).toMatchObject({ specs: [{ valid: true }, { valid: false }] });
    expect(stdout).toMatch(/^::error file=a\.yaml,line=8,col=3,title=scope-full \(A\)::/m);
    expect(status).toBe(1);
  });

  test.each<{ what: string; args: string[]; expected: RegExp }>([
    {
      what: "two on standard output",
      args: ["--format", "json", "--format", "sarif"],
      expected: /Only one report can go to standard output/,
    },
    { what: "an output without a format", args: ["--output", "x"], expected: /output/ },
    {
      what: "two outputs of one format",
      args: ["--format", "json", "--output", "x", "--output", "y"],
      expected: /--output y needs a --format/,
    },
  ])("$what: a clear error", async ({ args, expected }) => {
    const { status, stderr } = await userWith({ "a.yaml": specText("A") }).validate(
      "--spec",
      "a.yaml",
      ...args,
    );
    expect(stderr).toMatch(expected);
    expect(status).not.toBe(0);
  });
});

describe("files that no spec can be", () => {
  test.each<{ what: string; content: string | Buffer; expected: RegExp }>([
    {
      what: "UTF-16 with a byte order mark",
      content: Buffer.from(`\uFEFF${specText("A")}`, "utf16le"),
      expected: /The file is UTF-16 text/,
    },
    {
      what: "UTF-16 without one",
      content: Buffer.from(specText("A"), "utf16le"),
      expected: /The file is UTF-16 text/,
    },
    {
      what: "a NUL character",
      content: specText("A").replace("[api]", "[api\0]"),
      expected: /a\.yaml:8:1 .*NUL/,
    },
    { what: "no text", content: Buffer.from([0xff, 0x00, 0x12]), expected: /UTF/ },
    { what: "10 MB", content: "a: b\n".repeat(2_100_000), expected: /has \d+ bytes, but a spec may have/ },
    {
      what: "a YAML merge key",
      content: `x: &x {a: b}\n${specText("A")}<<: *x\n`,
      expected: /a\.yaml:\d+:1 .*<<: merge keys are not part of YAML 1\.2/,
    },
  ])("$what: a clear error with the file's name", async ({ content, expected }) => {
    const { status, stderr } = await userWith({ "a.yaml": content }).validate("--spec", "a.yaml");
    expect(stderr).toMatch(expected);
    expect(stderr).not.toContain("    at ");
    expect(status).toBe(1);
  });
});
