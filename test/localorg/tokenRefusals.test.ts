import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../src/localorg/salesforceId.ts";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { credentials, postForm, startSandbox, userOf } from "./clients.ts";
import { addConnectedApp, cpqApp, type Elements, withOAuth } from "./connectedApp.ts";
import { deploy, manifestXml, namespace, zipOf } from "./metadataClients.ts";

let sandbox: LocalOrg;

beforeEach(async () => {
  sandbox = await startSandbox();
  addConnectedApp(sandbox.org, cpqApp);
});
afterEach(() => sandbox.stop());

const runAs = "cpq.integration@example.com";

async function tokenAnswer(): Promise<Record<string, string>> {
  const response = await postForm(`${sandbox.org.myDomainUrl}/services/oauth2/token`, credentials);
  return (await response.json()) as Record<string, string>;
}

/** The profile of the Run As user, to be changed. */
function runAsProfile() {
  const { profileName } = userOf(sandbox, runAs);
  const profile = sandbox.org.profiles.find(({ name }) => name === profileName);
  if (!profile) throw new Error(`There is no profile ${profileName}.`);
  return profile;
}

// Salesforce Help, client credentials flow: these scopes are filtered out of the answer.
describe("full, web, refresh_token and offline_access", () => {
  test("are in no token, and do not keep the other scopes out", async () => {
    const scopes = ["Full", "Web", "RefreshToken", "OfflineAccess", "Api", "SFAP"];
    addConnectedApp(sandbox.org, withOAuth({ scopes }));
    const { access_token: token = "", scope } = await tokenAnswer();
    expect(scope).toBe("api sfap_api");
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    expect(claims.scp).toBe("api sfap_api");
  });

  test.each([{ scopes: ["Full"] }, { scopes: ["Web", "RefreshToken", "OfflineAccess"] }, { scopes: [] }])(
    "alone get no token: $scopes",
    async ({ scopes }) => {
      addConnectedApp(sandbox.org, withOAuth({ scopes }));
      expect(await tokenAnswer()).toEqual({
        error: "invalid_grant",
        error_description: "no valid scopes",
      });
    },
  );
});

const restricted = {
  error: "invalid_grant",
  error_description: "ip restricted or invalid login hours",
};

// Salesforce Help, OAuth 2.0 authorization errors; reported by users of many clients.
describe("ip restricted or invalid login hours", () => {
  // A Wednesday, 10:30 in the org's time zone, which is three hours behind New York.
  beforeEach(() => {
    sandbox.org.behaviour.now = () => Date.parse("2026-11-18T13:30:00-05:00");
    addConnectedApp(sandbox.org, cpqApp);
  });

  test.each([
    { when: "before the hours", wednesday: { start: 11 * 60, end: 24 * 60 } },
    { when: "after the hours", wednesday: { start: 0, end: 10 * 60 + 30 } },
    { when: "on a day without hours", wednesday: { start: 0, end: 0 } },
  ])("refuses a user $when", async ({ wednesday }) => {
    runAsProfile().loginHours = { wednesday };
    expect(await tokenAnswer()).toEqual(restricted);
  });

  test("lets a user in within the hours, and on a day that has no limit", async () => {
    runAsProfile().loginHours = { wednesday: { start: 10 * 60, end: 11 * 60 } };
    expect(await tokenAnswer()).toHaveProperty("access_token");
    runAsProfile().loginHours = { thursday: { start: 0, end: 0 } };
    expect(await tokenAnswer()).toHaveProperty("access_token");
  });

  test("refuses an address outside the profile's ranges, unless the app relaxes them", async () => {
    runAsProfile().loginIpRanges = [{ start: "198.51.100.0", end: "198.51.100.255" }];
    expect(await tokenAnswer()).toEqual(restricted);
    addConnectedApp(sandbox.org, { ...cpqApp, oauthPolicy: { ipRelaxation: "BYPASS" } });
    expect(await tokenAnswer()).toHaveProperty("access_token");
  });

  test("lets an address within the ranges in", async () => {
    runAsProfile().loginIpRanges = [
      { start: "127.0.0.0", end: "127.0.0.9" },
      { start: "::1", end: "::1" },
    ];
    expect(await tokenAnswer()).toHaveProperty("access_token");
  });
});

// Salesforce Help 005132365: with API Access Control, an app has to be approved.
describe("app must be installed into org", () => {
  const selfAuthorized = withOAuth({ isAdminApproved: "false" });
  const blocked = { error: "invalid_client", error_description: "app must be installed into org" };

  beforeEach(async () => {
    const settings = `<ConnectedAppSettings xmlns="${namespace}"><enableAdminApprovedAppsOnly>true</enableAdminApprovedAppsOnly></ConnectedAppSettings>`;
    const { success } = await deploy(
      sandbox,
      await zipOf({
        "package.xml": manifestXml({ Settings: ["ConnectedApp"] }),
        "settings/ConnectedApp.settings": settings,
      }),
    );
    expect(success).toBe(true);
  });

  test("is the answer for an app that all users may authorize", async () => {
    addConnectedApp(sandbox.org, selfAuthorized);
    expect(await tokenAnswer()).toEqual(blocked);
  });

  test("is not the answer for an app whose users are approved", async () => {
    expect(await tokenAnswer()).toHaveProperty("access_token");
  });

  test("is not the answer for a user who may approve such apps", async () => {
    addConnectedApp(sandbox.org, selfAuthorized);
    sandbox.org.permissionSets.push({
      id: newId("0PS"),
      name: "Any_App",
      label: "Any App",
      permissions: ["CanApproveUninstalledApps"],
    });
    userOf(sandbox, runAs).permissionSets.push("Any_App");
    expect(await tokenAnswer()).toHaveProperty("access_token");
  });
});

// Salesforce Help, OAuth 2.0 authorization errors.
test.each([
  { tokenRefusal: "inactiveOrg", error: "inactive_org" },
  { tokenRefusal: "inactiveUser", error: "inactive_user" },
  { tokenRefusal: "unapprovedConsumer", error: "invalid_grant" },
] as const)(
  "an org that is told to refuses with $error for $tokenRefusal",
  async ({ tokenRefusal, error }) => {
    sandbox.org.behaviour.tokenRefusal = tokenRefusal;
    expect(await tokenAnswer()).toMatchObject({ error });
  },
);

test("a user who has not approved the consumer is told apart from a missing Run As user", async () => {
  sandbox.org.behaviour.tokenRefusal = "unapprovedConsumer";
  const { error_description: unapproved } = await tokenAnswer();
  expect(unapproved).toBe("user hasn't approved this consumer");
  sandbox.org.behaviour.tokenRefusal = undefined;
  addConnectedApp(sandbox.org, withOAuth({ oauthClientCredentialUser: "" }));
  expect((await tokenAnswer()).error_description).toBe("no client credentials user enabled");
});

// Object reference, ConnectedApplication: the timeout of the app counts only if it has one.
describe("the lifetime of a JWT", () => {
  const lifetime = async () => {
    const { access_token: token = "" } = await tokenAnswer();
    const { exp, iat } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    return (exp - iat) / 60;
  };
  const addApp = (jwtTimeoutMinutes: number | undefined, app: Elements = cpqApp) =>
    addConnectedApp(sandbox.org, app, { jwtTimeoutMinutes });

  test("is the app's timeout, then the profile's, then the org's", async () => {
    addApp(undefined);
    expect(await lifetime()).toBe(120);
    runAsProfile().sessionTimeoutMinutes = 240;
    expect(await lifetime()).toBe(240);
    addApp(15);
    expect(await lifetime()).toBe(15);
  });
});
