import { afterEach, describe, expect, test } from "vitest";
import { lintApp } from "../../../src/lint/lint.ts";
import { newId } from "../../../src/localorg/salesforceId.ts";
import { startTestOrgs } from "../../commands/localOrgs.ts";
import { requestToken, userOf } from "../../localorg/clients.ts";
import { addConnectedApp, cpqApp } from "../../localorg/connectedApp.ts";
import { appOf, starter } from "../lint/linted.ts";

const { sandbox } = await startTestOrgs();
// Loaded late: the library of the Salesforce CLI reads the home folder as it is loaded.
const { connectOrg } = await import("../../../src/org/connect.ts");
const { readRunAsUsers } = await import("../../../src/org/runAsFacts.ts");
const readRunAsFacts = async (...args: Parameters<typeof readRunAsUsers>) =>
  (await readRunAsUsers(...args)).facts;
const org = await connectOrg("local-sandbox", undefined);

const username = "cpq.integration@example.com";
const before = structuredClone({ users: sandbox.org.users, permissionSets: sandbox.org.permissionSets });
afterEach(() => {
  Object.assign(sandbox.org, structuredClone(before));
});

async function factsOf(name = username) {
  return (await readRunAsFacts(org, [name])).get(name);
}

test("a Run As user as it should be", async () => {
  const facts = await factsOf();
  expect(facts).toEqual({
    username,
    isActive: true,
    isFrozen: false,
    apiOnly: true,
    profileName: "Minimum Access - API Only Integrations",
    permissions: ["ApiEnabled", "ApiUserOnly"],
  });
  expect(lintApp(appOf(starter), { runAsUser: facts, askedAt: new Date().toISOString() })).toEqual([]);
});

describe("a Run As user who", () => {
  test("is an administrator by profile has an administrator's permissions", async () => {
    expect(await factsOf(sandbox.adminUsername)).toMatchObject({
      profileName: "System Administrator",
      apiOnly: false,
      permissions: [
        "ApiEnabled",
        "AuthorApex",
        "CustomizeApplication",
        "ManageUsers",
        "ModifyAllData",
        "ViewAllData",
      ],
    });
  });

  test("got a permission by a permission set has it", async () => {
    const id = newId("0PS");
    sandbox.org.permissionSets.push({ id, name: "Extra", label: "Extra", permissions: ["ModifyAllData"] });
    userOf(sandbox, username).permissionSets.push("Extra");
    const facts = await factsOf();
    expect(facts?.permissions).toEqual(["ApiEnabled", "ApiUserOnly", "ModifyAllData"]);
    const findings = lintApp(appOf(starter), { runAsUser: facts });
    expect(findings).toMatchObject([
      { rule: "run-as-administrator", text: { values: [username, "ModifyAllData"] } },
    ]);
  });

  test("is frozen, inactive, or no longer API Only is told", async () => {
    expect(await factsOf("cpq.frozen@example.com")).toMatchObject({ isActive: true, isFrozen: true });
    expect(await factsOf("cpq.former@example.com")).toMatchObject({ isActive: false, isFrozen: false });
    userOf(sandbox, username).profileName = "Standard User";
    expect(await factsOf()).toMatchObject({ apiOnly: false, permissions: ["ApiEnabled"] });
    userOf(sandbox, username).profileName = "Minimum Access - Salesforce";
    expect(await factsOf()).toMatchObject({ apiOnly: false, permissions: [] });
  });

  test("has logged in is told when, in UTC", async () => {
    userOf(sandbox, username).lastLoginAt = Date.parse("2026-06-15T14:00:00+02:00");
    expect((await factsOf())?.lastLogin).toBe("2026-06-15T12:00:00.000Z");
  });

  test("is gone is missing, and one whose username only begins alike is nobody", async () => {
    expect(await readRunAsFacts(org, ["cpq.gone@example.com", "cpq.integration@example.co"])).toEqual(
      new Map(),
    );
  });
});

test("several users are read at once, whatever the letter case and however often they are named", async () => {
  const names = ["CPQ.Integration@Example.com", username, "cpq.person@example.com", "o'brien@example.com"];
  const facts = await readRunAsFacts(org, names);
  expect([...facts.keys()].sort()).toEqual([username, "cpq.person@example.com"]);
  expect(facts.get("cpq.person@example.com")).toMatchObject({ apiOnly: false, profileName: "Standard User" });
  expect(await readRunAsFacts(org, [])).toEqual(new Map());
});

test("who may not see frozen users gets the rest, and no guess", async () => {
  addConnectedApp(sandbox.org, cpqApp);
  const id = newId("0PS");
  sandbox.org.permissionSets.push({ id, name: "Viewer", label: "Viewer", permissions: ["ViewSetup"] });
  userOf(sandbox, username).permissionSets.push("Viewer");
  const { AuthInfo, Connection } = await import("@salesforce/core");
  const authInfo = await AuthInfo.create({
    accessTokenOptions: { accessToken: await requestToken(sandbox), instanceUrl: sandbox.org.myDomainUrl },
  });
  const connection = await Connection.create({ authInfo });
  const facts = await readRunAsFacts({ ...org, connection }, ["cpq.frozen@example.com"]);
  expect(facts.get("cpq.frozen@example.com")).toMatchObject({ isFrozen: undefined, apiOnly: true });
});
