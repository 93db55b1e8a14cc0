import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { fillTemplate } from "../../../src/runs/init/fillTemplate.ts";
import { init } from "../../../src/runs/init/init.ts";
import { isPublished, packedFile, pluginFor } from "../../../src/runs/init/pluginSource.ts";
import { folderWith } from "../../temporaryFolders.ts";

const root = join(import.meta.dirname, "..", "..", "..");

const validators = new Map<string, ReturnType<typeof compiled>>();

function validator(file: string) {
  const known = validators.get(file) ?? compiled(file);
  validators.set(file, known);
  return known;
}

function compiled(file: string) {
  const usual = { strict: false, allErrors: true, logger: false, unicodeRegExp: false } as const;
  // Code of such schemas takes three times as long to optimize as to make and to run.
  const ajv = new Ajv({ ...usual, code: { optimize: false } });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(readFileSync(join(root, "test", "schemas", file), "utf8")));
}

/** Runs in a folder with these files, as the command does, and gives back what it wrote. */
function initIn(files: Readonly<Record<string, string>>, choices: Parameters<typeof init>[0]) {
  const folder = folderWith(files);
  const former = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(former));
  const result = init(choices);
  const textOf = (file: string) => readFileSync(join(folder, file), "utf8");
  return { ...result, texts: Object.fromEntries(result.files.map((file) => [file, textOf(file)])) };
}

const person = { contactEmail: "team@example.com", runAs: "cpq.integration@example.com" };
const schemas: Readonly<Record<string, string>> = {
  ".github/workflows/cpq-apps.yml": "github-workflow.json",
  ".gitlab-ci.yml": "gitlab-ci.json",
  "azure-pipelines.yml": "azure-pipelines.json",
  "kubernetes/drift.yaml": "kubernetes-cronjob.json",
};
const logins = ["SFDX_AUTH_URL_TEST_2", "SFDX_AUTH_URL_LIVE", "CPQ_RECEIPT_KEY"];
const aws = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"];
const byPerson = ["TEST_2", "LIVE"].flatMap((name) => [
  `CPQ_ADMIN_API_${name}_CONSUMER_KEY`,
  `CPQ_ADMIN_API_${name}_CONSUMER_SECRET`,
]);
const connected = { kind: "ConnectedApp", store: "variables" } as const;
const cases = [
  { ci: "github", secrets: ["CPQ_SECRETS_TOKEN"] },
  { ci: "github", store: "aws", secrets: aws },
  { ci: "github", ...connected, secrets: byPerson },
  { ci: "gitlab", secrets: ["CPQ_SECRETS_TOKEN"] },
  { ci: "gitlab", store: "aws", secrets: aws },
  { ci: "gitlab", ...connected, secrets: byPerson },
  { ci: "azure", secrets: [] },
  { ci: "azure", store: "aws", secrets: aws },
  { ci: "azure", ...connected, secrets: byPerson },
  { ci: "jenkins", secrets: ["VAULT_ADDR", "VAULT_TOKEN"] },
  { ci: "jenkins", store: "aws", secrets: aws },
  { ci: "jenkins", ...connected, secrets: byPerson },
  { ci: "kubernetes", secrets: ["VAULT_ADDR", "VAULT_TOKEN"] },
  { ci: "kubernetes", ...connected, secrets: byPerson },
] as const;

