import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { AppDrift } from "../../src/results/drift.ts";
import { deploy as deployZip, manifestXml, namespace, zipOf } from "../localorg/metadataClients.ts";
import { appInOrg } from "./appsInOrg.ts";
import { deployArgs, deployToSandbox } from "./deployReports.ts";
import { startTestOrgs } from "./localOrgs.ts";
import { makeInSetup, partNamesIn, partsOf } from "./madeInSetup.ts";

const orgs = await startTestOrgs();
const { sandbox, home, sf, sfJson, write } = orgs;
const org = ["--target-org", "local-sandbox"];
const named = (app: string) =>
  Object.fromEntries(
    partsOf(app)
      .slice(1)
      .map(({ type, fullName }) => [type, [fullName]]),
  );

/** As if the user had no permission to see them. */
function hideParts(app: string, types: readonly string[]): void {
  for (const { type, fullName } of partsOf(app))
    if (types.includes(type)) sandbox.org.components.get(type)?.delete(fullName);
}

test("an app of Setup is imported whole, is in sync, and keeps the names of its parts when it is changed", async () => {
  await makeInSetup(sandbox, "Cloud");
  const imported = await sf("cpq", "connectedapp", "import", "--name", "Cloud", ...org, "-d", "specs");
  expect(imported).toMatchObject({ status: 0 });
  const spec = join("specs", "Cloud.yaml");
  const text = readFileSync(join(home, spec), "utf8");
  for (const said of [
    "callbackUrl: https://example.com/callback",
    "runAs: cpq.integration@example.com",
    "format: jwt",
    "timeout: 30m",
    "permittedUsers: adminApproved",
    "permissionSets: [CPQ_Integration]",
    "oauth: true",
  ])
    expect(text).toContain(said);

  expect((await sf("cpq", "connectedapp", "validate", "--spec", spec)).status).toBe(0);
  const drift = await sfJson("cpq", "connectedapp", "drift", "--spec", spec, ...org);
  expect((drift.json.result as { apps: AppDrift[] }).apps[0]).toMatchObject({ state: "inSync" });
  const unchanged = await deployToSandbox(orgs, spec, "--no-verify");
  expect(unchanged.report.plan).toMatchObject({ action: "nothing" });
  expect(unchanged.report).not.toHaveProperty("deployId");

  write(spec, text.replace("timeout: 30m", "timeout: 5m").replace("label: Cloud", "label: Cloud of Setup"));
  expect((await sf(...deployArgs(spec, "--no-verify"))).status).toBe(0);
  expect(partNamesIn(sandbox, "Cloud")).toEqual(named("Cloud"));
  const app = appInOrg(sandbox.org, "ExternalClientApp", "Cloud");
  expect(app?.texts("namedUserJwtTimeout")).toEqual(["5"]);
  expect(app?.texts("label")).toContain("Cloud of Setup");
});

test("parts that the org does not show are no drift: what they hold was not compared, and drift says so", async () => {
  await makeInSetup(sandbox, "Hidden");
  await sf("cpq", "connectedapp", "import", "--name", "Hidden", ...org, "-d", "specs");
  hideParts("Hidden", ["ExtlClntAppOauthConfigurablePolicies", "ExtlClntAppGlobalOauthSettings"]);
  const { status, json } = await sfJson(
    "cpq",
    "connectedapp",
    "drift",
    "--spec",
    "specs/Hidden.yaml",
    ...org,
  );
  const [app] = (json.result as { apps: AppDrift[] }).apps;
  expect(status).toBe(1);
  expect(app).toMatchObject({ state: "unchecked", drifts: [] });
  expect(app?.failure?.message).toMatch(
    /global OAuth settings, OAuth policies of Hidden.*oauth\.callbackUrl.*oauth\.clientCredentials\.runAs/,
  );
  expect(app?.failure?.actions.join()).toContain("View all External Client Apps");
});

test("what belongs to an app besides is kept by a deploy, and told of by import and deploy", async () => {
  await makeInSetup(sandbox, "Secured");
  const type = "ExtlClntAppOauthSecuritySettings";
  const zip = await zipOf({
    "package.xml": manifestXml({ [type]: ["Secured_security"] }),
    "extlClntAppOauthSecuritySettings/Secured_security.ecaOauthSecurity": `<${type} xmlns="${namespace}"><externalClientApplication>Secured</externalClientApplication></${type}>`,
  });
  expect((await deployZip(sandbox, zip)).success).toBe(true);
  const part = () => sandbox.org.components.get(type)?.get("Secured_security");
  const before = part();
  const imported = await sf("cpq", "connectedapp", "import", "--name", "Secured", ...org, "-d", "specs");
  expect(imported.stdout).toMatch(/Secured_security .*A deploy leaves it as it is/);
  const spec = join("specs", "Secured.yaml");
  write(spec, readFileSync(join(home, spec), "utf8").replace("timeout: 30m", "timeout: 5m"));
  const { status, report } = await deployToSandbox(orgs, spec, "--no-verify");
  expect([status, report.keptParts]).toEqual([0, [{ type, name: "Secured_security" }]]);
  expect((await sf(...deployArgs(spec, "--no-verify"))).stdout).toContain(
    `Kept, not managed: ${type} Secured_security`,
  );
  expect(part()).toEqual(before);
});
