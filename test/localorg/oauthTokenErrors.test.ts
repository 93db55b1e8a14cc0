import { request } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { defaultBehaviour } from "../../src/localorg/behaviour.ts";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { credentials, postForm, startSandbox } from "./clients.ts";
import { addConnectedApp, cpqApp, type Elements, withOAuth } from "./connectedApp.ts";

let sandbox: LocalOrg;
const tokenUrl = () => `${sandbox.org.myDomainUrl}/services/oauth2/token`;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());
beforeEach(() => {
  Object.assign(sandbox.org.behaviour, defaultBehaviour);
  sandbox.org.tokenRequests.clear();
  addConnectedApp(sandbox.org, cpqApp);
});

const runAs = (username: string) =>
  withOAuth({ oauthClientCredentialUser: username, isAdminApproved: "false" });

const invalidKey = { error: "invalid_client_id", error_description: "client identifier invalid" };
const invalidSecret = { error: "invalid_client", error_description: "invalid client credentials" };
const noGrant = { error: "unsupported_grant_type", error_description: "grant type not supported" };
const noUser = { error: "invalid_grant", error_description: "no client credentials user enabled" };
const flowOff = { error: "invalid_grant", error_description: "client credentials flow not enabled" };
const notApproved = {
  error: "invalid_app_access",
  error_description: "user is not admin approved to access this app",
};
const scope = { error: "invalid_request", error_description: "scope parameter not supported" };

test.each<{ title: string; form: Record<string, string>; app: Elements; error: object }>([
  {
    title: "an unknown consumer key",
    form: { ...credentials, client_id: "unknown" },
    app: cpqApp,
    error: invalidKey,
  },
  {
    title: "no consumer key",
    form: { grant_type: "client_credentials", client_secret: "x" },
    app: cpqApp,
    error: invalidKey,
  },
  {
    title: "a wrong secret",
    form: { ...credentials, client_secret: "wrong" },
    app: cpqApp,
    error: invalidSecret,
  },
  { title: "no secret", form: { ...credentials, client_secret: "" }, app: cpqApp, error: invalidSecret },
  { title: "no grant type", form: { ...credentials, grant_type: "" }, app: cpqApp, error: noGrant },
  {
    title: "the password flow",
    form: { ...credentials, grant_type: "password" },
    app: cpqApp,
    error: noGrant,
  },
  { title: "a scope parameter", form: { ...credentials, scope: "api" }, app: cpqApp, error: scope },
  {
    title: "an app whose flow is off",
    form: credentials,
    app: withOAuth({ isClientCredentialEnabled: "false" }),
    error: flowOff,
  },
  {
    title: "an app without a Run As user",
    form: credentials,
    app: withOAuth({ oauthClientCredentialUser: "" }),
    error: noUser,
  },
  { title: "an unknown Run As user", form: credentials, app: runAs("nobody@example.com"), error: noUser },
  {
    title: "an inactive Run As user",
    form: credentials,
    app: runAs("cpq.former@example.com"),
    error: noUser,
  },
  { title: "a frozen Run As user", form: credentials, app: runAs("cpq.frozen@example.com"), error: noUser },
  {
    title: "a Run As user without API access",
    form: credentials,
    app: runAs("cpq.noapi@example.com"),
    error: noUser,
  },
  {
    title: "an app that pre-authorizes nobody",
    form: credentials,
    app: { ...cpqApp, permissionSetName: "" },
    error: notApproved,
  },
  {
    title: "a Run As user who lacks the permission set",
    form: credentials,
    app: withOAuth({ oauthClientCredentialUser: "cpq.other@example.com" }),
    error: notApproved,
  },
])("refuses $title", async ({ form, app, error }) => {
  addConnectedApp(sandbox.org, app);
  const response = await postForm(tokenUrl(), form);
  expect(await response.json()).toEqual(error);
  expect(response.status).toBe(400);
  expect(response.headers.get("Cache-Control")).toContain("no-store");
});

test.each<{ title: string; app: Elements }>([
  { title: "a permission set by its API name", app: { ...cpqApp, permissionSetName: "CPQ_Integration" } },
  {
    title: "a permission set by its label",
    app: { ...cpqApp, permissionSetName: ["CPQ Reports", "CPQ Integration"] },
  },
  {
    title: "a profile",
    app: { ...cpqApp, permissionSetName: "", profileName: "Minimum Access - API Only Integrations" },
  },
  {
    title: "nobody, if all users may authorize themselves",
    app: { ...withOAuth({ isAdminApproved: "false" }) },
  },
])("issues a token if the app pre-authorizes $title", async ({ app }) => {
  addConnectedApp(sandbox.org, app);
  expect((await postForm(tokenUrl(), credentials)).status).toBe(200);
});