describe.each(cases)("$ci, $store", ({ secrets, ...choices }) => {
  const written = () => initIn({}, { ...person, ...choices, from: "test-2", to: "live" });

  test("the pipeline is what its system takes", () => {
    for (const [file, text] of Object.entries(written().texts)) {
      const schema = schemas[file];
      if (schema === undefined) continue;
      const validate = validator(schema);
      const customTags = [
        {
          tag: "!reference",
          collection: "seq" as const,
          resolve: (seq: unknown) => seq as { toJSON(): unknown },
        },
      ];
      for (const document of parseAllDocuments(text, { customTags })) {
        validate(JSON.parse(JSON.stringify(document)));
        expect(validate.errors ?? []).toEqual([]);
      }
    }
  });

  test("its environments, orgs and secrets are those of the spec, and no mark is left", () => {
    const { texts, secrets: told, files } = written();
    const spec = parse(texts["specs/cpq-admin-api.yaml"] ?? "");
    const pipeline = files
      .filter((file) => file !== "specs/cpq-admin-api.yaml")
      .map((file) => texts[file])
      .join("\n");
    expect(Object.keys(spec.environments)).toEqual(["test-2", "live"]);
    const isDriftOnly = choices.ci === "kubernetes";
    const flags = [...pipeline.matchAll(/--(?:from|to|environment) ([\w-]+)/g)].map(([, name]) => name);
    expect(new Set(flags)).toEqual(new Set(isDriftOnly ? [] : ["test-2", "live"]));
    const aliases = [...pipeline.matchAll(/--alias ([\w-]+)/g)].map(([, name]) => name);
    expect(new Set(aliases)).toEqual(
      new Set([spec.environments["test-2"].targetOrg, spec.environments.live.targetOrg]),
    );
    const isExternal = spec.kind === "ExternalClientApp";
    expect(pipeline.includes("--enable-credential-access")).toBe(isExternal && !isDriftOnly);
    expect(pipeline.includes("connectedapp rotate")).toBe(isExternal && !isDriftOnly);

    const named = [...(isDriftOnly ? logins.slice(0, 2) : logins), ...secrets];
    const expected =
      choices.ci === "jenkins" ? named.map((name) => name.toLowerCase().replaceAll("_", "-")) : named;
    expect(told?.map(({ name }) => name).toSorted()).toEqual(expected.toSorted());
    for (const secret of choices.ci === "gitlab" ? logins.slice(0, 2) : expected)
      expect(pipeline).toContain(secret);
    expect(pipeline).not.toMatch(/(?:#|\/\/) @|@\w+@/);
    expect(pipeline).not.toMatch(/\buat\b|\bUAT\b/);
  });
});

test.each(["github", "gitlab", "azure", "jenkins", "kubernetes"] as const)(
  "%s sets up the Node that the Salesforce CLI needs before it is installed, and lets no stranger run commands",
  (ci) => {
    const { texts } = initIn({}, { ...person, ci });
    const images = Object.keys(texts).filter((file) => file.endsWith("Dockerfile"));
    const text = [...images, ...Object.keys(texts)].map((file) => texts[file]).join("\n");
    const before = text.split("npm install").slice(0, -1);
    expect(before.length).toBeGreaterThan(0);
    const versions = before
      .slice(0, images.length > 0 || ci === "gitlab" ? 1 : undefined)
      .map((part) => [...part.matchAll(/(?:node-version|versionSpec|node):\s*(\d+)/g)].at(-1)?.[1]);
    expect(versions.filter((version) => !(Number(version) >= 22))).toEqual([]);
    expect(text).not.toContain("--allow-commands");
  },
);

test.each(["github", "gitlab", "azure", "jenkins", "kubernetes"] as const)(
  "%s installs the plugin from where it is today, in each job after the checkout, and a person is told where that is",
  (ci) => {
    const { texts, notes } = initIn({}, { ...person, ci });
    const text = Object.values(texts).join("\n");
    const installs = [...text.matchAll(/sf plugins install ("[^"]*"|\S+)/g)].map(([, source]) => source);
    expect(installs.length).toBeGreaterThan(0);
    expect(new Set(installs)).toEqual(new Set([pluginFor(ci)]));
    expect(notes?.some((note) => note.includes(packedFile(ci)))).toBe(!isPublished);
    if (ci === "github") {
      const { jobs } = parse(texts[".github/workflows/cpq-apps.yml"] ?? "") as {
        jobs: Record<string, { steps: { run?: string; uses?: string }[] }>;
      };
      for (const { steps } of Object.values(jobs)) {
        const install = steps.findIndex(({ run }) => run?.includes("sf plugins install"));
        const checkout = steps.findIndex(({ uses }) => uses?.startsWith("actions/checkout@"));
        expect(install < 0 || (checkout >= 0 && checkout < install)).toBe(true);
      }
    } else expect(text).not.toContain("checkout: none");
    if (ci === "kubernetes" && !isPublished)
      expect(texts["kubernetes/Dockerfile"]).toMatch(/^COPY sf-plugin-cpq-.*\.tgz \/tmp\/$/m);
  },
);

test("README and the guides install the plugin from where it is today", () => {
  const pages = [
    "README.md",
    ...globSync("docs/*.md", { cwd: root }),
    ...globSync("docs/guides/*.md", { cwd: root }),
  ];
  const installs = pages.flatMap((page) => {
    const text = readFileSync(join(root, page), "utf8");
    return [...text.matchAll(/sf plugins install ([^\s`]+)/g)].map(([, source = ""]) => source);
  });
  expect(installs.length).toBeGreaterThan(0);
  for (const source of installs) expect(source.includes("file://")).toBe(!isPublished);
});

describe("a spec in the project's own folder", () => {
  const spec = (name: string) => `apiVersion: cpq/v1\nkind: ExternalClientApp\nname: ${name}\n`;
  test("that describes the same app is not written a second time", () => {
    const files = { "mine.yaml": spec("CPQ_Admin_API") };
    expect(() => initIn(files, { ...person, ci: "github" })).toThrow(
      /mine\.yaml describes the app CPQ_Admin_API already/,
    );
  });
  test("that describes another app is named, because the pipeline does not see it", () => {
    const files = { "mine.yaml": spec("Mine"), "mkdocs.yml": "site_name: x\n" };
    const { notes = [] } = initIn(files, { ...person, ci: "github" });
    expect(notes.filter((note) => /is a spec too/.test(note))).toEqual([
      expect.stringContaining("mine.yaml"),
    ]);
  });
  test("gets no pipeline, which would watch all other YAML files there", () => {
    expect(() => initIn({}, { ...person, ci: "github", output: "app.yaml" })).toThrow(/project's own folder/);
  });
});

describe("a spec that is there already", () => {
  const spec = (name: string, orgs: readonly [string, string]) => `apiVersion: cpq/v1
kind: ConnectedApp
name: ${name}
label: ${name}
contactEmail: team@example.com
oauth:
  callbackUrl: https://example.com/callback
  scopes: [api]
  clientCredentials: {runAs: cpq@example.com}
consumer: {key: "\${env:KEY_OF_{APP}_IN_{ENVIRONMENT}}", secret: "\${env:SECRET_IN_{ENVIRONMENT}}"}
environments:
  dev: {targetOrg: ${orgs[0]}}
  live: {targetOrg: ${orgs[1]}}
  third: {}
`;
  const files = {
    "apps/one.yaml": spec("One", ["dev-org", "live-org"]),
    "apps/two.yaml": spec("Two", ["dev-org", "live-org"]),
  };

  test("is left as it is, and the pipeline is for all specs of its folder", () => {
    const { texts, secrets } = initIn(files, { ci: "github", output: "apps/one.yaml" });
    expect(Object.keys(texts)).toEqual([".github/workflows/cpq-apps.yml"]);
    const pairs = ["KEY_OF_ONE_IN_DEV", "SECRET_IN_DEV", "KEY_OF_TWO_IN_DEV"];
    expect(secrets?.map((secret) => secret.name)).toEqual(expect.arrayContaining(pairs));
    const text = texts[".github/workflows/cpq-apps.yml"] ?? "";
    expect(text).toContain("SPECS: apps\n");
    expect(text).toContain("--from dev --to live ");
    expect(text).toContain("--alias dev-org\n");
  });

  const refused: { title: string; choices: object; more: Record<string, string>; name: string }[] = [
    { title: "whose org nobody knows", choices: { to: "third" }, more: {}, name: "OrgUnsaidError" },
    { title: "without the environment", choices: { to: "nowhere" }, more: {}, name: "WrongUsage" },
    {
      title: "for another org than its neighbour",
      choices: {},
      more: { "apps/two.yaml": spec("Two", ["dev-org", "another-org"]) },
      name: "SeveralOrgsError",
    },
    {
      title: "beside a pipeline that is there",
      choices: {},
      more: { ".github/workflows/cpq-apps.yml": "mine" },
      name: "FileExistsError",
    },
  ];
  test.each(refused)("$title gets no pipeline", ({ choices, more, name }) => {
    const write = () => initIn({ ...files, ...more }, { ci: "github", output: "apps/one.yaml", ...choices });
    expect(write).toThrow(expect.objectContaining({ name }));
  });
});

test.each([
  { choices: { ci: "github", store: "vault" }, name: "StoreNotForError" },
  { choices: { ci: "github", store: "variables" }, name: "PairOfOrgError" },
  { choices: { template: "minimal", store: "vault" }, name: "NeedsEnvironmentsError" },
  { choices: { template: "pipeline" }, name: "MissingSystemError" },
  { choices: { ci: "github", from: "a b" }, name: "InvalidAnswersError" },
] as const)("$choices is wrong usage: $name", ({ choices, name }) => {
  expect(() => initIn({}, { ...person, ...choices })).toThrow(expect.objectContaining({ name, exitCode: 2 }));
});

test("a spec alone can have a store too", () => {
  const { texts } = initIn({}, { ...person, store: "helper" });
  expect(parse(texts["cpq-admin-api.yaml"] ?? "").consumer).toEqual({ store: { helper: "pass" } });
  const withEnvironments = initIn({}, { ...person, store: "vault" });
  expect(withEnvironments.next[1]).toContain("--environment uat");
});

test("this repository's own workflows are what GitHub takes, and a wrong one is refused", () => {
  const validate = validator("github-workflow.json");
  for (const file of ["check.yml", "release.yml"]) {
    validate(parse(readFileSync(join(root, ".github", "workflows", file), "utf8")));
    expect(validate.errors ?? []).toEqual([]);
  }
  expect(validate({ on: "push", jobs: { one: { steps: [{ run: 5 }] } } })).toBe(false);
});

test("the Jenkinsfile's braces, brackets and quotes are balanced", () => {
  const text = (initIn({}, { ...person, ci: "jenkins" }).texts.Jenkinsfile ?? "")
    .replace(/'''[\s\S]*?'''|'[^'\n]*'|"[^"\n]*"/g, "")
    .replace(/\/\/.*$/gm, "");
  const count = (character: string) => text.split(character).length;
  expect([count("{"), count("("), count("'")]).toEqual([count("}"), count(")"), 1]);
});

test("a template whose marks nobody knows is a mistake", () => {
  const filling = { values: { one: "1" }, facts: new Set(["yes"]), env: () => [] };
  expect(fillTemplate("# @if yes\na @one@\n# @end\n# @if no\nb\n# @end\n  # @env x\n", filling)).toBe(
    "a 1\n",
  );
  expect(() => fillTemplate("@two@", filling)).toThrow("@two@");
});
