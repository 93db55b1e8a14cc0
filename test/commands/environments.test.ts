import { expect, test } from "vitest";
import { deployToSandbox } from "./deployReports.ts";
import { specText, startTestOrgs } from "./localOrgs.ts";

const orgs = await startTestOrgs();
const { sandbox, production, sf, sfJson, write } = orgs;
const deploy = (...args: string[]) => sf("cpq", "connectedapp", "deploy", ...args);
const textOf = (org: typeof sandbox, name: string, element: string) =>
  JSON.stringify(org.org.connectedApps.get(name)?.content).match(
    new RegExp(`"name":"${element}","text":"([^"]*)"`),
  )?.[1];

const environments = `environments:
  uat:
    targetOrg: local-sandbox
    usernameSuffix: .uat
    oauth:
      callbackUrl: \${org:instanceUrl}/callback
      clientCredentials: {runAs: cpq.integration@example.com}
  production:
    targetOrg: local-production
`;

test("an environment knows its org, and what it asks of the org is answered", async () => {
  const file = write("overlay.yaml", specText("Overlay") + environments);
  expect((await deploy("--spec", file, "--environment", "uat")).status).toBe(0);
  expect(textOf(sandbox, "Overlay", "callbackUrl")).toBe(`${sandbox.org.myDomainUrl}/callback`);
  expect((await deploy("--spec", file, "--environment", "production")).status).toBe(0);
  expect(textOf(production, "Overlay", "callbackUrl")).toBe("https://example.com/callback");
});

test("the suffix of a sandbox's usernames is said once", async () => {
  const user = sandbox.org.users.find(({ username }) => username === "cpq.integration@example.com");
  if (user === undefined) throw new Error("The user is not there.");
  sandbox.org.users.push({ ...user, id: "005000000000abcAAA", username: "cpq.integration@example.com.uat" });
  const overlay = environments.replace(/ {4}oauth:\n.*\n.*\n/, "");
  const file = write("suffix.yaml", specText("Suffix") + overlay);
  const { status, stdout } = await deploy("--spec", file, "--environment", "uat");
  expect(stdout).toMatch(/Run As user +cpq\.integration@example\.com\.uat/);
  expect(status).toBe(0);
});

test("--target-org wins over the environment's org", async () => {
  const file = write("other-org.yaml", specText("Other_Org") + environments);
  const { report } = await deployToSandbox(orgs, file, "-e", "production");
  expect(report.org.name).toBe("local-sandbox");
});

test("a spec with environments wants to know which one, and says which there are", async () => {
  const file = write("which.yaml", specText("Which") + environments);
  const none = await deploy("--spec", file);
  expect(none.stderr).toMatch(/which\.yaml has several environments: uat, production/);
  const wrong = await deploy("--spec", file, "-e", "uta");
  expect(wrong.stderr).toMatch(/which\.yaml:\d+:1 .*no environment uta; the spec has uat, production/);
  expect([none.status, wrong.status]).toEqual([2, 2]);
  expect(wrong.stderr).not.toContain("invalid");
});

test("several specs are deployed one after another; the report has them in order", async () => {
  const file = write("several.yaml", `${specText("First")}---\n${specText("Second")}`);
  const { status, json } = await sfJson(
    ...["cpq", "connectedapp", "deploy", "--spec", file, "--target-org", "local-sandbox"],
  );
  const { apps } = json.result as { apps: { app: { name: string }; verification: { outcome: string } }[] };
  expect(apps.map(({ app, verification }) => [app.name, verification.outcome])).toEqual([
    ["First", "passed"],
    ["Second", "passed"],
  ]);
  expect(status).toBe(0);
});

test("where one of several specs is wrong, none is deployed", async () => {
  const file = write(
    "half.yaml",
    `${specText("Good_Half")}---\n${specText("Bad_Half", ["[api]", "[api i]"])}`,
  );
  const { status, stderr } = await deploy("--spec", file, "--target-org", "local-sandbox");
  expect(stderr).toMatch(/half\.yaml:\d+:\d+ .*api i/);
  expect(status).toBe(1);
  expect(sandbox.org.connectedApps.has("Good_Half")).toBe(false);
});