test("answers 401 with a challenge if HTTP Basic brings wrong credentials", async () => {
  const basic = `Basic ${btoa(`${credentials.client_id}:wrong`)}`;
  const response = await postForm(tokenUrl(), { grant_type: "client_credentials" }, { Authorization: basic });
  expect(await response.json()).toEqual(invalidSecret);
  expect(response.status).toBe(401);
  expect(response.headers.get("WWW-Authenticate")).toBe("Basic");
});

test.each(["Basic", "Basic ???", "Basic bm9jb2xvbg==", "Bearer x"])(
  "takes the unusable Authorization header %j as no credentials",
  async (header) => {
    const form = { grant_type: "client_credentials" };
    const response = await postForm(tokenUrl(), form, { Authorization: header });
    expect(await response.json()).toEqual(invalidKey);
  },
);

test("refuses GET, JSON and a broken form, each with an OAuth error", async () => {
  const get = await fetch(`${tokenUrl()}?${new URLSearchParams(credentials)}`);
  expect(get.status).toBe(400);
  expect(await get.json()).toEqual({ error: "invalid_request", error_description: "must use HTTP POST" });
  for (const [type, body] of [
    ["application/json", JSON.stringify(credentials)],
    ["application/x-www-form-urlencoded", "%%%=&&&"],
    ["multipart/form-data; boundary=x", "no parts at all"],
  ]) {
    const response = await fetch(tokenUrl(), {
      method: "POST",
      headers: { "Content-Type": type ?? "" },
      body,
    });
    expect(await response.json()).toEqual(noGrant);
  }
});

test("serves no token on another host than the My Domain", async () => {
  const { port } = new URL(sandbox.org.myDomainUrl);
  const expected = { error: "invalid_grant", error_description: "request not supported on this domain" };
  const byAddress = await postForm(`http://127.0.0.1:${port}/services/oauth2/token`, credentials);
  expect(byAddress.status).toBe(400);
  expect(await byAddress.json()).toEqual(expected);
  const byName = await postWithHost(port, "login.salesforce.com");
  expect(JSON.parse(byName)).toEqual(expected);
});

test("answers invalid_client_id until a new app has propagated", async () => {
  let now = Date.now();
  Object.assign(sandbox.org.behaviour, { propagation: 20_000, now: () => now });
  addConnectedApp(sandbox.org, cpqApp);
  expect(await (await postForm(tokenUrl(), credentials)).json()).toEqual(invalidKey);
  now += 19_999;
  expect(await (await postForm(tokenUrl(), credentials)).json()).toEqual(invalidKey);
  now += 1;
  expect((await postForm(tokenUrl(), credentials)).status).toBe(200);
});

test("answers unsupported_grant_type if the org blocks the flow", async () => {
  sandbox.org.behaviour.blockClientCredentialsFlow = true;
  expect(await (await postForm(tokenUrl(), credentials)).json()).toEqual(noGrant);
});

test("answers rate_limit_exceeded after too many tokens, and issues again an hour later", async () => {
  let now = Date.now();
  Object.assign(sandbox.org.behaviour, { tokenRequestsPerHour: 2, now: () => now });
  expect((await postForm(tokenUrl(), credentials)).status).toBe(200);
  expect((await postForm(tokenUrl(), credentials)).status).toBe(200);
  expect(await (await postForm(tokenUrl(), credentials)).json()).toMatchObject({
    error: "rate_limit_exceeded",
  });
  now += 60 * 60 * 1000;
  expect((await postForm(tokenUrl(), credentials)).status).toBe(200);
});

/** fetch does not let a client set the Host header. */
function postWithHost(port: string, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { Host: host, "Content-Type": "application/x-www-form-urlencoded" };
    const options = { port, host: "127.0.0.1", path: "/services/oauth2/token", method: "POST", headers };
    const outgoing = request(options, (response) => {
      response.setEncoding("utf8");
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve(text));
    });
    outgoing.on("error", reject);
    outgoing.end(new URLSearchParams(credentials).toString());
  });
}
