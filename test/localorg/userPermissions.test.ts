import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../src/localorg/salesforceId.ts";
import type { LocalOrg } from "../../src/localorg/start.ts";
import type { UserPermission } from "../../src/localorg/userPermissions.ts";
import { getWithToken, requestToken, startSandbox, userOf } from "./clients.ts";
import { addConnectedApp, cpqApp } from "./connectedApp.ts";

let sandbox: LocalOrg;

beforeAll(async () => {
  sandbox = await startSandbox();
  addConnectedApp(sandbox.org, cpqApp);
});
afterAll(() => sandbox.stop());

function get(path: string, token = sandbox.accessToken): Promise<Response> {
  return getWithToken(`${sandbox.org.myDomainUrl}/services/data/v67.0${path}`, token);
}

const queryPath = (soql: string) => `/query?q=${encodeURIComponent(soql)}`;

async function query(soql: string, token?: string): Promise<Record<string, unknown>[]> {
  const response = await get(queryPath(soql), token);
  expect(response.status, await response.clone().text()).toBe(200);
  return ((await response.json()) as { records: Record<string, unknown>[] }).records;
}

/** Assigns a new permission set with these permissions, and gives back how to take it away again. */
function grant(username: string, permissions: UserPermission[]): () => void {
  const user = userOf(sandbox, username);
  const name = `Extra_${permissions.join("_")}`;
  sandbox.org.permissionSets.push({ id: newId("0PS"), name, label: name, permissions });
  user.permissionSets.push(name);
  return () => {
    user.permissionSets.pop();
    sandbox.org.permissionSets.pop();
  };
}

/** The permissions of a user's permission sets, the hidden one of the profile included. */
async function assigned(username: string): Promise<string[]> {
  const fields = ["ApiEnabled", "ApiUserOnly", "ModifyAllData", "ViewAllData", "ManageUsers", "AuthorApex"];
  const columns = [...fields, "CustomizeApplication"].map((name) => `PermissionSet.Permissions${name}`);
  const records = await query(
    `SELECT ${columns.join(", ")} FROM PermissionSetAssignment WHERE Assignee.Username = '${username}'`,
  );
  return records.flatMap(({ PermissionSet }) =>
    Object.entries(PermissionSet as object).flatMap(([name, value]) => (value === true ? [name] : [])),
  );
}

describe("the permissions of a user", () => {
  test("are those of the profile, by its hidden permission set", async () => {
    expect(await assigned("cpq.integration@example.com")).toEqual([
      "PermissionsApiEnabled",
      "PermissionsApiUserOnly",
    ]);
    expect(await assigned(sandbox.adminUsername)).toEqual([
      "PermissionsApiEnabled",
      "PermissionsModifyAllData",
      "PermissionsViewAllData",
      "PermissionsManageUsers",
      "PermissionsAuthorApex",
      "PermissionsCustomizeApplication",
    ]);
    expect(await assigned("cpq.noapi@example.com")).toEqual([]);
  });

  test("show on the profile itself as well", async () => {
    const soql =
      "SELECT Name FROM Profile WHERE PermissionsModifyAllData = true AND PermissionsViewSetup = true";
    expect(await query(soql)).toMatchObject([{ Name: "System Administrator" }]);
  });

  test("are those of permission sets as well", async () => {
    const takeAway = grant("cpq.integration@example.com", ["ViewAllData"]);
    expect(await assigned("cpq.integration@example.com")).toContain("PermissionsViewAllData");
    takeAway();
    expect(await assigned("cpq.integration@example.com")).not.toContain("PermissionsViewAllData");
  });

  test("decide over the API, whichever way they were given", async () => {
    const token = await requestToken(sandbox);
    const user = userOf(sandbox, "cpq.integration@example.com");
    const { profileName } = user;
    user.profileName = "Minimum Access - Salesforce";
    expect((await get("/sobjects", token)).status).toBe(403);
    const takeAway = grant(user.username, ["ApiEnabled"]);
    expect((await get("/sobjects", token)).status).toBe(200);
    takeAway();
    user.profileName = profileName;
  });
});

