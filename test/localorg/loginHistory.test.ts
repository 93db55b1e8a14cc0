import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { issueOpaqueToken } from "../../src/localorg/oauth/accessToken.ts";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { credentials, postForm, requestToken, startSandbox, userOf } from "./clients.ts";
import { addConnectedApp, cpqApp, withOAuth } from "./connectedApp.ts";
import { connect } from "./metadataClients.ts";

// Object reference, LoginHistory and OauthToken; the words of a status are those that users report.

let sandbox: LocalOrg;
const now = Date.parse("2026-11-18T09:30:00Z");

beforeEach(async () => {
  sandbox = await startSandbox({ behaviour: { now: () => now } });
  addConnectedApp(sandbox.org, cpqApp);
});
afterEach(() => sandbox.stop());

const runAs = "cpq.integration@example.com";
const ask = (form: Record<string, string> = credentials, headers: Record<string, string> = {}) =>
  postForm(`${sandbox.org.myDomainUrl}/services/oauth2/token`, form, headers);

async function query(soql: string, accessToken = sandbox.accessToken) {
  const { records } = await connect({ ...sandbox, accessToken }).query(soql);
  return records.map(({ attributes: _, ...fields }) => fields);
}

const history = (accessToken?: string) =>
  query("SELECT Application, Status FROM LoginHistory ORDER BY LoginTime DESC", accessToken);

test("a token request of the Run As user leaves a record", async () => {
  await ask(credentials, { "X-Forwarded-For": "203.0.113.7" });
  const { id } = userOf(sandbox, runAs);
  const soql = `SELECT Application, ForwardedForIp, LoginSubType, LoginTime, LoginType, SourceIp, Status
    FROM LoginHistory WHERE UserId = '${id}' AND LoginTime >= 2026-11-18T09:00:00Z ORDER BY LoginTime DESC`;
  expect(await query(soql)).toEqual([
    {
      Application: "CPQ Admin API",
      ForwardedForIp: "203.0.113.7",
      LoginSubType: "OauthClientCredentials",
      LoginTime: "2026-11-18T09:30:00.000+0000",
      LoginType: "Remote Access 2.0",
      SourceIp: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
      Status: "Success",
    },
  ]);
});

test.each([
  {
    why: "a user who is not approved",
    app: { ...cpqApp, permissionSetName: "CPQ Reports" },
    status: "Failed: Not approved for access",
  },
  {
    why: "an inactive user",
    app: withOAuth({ oauthClientCredentialUser: "cpq.former@example.com" }),
    status: "User is Inactive",
  },
  {
    why: "a frozen user",
    app: withOAuth({ oauthClientCredentialUser: "cpq.frozen@example.com" }),
    status: "User Is Frozen",
  },
  {
    why: "a user without API access",
    app: withOAuth({ oauthClientCredentialUser: "cpq.noapi@example.com" }),
    status: "Failed: OAuth Api Access Disabled",
  },
])("the refusal of $why is remembered as $status", async ({ app, status }) => {
  addConnectedApp(sandbox.org, app);
  expect((await ask()).status).toBe(400);
  expect(await history()).toEqual([{ Application: "CPQ Admin API", Status: status }]);
});

test("an address that is restricted, and too many logins, are remembered", async () => {
  sandbox.org.behaviour.tokenRequestsPerHour = 1;
  await ask();
  await ask();
  const { profileName } = userOf(sandbox, runAs);
  const profile = sandbox.org.profiles.find(({ name }) => name === profileName);
  profile?.loginIpRanges.push({ start: "198.51.100.0", end: "198.51.100.255" });
  await ask();
  const statuses = ["Success", "Failed: Login Rate Exceeded", "Failed: IP Address Not Allowed"];
  expect(sandbox.org.logins.map(({ status }) => status)).toEqual(statuses);
});

test("a request that knows no user leaves nothing", async () => {
  await ask({ ...credentials, client_secret: "wrong" });
  await ask({ ...credentials, client_id: "unknown" });
  addConnectedApp(sandbox.org, withOAuth({ isClientCredentialEnabled: "false" }));
  await ask();
  addConnectedApp(sandbox.org, withOAuth({ oauthClientCredentialUser: "nobody@example.com" }));
  await ask();
  expect(await history()).toEqual([]);
});

test.each(["Application", "LoginSubType", "LoginType", "SourceIp", "Status"])(
  "LoginHistory cannot be filtered by %s",
  async (field) => {
    await expect(query(`SELECT Id FROM LoginHistory WHERE ${field} = 'x'`)).rejects.toMatchObject({
      errorCode: "INVALID_FIELD",
      message: expect.stringContaining(`field '${field}' can not be filtered in a query call`),
    });
  },
);

test("without a permission, a user sees the own logins and tokens only", async () => {
  const token = await requestToken(sandbox);
  const other = issueOpaqueToken(sandbox.org, userOf(sandbox, "cpq.person@example.com"));
  const tokens = (accessToken: string) => query("SELECT AppName FROM OauthToken", accessToken);
  expect(await history(token)).toHaveLength(1);
  expect(await tokens(token)).toHaveLength(1);
  expect(await history(other)).toEqual([]);
  expect(await tokens(other)).toEqual([]);
});

test("OauthToken tells who uses an app, how often, and when last", async () => {
  await ask();
  sandbox.org.behaviour.now = () => now + 60_000;
  await ask();
  const { id } = userOf(sandbox, runAs);
  expect(await query("SELECT AppName, CreatedDate, LastUsedDate, UseCount, UserId FROM OauthToken")).toEqual([
    {
      AppName: "CPQ Admin API",
      CreatedDate: "2026-11-18T09:30:00.000+0000",
      LastUsedDate: "2026-11-18T09:31:00.000+0000",
      UseCount: 2,
      UserId: id,
    },
  ]);
});

test("the Tooling API tells the timeout of a connected app, and nothing if it has none", async () => {
  const soql = "SELECT DeveloperName, NamedUserUvidTimeout FROM ConnectedApplication";
  const timeout = async () => (await connect(sandbox).tooling.query(soql)).records;
  expect(await timeout()).toMatchObject([{ DeveloperName: "CPQ_Admin_API", NamedUserUvidTimeout: "30" }]);
  addConnectedApp(sandbox.org, cpqApp, { jwtTimeoutMinutes: undefined });
  expect(await timeout()).toMatchObject([{ DeveloperName: "CPQ_Admin_API", NamedUserUvidTimeout: null }]);
});

test("logins and the limits of a profile outlast a restart", async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), "localorg-"));
  const first = await startSandbox({ dataFolder });
  addConnectedApp(first.org, cpqApp, { jwtTimeoutMinutes: undefined });
  await requestToken(first);
  Object.assign(first.org.profiles[0] ?? {}, { loginHours: { sunday: { start: 0, end: 0 } } });
  await first.stop();
  const second = await startSandbox({ dataFolder });
  expect(second.org.logins).toMatchObject([{ status: "Success", application: "CPQ Admin API" }]);
  expect(second.org.profiles[0]).toMatchObject({ loginHours: { sunday: { start: 0, end: 0 } } });
  expect(second.org.connectedApps.get("CPQ_Admin_API")?.jwtTimeoutMinutes).toBeUndefined();
  await second.stop();
  await rm(dataFolder, { recursive: true });
});
