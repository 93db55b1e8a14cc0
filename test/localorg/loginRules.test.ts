import { afterAll, beforeAll, expect, test } from "vitest";
import { issueOpaqueToken } from "../../src/localorg/oauth/accessToken.ts";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { getWithToken, startSandbox, userOf } from "./clients.ts";
import { connect } from "./metadataClients.ts";

// What an org tells about rights, licenses and logins, and to whom: Metadata API guide, Profile and Settings; object
// reference, UserPermissionAccess, UserLicense, PermissionSetLicenseAssign; REST API guide, Limits.

let sandbox: LocalOrg;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

const sessionOf = (username: string) => issueOpaqueToken(sandbox.org, userOf(sandbox, username));
const as = (username: string) => connect({ ...sandbox, accessToken: sessionOf(username) });

test("a profile is listed by its API name, and read with login hours and addresses", async () => {
  const name = "Minimum Access - API Only Integrations";
  const profile = sandbox.org.profiles.find((one) => one.name === name);
  Object.assign(profile ?? {}, {
    loginHours: { monday: { start: 480, end: 1080 } },
    loginIpRanges: [{ start: "198.51.100.0", end: "198.51.100.255" }],
  });
  const { metadata } = connect(sandbox);
  const listed = await metadata.list([{ type: "Profile" }], "67.0");
  const names = [listed].flat().map(({ fullName }) => fullName);
  expect(names).toEqual(expect.arrayContaining(["Admin", "Standard", name]));
  const [user] = (
    await connect(sandbox).query("SELECT ProfileId FROM User WHERE Username = 'cpq.integration@example.com'")
  ).records;
  expect([listed].flat().find(({ id }) => id === user?.ProfileId)?.fullName).toBe(name);
  expect(await metadata.read("Profile", name)).toMatchObject({
    loginHours: { mondayStart: "480", mondayEnd: "1080" },
    loginIpRanges: [{ startAddress: "198.51.100.0", endAddress: "198.51.100.255" }],
  });
});

test("only who may change metadata sees profiles", async () => {
  await expect(as("cpq.person@example.com").metadata.list([{ type: "Profile" }], "67.0")).rejects.toThrow(
    /ModifyAllData or ModifyMetadata/,
  );
});

test("everybody sees the own permissions, and nobody else's", async () => {
  const soql = "SELECT PermissionsApiEnabled, PermissionsManageUsers FROM UserPermissionAccess";
  const permissions = async (username: string) => (await as(username).query(soql)).records;
  expect(await permissions("cpq.person@example.com")).toMatchObject([
    { PermissionsApiEnabled: true, PermissionsManageUsers: false },
  ]);
  expect(await permissions(sandbox.adminUsername)).toMatchObject([{ PermissionsManageUsers: true }]);
});

test("licenses follow from the profile, permission set licenses are assigned", async () => {
  const connection = connect(sandbox);
  const user = "Username = 'cpq.integration@example.com'";
  const { records } = await connection.query(`SELECT Profile.UserLicense.Name FROM User WHERE ${user}`);
  expect(records).toMatchObject([{ Profile: { UserLicense: { Name: "Salesforce Integration" } } }]);
  const assigned = await connection.query(
    `SELECT PermissionSetLicense.MasterLabel FROM PermissionSetLicenseAssign WHERE Assignee.${user}`,
  );
  expect(assigned.records).toMatchObject([
    { PermissionSetLicense: { MasterLabel: "Salesforce API Integration" } },
  ]);
  const used = await connection.query(
    "SELECT UsedLicenses FROM UserLicense WHERE Name = 'Salesforce Integration'",
  );
  // Inactive users take none.
  expect(used.records).toMatchObject([{ UsedLicenses: 3 }]);
});

test("limits need the permission View Setup and Configuration", async () => {
  const limits = (username: string) =>
    getWithToken(`${sandbox.org.myDomainUrl}/services/data/v67.0/limits`, sessionOf(username));
  expect((await limits("cpq.person@example.com")).status).toBe(200);
  const refused = await limits("cpq.integration@example.com");
  expect([refused.status, await refused.json()]).toEqual([
    403,
    [expect.objectContaining({ errorCode: "INSUFFICIENT_ACCESS" })],
  ]);
});
