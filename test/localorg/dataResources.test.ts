import { Connection } from "@jsforce/jsforce-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { latestApiVersion } from "../../src/localorg/rest/apiVersions.ts";
import { fullId } from "../../src/localorg/salesforceId.ts";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { startLocalOrgs } from "../../src/localorg/start.ts";
import { getWithToken, requestToken, startSandbox, userOf } from "./clients.ts";
import { addConnectedApp, cpqApp } from "./connectedApp.ts";

let sandbox: LocalOrg;
const get = (path: string, token = sandbox.accessToken) =>
  getWithToken(sandbox.org.myDomainUrl + path, token);

beforeAll(async () => {
  sandbox = await startSandbox();
  addConnectedApp(sandbox.org, cpqApp);
});
afterAll(() => sandbox.stop());

test("lists the API versions without a token, also under a doubled slash", async () => {
  for (const path of ["/services/data", "//services/data", "/services/data/"]) {
    const versions = (await (await fetch(sandbox.org.myDomainUrl + path)).json()) as { version: string }[];
    expect(versions.at(-1)).toEqual({
      label: "Summer '26",
      url: "/services/data/v67.0",
      version: latestApiVersion,
    });
    expect(versions).toContainEqual({ label: "Spring '21", url: "/services/data/v51.0", version: "51.0" });
  }
});

test("gives the resources, limits and objects of a version", async () => {
  const { id } = userOf(sandbox, sandbox.adminUsername);
  expect(await (await get("/services/data/v67.0/")).json()).toMatchObject({
    query: "/services/data/v67.0/query",
    identity: `${sandbox.org.myDomainUrl}/id/${sandbox.org.id}/${id}`,
  });
  expect(await (await get("/services/data/v67.0/limits")).json()).toEqual({
    DailyApiRequests: { Max: 100_000, Remaining: 100_000 - sandbox.requestCount() + 1 },
  });
  const { sobjects } = (await (await get("/services/data/v67.0/sobjects")).json()) as {
    sobjects: { name: string }[];
  };
  expect(sobjects.map(({ name }) => name)).toContain("PermissionSetAssignment");
  expect(await (await get("/services/data/v67.0/sobjects/User/describe")).json()).toMatchObject({
    name: "User",
    keyPrefix: "005",
    fields: expect.arrayContaining([
      expect.objectContaining({ name: "ProfileId", referenceTo: ["Profile"] }),
    ]),
  });
});

test("gives a record whole or with chosen fields, by either length of Id", async () => {
  const { id } = userOf(sandbox, "cpq.person@example.com");
  const whole = await (await get(`/services/data/v51.0/sobjects/User/${id}`)).json();
  expect(whole).toMatchObject({ Id: id, Username: "cpq.person@example.com", IsActive: true });
  const some = await (
    await get(`/services/data/v67.0/sobjects/user/${id.slice(0, 15)}?fields=Username,Profile.Name`)
  ).json();
  expect(some).toEqual({
    attributes: { type: "User", url: `/services/data/v67.0/sobjects/User/${id}` },
    Username: "cpq.person@example.com",
    Profile: { attributes: expect.anything(), Name: "Standard User" },
  });
});

test.each([
  { path: "/nothing/here" },
  { path: "/services/data/v99.0/limits" },
  { path: "/services/data/latest/limits" },
  { path: "/services/data/v67.0/nothing" },
  { path: "/services/data/v67.0/sobjects/Nothing" },
  { path: "/services/data/v67.0/sobjects/User/005000000000000AAA" },
  { path: "/services/data/v67.0/tooling/sobjects/SourceMember/describe" },
])("answers NOT_FOUND for $path", async ({ path }) => {
  const response = await get(path);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual([
    { message: "The requested resource does not exist", errorCode: "NOT_FOUND" },
  ]);
});

