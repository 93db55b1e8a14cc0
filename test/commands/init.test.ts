import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Initialized } from "../../src/results/initialized.ts";
import { type CommandLine, commandLine } from "./commandLine.ts";
import { deployArgs } from "./deployReports.ts";
import { startTestOrgs } from "./localOrgs.ts";

const orgs = await startTestOrgs();
const person = ["--contact-email", "team@example.com", "--run-as", "cpq.integration@example.com"];
const init = (line: CommandLine, ...args: string[]) => line.sf("cpq", "connectedapp", "init", ...args);

test("with the flags that it needs, a spec is written whose comments are the template's, and the next commands are said", async () => {
  const line = commandLine();
  const { status, stdout } = await init(line, ...person, "--name", "Acme_Pricing");
  expect(status).toBe(0);
  expect(stdout).toContain("Wrote acme-pricing.yaml.");
  expect(stdout).toContain("\n  sf cpq connectedapp validate --spec acme-pricing.yaml\n");
  expect(stdout).toContain(
    "\n  sf cpq connectedapp deploy --spec acme-pricing.yaml --target-org ALIAS --dry-run\n",
  );
  const template = readFileSync(join(import.meta.dirname, "../../templates/minimal.yaml"), "utf8");
  expect(readFileSync(join(line.home, "acme-pricing.yaml"), "utf8")).toBe(
    template
      .replace("CPQ_Admin_API", "Acme_Pricing")
      .replace("CPQ Admin API", "Acme Pricing")
      .replace("platform@example.com", "team@example.com"),
  );
  expect((await line.sf("cpq", "connectedapp", "validate", "--spec", "acme-pricing.yaml")).status).toBe(0);
});

test.each([
  { kind: "ConnectedApp", template: "minimal" },
  { kind: "ConnectedApp", template: "full" },
  { kind: "ExternalClientApp", template: "minimal" },
  { kind: "ExternalClientApp", template: "full" },
])(
  "a $kind from the template $template is deployed and verified as it was written",
  async ({ kind, template }) => {
    const name = `Made_From_${template}`;
    const file = `${kind}-${template}.yaml`;
    const args = ["--kind", kind, "--template", template, "--name", name, "--output", file];
    expect((await init(orgs, ...person, ...args)).status).toBe(0);
    const access = kind === "ExternalClientApp" ? ["--enable-credential-access"] : [];
    const { status, stdout, stderr } = await orgs.sf(...deployArgs(file, ...access));
    expect(status, stderr).toBe(0);
    expect(stdout).toContain("The app is verified");
  },
);

test("with a file for the schema, editors find it by the first line of the spec", async () => {
  const line = commandLine();
  const args = ["--schema", "editors/cpq.schema.json", "--output", "specs/app.yaml"];
  expect((await init(line, ...person, "--name", "App", ...args)).stdout).toContain(
    "Wrote editors/cpq.schema.json.",
  );
  const text = readFileSync(join(line.home, "specs/app.yaml"), "utf8");
  expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/editors\/cpq\.schema\.json\n# /);
  const published = readFileSync(join(import.meta.dirname, "../../schemas/connectedapp.schema.json"), "utf8");
  expect(readFileSync(join(line.home, "editors/cpq.schema.json"), "utf8")).toBe(published);
  const again = await init(line, ...person, "--name", "Other", "--schema", "editors/cpq.schema.json");
  expect(again.stdout).not.toContain("Wrote editors/cpq.schema.json");
  expect(readFileSync(join(line.home, "other.yaml"), "utf8")).toContain(
    "$schema=./editors/cpq.schema.json\n",
  );
});

test("with environments, the next deploy names one of them", async () => {
  const line = commandLine();
  const { json } = await line.sfJson("cpq", "connectedapp", "init", "--template", "environments", ...person);
  expect((json.result as Initialized).next[1]).toBe(
    "sf cpq connectedapp deploy --spec cpq-admin-api.yaml --environment uat --dry-run",
  );
  for (const environment of ["uat", "production"]) {
    const args = ["--spec", "cpq-admin-api.yaml", "--environment", environment, "--output-dir", environment];
    expect((await line.sf("cpq", "connectedapp", "generate", ...args)).status).toBe(0);
  }
  const policies = "uat/extlClntAppOauthPolicies/CPQ_Admin_API_oauth_defaultPolicy.ecaOauthPlcy-meta.xml";
  expect(readFileSync(join(line.home, policies), "utf8")).toContain("cpq.integration@example.com.uat<");
});

