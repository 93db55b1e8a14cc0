import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { AppDrift } from "../../src/results/drift.ts";
import { appInOrg } from "./appsInOrg.ts";
import { deployArgs, deployToSandbox } from "./deployReports.ts";
import { specText, startTestOrgs } from "./localOrgs.ts";
import { partNamesIn } from "./madeInSetup.ts";
import { installPackage } from "./packagedApp.ts";

const orgs = await startTestOrgs();
const { sandbox, home, sf, sfJson, write } = orgs;
const org = ["--target-org", "local-sandbox"];

/** What an org may say of an app of a package. */
const policies = (name: string, more = "") => `apiVersion: cpq/v1
kind: ExternalClientApp
name: ${name}
oauth:
  clientCredentials:
    runAs: cpq.integration@example.com
  accessToken:
    timeout: 10m
policy:
  permittedUsers: adminApproved
  permissionSets: [CPQ Integration]
${more}`;

test("the policies of an app of a package are deployed under the org's names, and nothing else is", async () => {
  await installPackage(sandbox, "acme", "Cloud");
  const names = partNamesIn(sandbox, "acme__Cloud");
  const packaged = () =>
    ["ExternalClientApplication", "ExtlClntAppOauthSettings", "ExtlClntAppGlobalOauthSettings"].flatMap(
      (type) => [...(sandbox.org.components.get(type)?.values() ?? [])],
    );
  const before = structuredClone(packaged());
  const file = write("cloud.yaml", policies("acme__Cloud"));
  const { status, report } = await deployToSandbox(orgs, file);
  expect(status).toBe(0);
  expect(report.plan).toMatchObject({
    action: "update",
    changes: [{ path: "oauth.accessToken.timeout", expected: "10m", actual: "30m" }],
  });
  expect(report).not.toHaveProperty("verification");
  expect(partNamesIn(sandbox, "acme__Cloud")).toEqual(names);
  expect(packaged()).toEqual(before);
  expect(appInOrg(sandbox.org, "ExternalClientApp", "acme__Cloud")?.texts("namedUserJwtTimeout")).toEqual([
    "10",
  ]);

  const again = await sf(...deployArgs(file));
  expect(again.stdout).toMatch(
    /Nothing to change[\s\S]*consumer key and secret of acme__Cloud belong to the package's vendor/,
  );
  const drift = await sfJson("cpq", "connectedapp", "drift", "--spec", file, ...org, "--verify");
  expect((drift.json.result as { apps: AppDrift[] }).apps[0]).toMatchObject({ state: "inSync" });
});

test("what only the package can change is a problem with its place", async () => {
  const file = write("more.yaml", policies("acme__Cloud", "label: Ours\nplugins: {oauth: true}\n"));
  const { status, json } = await sfJson("cpq", "connectedapp", "validate", "--spec", file);
  expect(status).toBe(1);
  expect(JSON.stringify(json)).toMatch(/label of acme__Cloud is in the package acme/);
  expect(JSON.stringify(json)).not.toMatch(/plugins\.oauth of/);
  const refused = await sf(
    ...deployArgs(
      write("scopes.yaml", policies("acme__Cloud").replace("oauth:\n", "oauth:\n  scopes: [api]\n")),
    ),
  );
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(/scopes\.yaml:5:3 .*oauth\.scopes of acme__Cloud is in the package acme/);
});

test("the lint leaves alone what is in the package", async () => {
  const file = write("linted.yaml", policies("acme__Cloud"));
  const { json } = await sfJson("cpq", "connectedapp", "validate", "--spec", file);
  expect(JSON.stringify(json.result)).not.toMatch(/access-token-opaque|scope-/);
});

test("an app whose package is not installed is not created", async () => {
  const { status, json } = await sfJson(...deployArgs(write("gone.yaml", policies("other__Cloud"))));
  expect(status).toBe(1);
  expect(json).toMatchObject({ name: "PackageMissingError", message: expect.stringContaining("other") });
});

test("its policies are generated under the names that an org gives them", async () => {
  const file = write("generated.yaml", policies("acme__Cloud"));
  const args = ["cpq", "connectedapp", "generate", "--spec", file, "--output-dir", "generated"];
  expect((await sf(...args)).status).toBe(0);
  const files = readdirSync(join(home, "generated"), { recursive: true, withFileTypes: true });
  expect(
    files
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["Cloud_defaultPolicy.ecaPlcy-meta.xml", "Cloud_oauth_defaultPolicy.ecaOauthPlcy-meta.xml"]);
});

test("a connected app of a package can be compared, and not deployed", async () => {
  const own = write("conn.yaml", specText("Conn"));
  expect((await sf(...deployArgs(own, "--no-verify"))).status).toBe(0);
  const app = sandbox.org.connectedApps.get("Conn");
  if (app === undefined) throw new Error("There is no connected app Conn.");
  sandbox.org.connectedApps.delete("Conn");
  sandbox.org.connectedApps.set("acme__Conn", { ...app, name: "acme__Conn" });
  const file = write("acme-conn.yaml", specText("acme__Conn", ["label: acme__Conn", "label: Mine"]));
  const drift = await sfJson("cpq", "connectedapp", "drift", "--spec", file, ...org);
  const [found] = (drift.json.result as { apps: AppDrift[] }).apps;
  expect(found?.drifts.map(({ path }) => path)).toContain("label");
  const { status, json } = await sfJson(...deployArgs(file));
  expect(status).toBe(1);
  expect(json).toMatchObject({ name: "PackagedConnectedAppError" });
});

test("an app of a package is imported as what the org may say of it, and its spec is in sync", async () => {
  await installPackage(sandbox, "acme", "Imported");
  const imported = await sf(
    "cpq",
    "connectedapp",
    "import",
    "--name",
    "acme__Imported",
    ...org,
    "-d",
    "specs",
  );
  expect(imported).toMatchObject({ status: 0 });
  expect(imported.stdout).not.toMatch(/Not seen|not known whether|consumer secret/);
  const spec = join("specs", "acme__Imported.yaml");
  const text = readFileSync(join(home, spec), "utf8");
  expect(text).toMatch(/^ {4}runAs: cpq\.integration@example\.com$/m);
  expect(text).not.toMatch(/^(label|contactEmail|consumer|packaging):|callbackUrl:|scopes:|enabled: false/m);
  expect((await sf("cpq", "connectedapp", "validate", "--spec", spec)).status).toBe(0);
  expect((await sf("cpq", "connectedapp", "drift", "--spec", spec, ...org)).status).toBe(0);
  expect((await deployToSandbox(orgs, spec)).report.plan.action).toBe("nothing");
});