test("refuses requests without a valid token", async () => {
  const path = `${sandbox.org.myDomainUrl}/services/data/v67.0/query?q=SELECT+Id+FROM+User`;
  const invalid = [{ message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" }];
  for (const headers of [{}, { Authorization: "Bearer 00D!nothing" }, { Authorization: "Bearer a.b.c" }]) {
    const response = await fetch(path, { headers });
    expect([response.status, await response.json()]).toEqual([401, invalid]);
  }
  const basic = await fetch(path, { headers: { Authorization: "Basic eDp5" } });
  expect(await basic.json()).toEqual([{ message: "INVALID_HEADER_TYPE", errorCode: "INVALID_AUTH_HEADER" }]);
});

test("refuses a user who has lost API access", async () => {
  const token = await requestToken(sandbox);
  const user = userOf(sandbox, "cpq.integration@example.com");
  const { profileName } = user;
  user.profileName = "Minimum Access - Salesforce";
  const response = await get("/services/data/v67.0/sobjects", token);
  user.profileName = profileName;
  expect([response.status, await response.json()]).toEqual([
    403,
    [{ message: "API is disabled for this User", errorCode: "API_CURRENTLY_DISABLED" }],
  ]);
});

test("answers a wrong method, a wrong locator and a huge body", async () => {
  const wrongMethod = await fetch(`${sandbox.org.myDomainUrl}/services/data/v67.0/query`, {
    method: "DELETE",
    headers: { Authorization: `Bearer ${sandbox.accessToken}` },
  });
  expect([wrongMethod.status, wrongMethod.headers.get("Allow")]).toEqual([405, "HEAD,GET"]);
  expect(await wrongMethod.json()).toMatchObject([{ errorCode: "METHOD_NOT_ALLOWED" }]);
  const locator = await get("/services/data/v67.0/query/01gnothing-2000");
  expect(await locator.json()).toMatchObject([{ errorCode: "INVALID_QUERY_LOCATOR" }]);
  const huge = await fetch(`${sandbox.org.myDomainUrl}/services/oauth2/token`, {
    method: "POST",
    body: Buffer.alloc(50 * 1024 * 1024 + 1),
  });
  expect([huge.status, await huge.json()]).toEqual([
    413,
    [expect.objectContaining({ errorCode: "REQUEST_LIMIT_EXCEEDED" })],
  ]);
});

test("each Id has the check suffix of its letter case", () => {
  for (const { id } of sandbox.org.users) expect(fullId(id.slice(0, 15))).toBe(id);
  // Worked out by hand: A is the fourth of its five characters (8, so I), V the second of its five (2, so C).
  expect(fullId("001A0000006Vm9r")).toBe("001A0000006Vm9rIAC");
});

test("jsforce logs in with a token, queries, describes and asks who it is, unchanged", async () => {
  const { org, accessToken, adminUsername } = sandbox;
  const connection = new Connection({
    instanceUrl: org.myDomainUrl,
    accessToken,
    version: latestApiVersion,
  });
  const result = await connection.query("SELECT Id, Profile.Name FROM User WHERE IsActive = false");
  expect(result).toMatchObject({ totalSize: 1, done: true });
  expect(await connection.identity()).toMatchObject({ username: adminUsername, organization_id: org.id });
  expect((await connection.describeGlobal()).sobjects.length).toBeGreaterThan(5);
  expect(await connection.sobject("User").retrieve(org.users[0]?.id ?? "")).toMatchObject({
    Username: adminUsername,
  });
  await expect(connection.query("SELECT Nmae FROM User")).rejects.toMatchObject({
    errorCode: "INVALID_FIELD",
  });
  const tooling = await connection.tooling.query("SELECT DeveloperName FROM ConnectedApplication");
  expect(tooling.records).toMatchObject([{ DeveloperName: "CPQ_Admin_API" }]);
});

test("jsforce works with the JWT of the Run As user too", async () => {
  const accessToken = await requestToken(sandbox);
  const connection = new Connection({ instanceUrl: sandbox.org.myDomainUrl, accessToken });
  expect(await connection.identity()).toMatchObject({ username: "cpq.integration@example.com" });
});

test("a port in use is a clear error, and leaves nothing running", async () => {
  const port = Number(new URL(sandbox.org.myDomainUrl).port);
  await expect(startLocalOrgs({ orgs: [{ name: "other", isSandbox: false, port }] })).rejects.toThrow(
    `port ${port} of 127.0.0.1: it is in use`,
  );
});

test.each(["", "../evil", "a b", "x".repeat(41)])("refuses %j as the name of an org", async (name) => {
  await expect(startLocalOrgs({ orgs: [{ name, isSandbox: true }] })).rejects.toThrow(
    "is no name for a local org",
  );
});

test("refuses two orgs of one name", async () => {
  const twice = [
    { name: "same", isSandbox: true },
    { name: "Same", isSandbox: false },
  ];
  await expect(startLocalOrgs({ orgs: twice })).rejects.toThrow("cannot have the same name");
});

test("stops although clients keep their connections open", async () => {
  const other = await startSandbox();
  await (await fetch(`${other.org.myDomainUrl}/services/data`, { keepalive: true })).text();
  await other.stop();
  await expect(fetch(`${other.org.myDomainUrl}/services/data`)).rejects.toThrow();
});
