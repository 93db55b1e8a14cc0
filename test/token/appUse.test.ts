import { Connection } from "@jsforce/jsforce-node";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { issueOpaqueToken } from "../../src/localorg/oauth/accessToken.ts";
import type { OrgLogin } from "../../src/localorg/org.ts";
import { newId } from "../../src/localorg/salesforceId.ts";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { readAppUse } from "../../src/org/appUse.ts";
import type { TargetOrg } from "../../src/org/connect.ts";
import { type AppUse, isInUse, requireUnused, useLines } from "../../src/results/appUse.ts";
import { requestToken, startSandbox, userOf } from "../localorg/clients.ts";
import { addConnectedApp, cpqApp } from "../localorg/connectedApp.ts";

let sandbox: LocalOrg;
const runAs = "cpq.integration@example.com";
const day = 24 * 60 * 60 * 1000;

beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => {
  sandbox.org.logins = [];
  sandbox.org.connectedApps.clear();
  addConnectedApp(sandbox.org, cpqApp);
});
afterAll(() => sandbox.stop());

/** Asks as the administrator, or with another user's session. */
function use(accessToken = sandbox.accessToken, runAsOf: readonly string[] = [runAs]): Promise<AppUse> {
  const { myDomainUrl, id } = sandbox.org;
  const connection = new Connection({ instanceUrl: myDomainUrl, accessToken, version: "67.0" });
  const org = { connection, id, name: "uat", limit: (work: () => unknown) => work() } as unknown as TargetOrg;
  return readAppUse(org, { label: "CPQ Admin API", name: "CPQ_Admin_API", runAs: runAsOf });
}

/** A login as the org remembers it. */
function login(daysAgo: number, more: Partial<OrgLogin> = {}): void {
  sandbox.org.logins.push({
    id: newId("0Ya"),
    at: Date.now() - daysAgo * day,
    userId: userOf(sandbox, runAs).id,
    application: "CPQ Admin API",
    status: "Success",
    sourceIp: "192.0.2.1",
    ...more,
  });
}

const used = { name: "CPQ_Admin_API", org: "uat", flag: "--even-if-used" };

test("an app that nobody uses is not in use", async () => {
  login(1, { application: "Other" });
  const found = await use();
  expect(found).toMatchObject({
    tokens: 0,
    refused: 0,
    isCut: false,
    sources: [],
    sharesLabel: false,
    unseen: [],
  });
  expect(found).not.toHaveProperty("lastUsed");
  expect(isInUse(found)).toBe(false);
  expect(useLines(found)).toEqual([`No use of the app is known since ${found.since.slice(0, 10)}.`]);
  expect(() => requireUnused(found, used)).not.toThrow();
});

test("each token that is requested counts, with its user and address", async () => {
  login(3, { sourceIp: "198.51.100.7", status: "Failed: Not approved for access" });
  login(2, { sourceIp: "198.51.100.7" });
  await requestToken(sandbox);
  const found = await use();
  const flow = "OauthClientCredentials";
  expect(found).toMatchObject({ tokens: 2, refused: 1, useCount: 2, unseen: [] });
  expect(found.sources).toMatchObject([
    { username: runAs, sourceIp: expect.stringMatching(/^(127\.0\.0\.1|::1)$/), flow, tokens: 1, refused: 0 },
    { username: runAs, sourceIp: "198.51.100.7", flow, tokens: 1, refused: 1 },
  ]);
  expect(found.lastUsed).toBe(found.sources[0]?.last);
  expect(isInUse(found)).toBe(true);
  expect(() => requireUnused(found, used)).toThrow(
    expect.objectContaining({
      name: "AppInUseError",
      message: expect.stringContaining("198.51.100.7"),
      actions: expect.arrayContaining([expect.stringContaining("--even-if-used")]),
    }),
  );
});

test("what was long ago is told, and is no use of these days", async () => {
  login(40);
  const found = await use();
  expect(found).toMatchObject({ tokens: 0, useCount: 1, sources: [] });
  expect(Date.parse(found.lastUsed ?? "")).toBeLessThan(Date.parse(found.since));
  expect(isInUse(found)).toBe(false);
});

test("a user who was the Run As user before counts too, as the org's tokens name that one", async () => {
  login(1, { userId: userOf(sandbox, "cpq.other@example.com").id });
  expect((await use()).sources).toMatchObject([{ username: "cpq.other@example.com", tokens: 1 }]);
});

test("the tokens of another app with the same label may be meant, and that is said", async () => {
  addConnectedApp(sandbox.org, cpqApp, { name: "Second", consumerKey: "3MVG9Second" });
  login(1);
  const found = await use();
  expect(found.sharesLabel).toBe(true);
  expect(useLines(found)).toContainEqual(
    expect.stringContaining("Another app of the org has the same label"),
  );
});

describe("without a permission, nothing is taken for unused", () => {
  const permissionsOf = (username: string) => issueOpaqueToken(sandbox.org, userOf(sandbox, username));

  test("what is not seen is named with the permission that is needed", async () => {
    login(1);
    const found = await use(permissionsOf("cpq.person@example.com"));
    expect(found.unseen).toEqual([
      expect.stringContaining('"Manage Users"'),
      expect.stringContaining('"Customize Application"'),
    ]);
    expect(isInUse(found)).toBeUndefined();
    expect(() => requireUnused(found, used)).toThrow(
      expect.objectContaining({
        name: "AppUseUnknownError",
        message: expect.stringContaining("Customize Application"),
      }),
    );
  });

  test("nobody knows in whose name: that is said as well", async () => {
    expect((await use(undefined, [])).unseen).toEqual([
      expect.stringContaining("Nobody knows as which user"),
    ]);
  });

  test.each([
    { object: "LoginHistory", path: "FROM.{1,3}LoginHistory" },
    { object: "User", path: "FROM.{1,3}User\\b" },
    { object: "UserPermissionAccess", path: "UserPermissionAccess/describe" },
  ])(
    "an org that refuses to tell $object is told in its own words, and no permission is blamed",
    async ({ object, path }) => {
      sandbox.faults.set([{ fault: "status", status: 400, path, times: 5 }]);
      const found = await use().finally(() => sandbox.faults.set([]));
      expect(found.unseen).toEqual([
        expect.stringMatching(new RegExp(`^${object} could not be read: .*400`)),
      ]);
      expect(isInUse(found)).toBeUndefined();
    },
  );
});