describe.each([
  { type: "UserLogin", permission: "ManageUsers" },
  { type: "PermissionSetAssignment", permission: "ViewSetup" },
  { type: "SetupAuditTrail", permission: "ViewSetup" },
] as const)("$type", ({ type, permission }) => {
  test(`is not there for a user without ${permission}`, async () => {
    const token = await requestToken(sandbox);
    const refused = await get(queryPath(`SELECT Id FROM ${type}`), token);
    const message = expect.stringContaining(`sObject type '${type}' is not supported.`);
    expect([refused.status, await refused.json()]).toEqual([400, [{ message, errorCode: "INVALID_TYPE" }]]);
    expect((await get(`/sobjects/${type}/describe`, token)).status).toBe(404);
    const subquery = `SELECT Id FROM User WHERE Id IN (SELECT LastModifiedById FROM ${type})`;
    expect((await get(queryPath(subquery), token)).status).toBe(400);
    const { sobjects } = (await (await get("/sobjects", token)).json()) as { sobjects: { name: string }[] };
    expect(sobjects.map(({ name }) => name)).not.toContain(type);
  });

  test(`is there for a user with ${permission}`, async () => {
    const token = await requestToken(sandbox);
    const takeAway = grant("cpq.integration@example.com", [permission]);
    expect((await query(`SELECT Id FROM ${type}`, token)).length).toBeGreaterThan(0);
    expect((await get(`/sobjects/${type}/describe`, token)).status).toBe(200);
    takeAway();
  });
});

test("LastLoginDate is when a user logged in last, or nothing", async () => {
  userOf(sandbox, "cpq.person@example.com").lastLoginAt = Date.parse("2026-06-15T12:00:00Z");
  const soql =
    "SELECT LastLoginDate FROM User WHERE Username IN ('cpq.person@example.com', 'cpq.noapi@example.com')";
  expect(await query(`${soql} ORDER BY Username`)).toMatchObject([
    { LastLoginDate: null },
    { LastLoginDate: "2026-06-15T12:00:00.000+0000" },
  ]);
});

test("permissions and logins outlast a restart; a file of an earlier version has none", async () => {
  const folder = await mkdtemp(join(tmpdir(), "localorg-"));
  const first = await startSandbox({ dataFolder: folder });
  userOf(first, "cpq.person@example.com").lastLoginAt = 1_800_000_000_000;
  first.org.permissionSets[0]?.permissions.push("ViewAllData");
  await first.stop();

  const second = await startSandbox({ dataFolder: folder });
  expect(second.org.permissionSets[0]?.permissions).toEqual(["ViewAllData"]);
  expect(userOf(second, "cpq.person@example.com").lastLoginAt).toBe(1_800_000_000_000);
  await second.stop();

  const file = join(folder, "sandbox.json");
  const stored = JSON.parse(await readFile(file, "utf8"));
  for (const permissionSet of stored.permissionSets) delete permissionSet.permissions;
  for (const user of stored.users) Object.assign(user, { apiEnabled: true, apiOnly: false });
  await writeFile(file, JSON.stringify(stored));
  const third = await startSandbox({ dataFolder: folder });
  expect(third.org.permissionSets[0]?.permissions).toEqual([]);
  await third.stop();
  await rm(folder, { recursive: true });
});

test("an assignment can be deleted by who may assign, once", async () => {
  const username = "cpq.person@example.com";
  const takeAway = grant(username, ["ViewSetup"]);
  const { id } = sandbox.org.permissionSets.at(-1) ?? { id: "" };
  const [row] = await query(`SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = '${id}'`);
  const url = `${sandbox.org.myDomainUrl}/services/data/v67.0/sobjects/PermissionSetAssignment/${row?.Id}`;
  const remove = (token: string) =>
    fetch(url, { method: "DELETE", headers: { authorization: `Bearer ${token}` } });
  expect((await remove(await requestToken(sandbox))).status).toBe(403);
  expect((await remove(sandbox.accessToken)).status).toBe(204);
  expect(userOf(sandbox, username).permissionSets).not.toContain("Extra_ViewSetup");
  expect((await remove(sandbox.accessToken)).status).toBe(404);
  userOf(sandbox, username).permissionSets.push("Extra_ViewSetup");
  takeAway();
});