test("a file that exists is left as it is", async () => {
  const line = commandLine();
  writeFileSync(join(line.home, "cpq-admin-api.yaml"), "mine");
  const { status, json } = await line.sfJson("cpq", "connectedapp", "init", ...person);
  expect([status, json.name]).toEqual([1, "FileExistsError"]);
  expect(readFileSync(join(line.home, "cpq-admin-api.yaml"), "utf8")).toBe("mine");
});

test("without a terminal and without what it needs, it says what is missing", async () => {
  const line = commandLine();
  const { status, stderr } = await init(line, "--contact-email", "team@example.com");
  expect(status).toBe(2);
  expect(stderr).toContain("Missing: --run-as\n");
});

test("every answer that cannot stand in a spec is named with its flag, and nothing is written", async () => {
  const line = commandLine();
  const { status, stderr } = await init(
    line,
    ...["--name", "../x", "--label", "two\nlines", "--contact-email", "nobody", "--run-as", "a\nb"],
  );
  expect(status).toBe(2);
  expect(stderr).toMatch(/^--name: name must be an API name/m);
  expect(stderr).toMatch(/^--label: label holds a control character/m);
  expect(stderr).toMatch(/^--contact-email: contactEmail must be an email address/m);
  expect(stderr).toMatch(/^--run-as: oauth.clientCredentials.runAs holds a control character/m);
  expect(existsSync(join(line.home, "cpq-admin-api.yaml"))).toBe(false);
});

test.each([
  { label: "yes", because: "a word that YAML takes for something else" },
  { label: "'#", because: "quotes and comment marks" },
  { label: "a: {b", because: "brackets and colons" },
  { label: "${env:NOT_SET_YET}", because: "a variable that is set later" },
])("the label $label ($because) is written so that it is read again as it was", async ({ label }) => {
  const line = commandLine();
  expect((await init(line, ...person, "--label", label)).status).toBe(0);
  const { parse } = await import("yaml");
  const spec: unknown = parse(readFileSync(join(line.home, "cpq-admin-api.yaml"), "utf8"));
  expect(spec).toMatchObject({ label });
});

test("a file name with a space is quoted in the commands that come next", async () => {
  const line = commandLine();
  const { stdout } = await init(line, ...person, "--output", "specs/my app.yaml");
  expect(existsSync(join(line.home, "specs", "my app.yaml"))).toBe(true);
  expect(stdout).toContain("validate --spec 'specs/my app.yaml'");
});

test("with a system that runs pipelines, a spec and its pipeline are written, and the secrets are named", async () => {
  const { home, sf } = commandLine();
  // A folder that holds no spec yet is no obstacle.
  mkdirSync(join(home, "specs"));
  writeFileSync(join(home, "specs", "compose.yaml"), "services: {}\n");
  const { status, stdout, stderr } = await sf("cpq", "connectedapp", "init", "--ci", "gitlab", ...person);
  expect(status, stderr).toBe(0);
  expect(stdout).toContain("Wrote specs/cpq-admin-api.yaml.\nWrote .gitlab-ci.yml.\n");
  const place = "(Settings → CI/CD → Variables, protected and masked)";
  expect(stdout).toContain(
    `\n  SFDX_AUTH_URL_UAT ${place}\n    Login of the user who deploys to uat. Once you are logged in, this shows it:\n    sf org auth show-sfdx-auth-url --target-org acme-uat\n`,
  );
  for (const [name, what] of [
    ["SFDX_AUTH_URL_PRODUCTION", "--target-org acme-production"],
    ["CPQ_RECEIPT_KEY", "receipt keygen --print"],
    ["CPQ_SECRETS_TOKEN", "project access token"],
  ])
    expect(stdout).toMatch(new RegExp(`\n  ${name} .*\n    [^]*?${what}`));
  expect(stdout).toContain("The orgs are named acme-uat (uat), acme-production (production) in the spec");
  expect(stdout).toContain("\n  sf cpq connectedapp validate --spec specs\n");
  expect((await sf("cpq", "connectedapp", "validate", "--spec", "specs")).status).toBe(0);
  const pipeline = readFileSync(join(home, ".gitlab-ci.yml"), "utf8");
  expect((await sf("cpq", "connectedapp", "init", "--ci", "gitlab")).status).toBe(1);
  expect(readFileSync(join(home, ".gitlab-ci.yml"), "utf8")).toBe(pipeline);
});
