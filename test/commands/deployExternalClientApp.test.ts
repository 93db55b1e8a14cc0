import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { allowCredentialAccess, appInOrg } from "./appsInOrg.ts";
import { allPassed, deployArgs, deployToSandbox, outcomes } from "./deployReports.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";

const orgs = await startTestOrgs();
const { sandbox, sf, write } = orgs;
const deployed = (file: string, ...more: string[]) => deployToSandbox(orgs, file, ...more);
const spec = (name: string, ...changes: [string, string][]) =>
  specTextOf("ExternalClientApp", name, ...changes);
const appOf = (name: string) => appInOrg(sandbox.org, "ExternalClientApp", name);
const credentialAccess = () =>
  sandbox.org.components
    .get("Settings")
    ?.get("ExternalClientApp")
    ?.content.children.find(({ name }) => name === "enableClientSecretInRestApiAccess")?.text;

describe("credentials that the org does not let be read", () => {
  test("leave the app unverified, and name the setting, the permission and the flag", async () => {
    const { status, report } = await deployed(write("closed.yaml", spec("Closed")));
    expect(status).toBe(4);
    expect(appOf("Closed")).toBeDefined();
    const [check] = report.verification?.checks ?? [];
    expect(check).toMatchObject({
      id: "token",
      outcome: "unverified",
      detail: expect.stringContaining("FUNCTIONALITY_NOT_ENABLED"),
    });
    expect(check?.actions.join(" ")).toMatch(
      /External Client App Settings.*--enable-credential-access.*View Client Secret/s,
    );
  });

  test("are read with --enable-credential-access, and the org's setting is as before", async () => {
    for (const former of [undefined, "false", "true"]) {
      const name = `Opened_${former}`;
      if (former !== undefined) allowCredentialAccess(sandbox.org, former === "true");
      const file = write("opened.yaml", spec(name));
      const { status, report } = await deployed(file, "--enable-credential-access");
      expect(status).toBe(0);
      expect(outcomes(report)).toEqual(allPassed);
      expect(credentialAccess() ?? "false").toBe(former ?? "false");
    }
    allowCredentialAccess(sandbox.org, false);
  });

  test("are taken from the store the next time, so that no access is needed any more", async () => {
    const file = write("again.yaml", spec("Again"));
    await deployed(file, "--enable-credential-access");
    const { status, report } = await deployed(file);
    expect(status).toBe(0);
    expect(report.plan.action).toBe("nothing");
    expect(outcomes(report)).toEqual(allPassed);
  });

  test("leave the setting as before also when the reading fails", async () => {
    allowCredentialAccess(sandbox.org, false);
    const global = () => sandbox.org.components.get("ExtlClntAppGlobalOauthSettings");
    const file = write("failing.yaml", spec("Failing"));
    await deployed(file, "--no-verify");
    const part = [...(global()?.values() ?? [])].find(({ fullName }) => fullName.startsWith("Failing"));
    if (part === undefined) throw new Error("The global settings are not there.");
    part.consumer = undefined;
    const { status } = await deployed(file, "--enable-credential-access");
    expect(status).toBe(4);
    expect(credentialAccess()).toBe("false");
  });
});

test("the JWT timeout is deployed, where a connected app needs Setup", async () => {
  allowCredentialAccess(sandbox.org, true);
  const file = write("timeout.yaml", spec("Timeout", ["30m", "2h"]));
  const created = await deployed(file);
  expect(created).toMatchObject({ status: 0, report: { plan: { setupOnly: [] } } });
  expect(outcomes(created.report)).toEqual(allPassed);
  write("timeout.yaml", spec("Timeout", ["30m", "5m"]));
  const changed = await deployed(file);
  expect(changed.report.plan.changes).toEqual([
    { path: "oauth.accessToken.timeout", expected: "5m", actual: "2h" },
  ]);
  expect(outcomes(changed.report)).toEqual(allPassed);
});

test("orgs that create no connected apps create these", async () => {
  allowCredentialAccess(sandbox.org, true);
  sandbox.org.behaviour.restrictConnectedApps = true;
  const { status } = await deployed(write("restricted.yaml", spec("Restricted")));
  sandbox.org.behaviour.restrictConnectedApps = false;
  expect(status).toBe(0);
});

test("a Run As user without the permission set fails, is told of the flag, and is let in by --assign-run-as", async () => {
  allowCredentialAccess(sandbox.org, true);
  const file = write("assign.yaml", spec("Assign", ["cpq.integration@", "cpq.other@"]));
  const refused = await deployed(file);
  expect(refused.status).toBe(4);
  expect(refused.report.verification?.checks[0]?.actions.join(" ")).toContain("--assign-run-as");

  const { status, stdout } = await sf(...deployArgs(file, "--assign-run-as"));
  expect(status).toBe(0);
  expect(stdout).toContain(
    "Assigned the permission set CPQ_Integration to cpq.other@example.com (this changed data in the org).",
  );
  const user = sandbox.org.users.find(({ username }) => username === "cpq.other@example.com");
  expect(user?.permissionSets).toContain("CPQ_Integration");

  const again = await deployed(file, "--assign-run-as");
  expect(again.report).not.toHaveProperty("assigned");
});

test("a permission set that is not there stops before the deploy", async () => {
  const { status, json } = await deployed(
    write("no-set.yaml", spec("No_Set", ["CPQ Integration", "CPQ Integrations"])),
  );
  expect(status).toBe(1);
  expect(json).toMatchObject({ name: "PermissionSetNotFoundError" });
  expect(appOf("No_Set")).toBeUndefined();
});

test("permission sets named by API name in the spec and by label in the org are the same", async () => {
  allowCredentialAccess(sandbox.org, true);
  const file = write("names.yaml", spec("Names"));
  await deployed(file, "--no-verify");
  write("names.yaml", spec("Names", ["CPQ Integration", "CPQ_Integration"]));
  expect((await deployed(file)).report.plan.action).toBe("nothing");
});

test("an org that takes the policies only after the OAuth settings gets them in two deploys", async () => {
  allowCredentialAccess(sandbox.org, true);
  sandbox.org.behaviour.policiesAfterOAuthSettings = true;
  const file = write("phases.yaml", spec("Phases"));
  const checked = await deployed(file, "--dry-run");
  expect(checked.status).toBe(0);
  expect(checked.report.unchecked).toEqual([
    expect.stringMatching(
      /^ExtlClntAppOauthConfigurablePolicies Phases_oauth_defaultPolicy \(.*OAuth settings/,
    ),
  ]);
  expect((await sf(...deployArgs(file, "--dry-run"))).stdout).toMatch(/Not checked: .*Phases_oauth_def/);
  expect(appOf("Phases")).toBeUndefined();
  const { status, report } = await deployed(file);
  sandbox.org.behaviour.policiesAfterOAuthSettings = false;
  expect(status).toBe(0);
  expect(outcomes(report)).toEqual(allPassed);
});

test("a key in the spec is never written into the metadata, where it must not be kept under source control", async () => {
  const text = `${spec("Keyed")}consumer: {key: KeyInTheSpec1, secret: "\${env:CPQ_TEST_SECRET}"}\n`;
  const { stdout, status } = await sf(
    ...["cpq", "connectedapp", "generate", "--spec", write("keyed.yaml", text), "--output-dir", "generated"],
  );
  expect(status).toBe(0);
  const files = readdirSync(join(orgs.home, "generated"), { recursive: true, withFileTypes: true });
  const contents = files
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), "utf8"));
  expect(contents).toHaveLength(5);
  expect(contents.join() + stdout).not.toContain("KeyInTheSpec1");
});
