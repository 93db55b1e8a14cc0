import { expect, test } from "vitest";
import { allowCredentialAccess, appInOrg } from "./appsInOrg.ts";
import { deployArgs, deployToSandbox } from "./deployReports.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";

const orgs = await startTestOrgs();
const { sandbox, sfJson, write } = orgs;
allowCredentialAccess(sandbox.org, true);
const spec = (name: string, ...changes: [string, string][]) =>
  write(`${name}.yaml`, specTextOf("ExternalClientApp", name, ...changes));
const texts = (name: string, element: string) =>
  appInOrg(sandbox.org, "ExternalClientApp", name)?.texts(element);

test("a permission set that the spec names by label goes to the org by API name, and differs in nothing", async () => {
  const file = spec("Labelled");
  expect((await deployToSandbox(orgs, file)).status).toBe(0);
  expect(texts("Labelled", "commaSeparatedPermissionSet")).toEqual(["CPQ_Integration"]);
  expect((await deployToSandbox(orgs, file)).report.plan.action).toBe("nothing");
  const drift = await sfJson("cpq", "connectedapp", "drift", "--spec", file, "--target-org", "local-sandbox");
  expect(drift.status).toBe(0);
});

test("a label that several permission sets have is no name", async () => {
  const [one] = sandbox.org.permissionSets;
  if (one === undefined) throw new Error("The org has no permission set.");
  sandbox.org.permissionSets.push({ ...one, id: `${one.id.slice(0, -4)}0002`, name: "CPQ_Integration_2" });
  const { status, json } = await sfJson(...deployArgs(spec("Ambiguous")));
  sandbox.org.permissionSets.pop();
  expect(status).toBe(1);
  expect(json).toMatchObject({
    name: "PermissionSetAmbiguousError",
    message: expect.stringMatching(
      /Ambiguous\.yaml:\d+:\d+.*CPQ Integration.*CPQ_Integration, CPQ_Integration_2/,
    ),
  });
  expect(appInOrg(sandbox.org, "ExternalClientApp", "Ambiguous")).toBeUndefined();
});

test("profiles go to the org by the names that Setup shows, whichever the spec says", async () => {
  const profiles = "refreshToken: zero\n  profiles: [Admin, Standard User]";
  const file = spec("Profiles", ["refreshToken: zero", profiles]);
  expect((await deployToSandbox(orgs, file)).status).toBe(0);
  expect(texts("Profiles", "commaSeparatedProfile")?.[0]?.split(/,\s*/).sort()).toEqual([
    "Standard User",
    "System Administrator",
  ]);
  expect((await deployToSandbox(orgs, file)).report.plan.action).toBe("nothing");
});

test("a profile that the org does not have is said at its place before anything is deployed", async () => {
  const file = spec("No_Profile", ["refreshToken: zero", "refreshToken: zero\n  profiles: [Nobody]"]);
  const { status, json } = await sfJson(...deployArgs(file));
  expect(status).toBe(1);
  expect(json).toMatchObject({
    name: "ProfileNotFoundError",
    message: expect.stringMatching(/No_Profile\.yaml:\d+:\d+ .*Nobody/),
  });
});

test("an API version that does not have all settings of an external client app is refused, and nothing is sent", async () => {
  const { status, json } = await sfJson(...deployArgs(spec("Too_Old"), "--api-version", "64.0"));
  expect(status).toBe(1);
  expect(json).toMatchObject({
    name: "ApiVersionTooOldError",
    message: expect.stringMatching(/ExternalClientApp.*65\.0.*local-sandbox.*64\.0/),
    actions: [expect.stringContaining("--api-version 65.0")],
  });
  expect(appInOrg(sandbox.org, "ExternalClientApp", "Too_Old")).toBeUndefined();
});
