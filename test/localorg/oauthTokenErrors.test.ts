import { request } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DEFAULT_BEHAVIOUR } from "../../src/localorg/seed.ts";
import type { LocalOrgs, RunningOrg } from "../../src/localorg/start.ts";
import { CREDENTIALS, postForm, startSandbox } from "./clients.ts";
import { addConnectedApp, CPQ_APP, type Elements, withOAuth } from "./connectedApp.ts";

let orgs: LocalOrgs;
let sandbox: RunningOrg;
const tokenUrl = () => `${sandbox.org.myDomainUrl}/services/oauth2/token`;

beforeAll(async () => {
  ({ orgs, sandbox } = await startSandbox());
});
afterAll(() => orgs.stop());
beforeEach(() => {
  Object.assign(sandbox.org.behaviour, DEFAULT_BEHAVIOUR);
  sandbox.org.tokenRequests.clear();
  addConnectedApp(sandbox.org, CPQ_APP);
});

const runAs = (username: string) =>
  withOAuth({ oauthClientCredentialUser: username, isAdminApproved: "false" });

const INVALID_KEY = { error: "invalid_client_id", error_description: "client identifier invalid" };
const INVALID_SECRET = { error: "invalid_client", error_description: "invalid client credentials" };
const NO_GRANT = { error: "unsupported_grant_type", error_description: "grant type not supported" };
const NO_USER = { error: "invalid_grant", error_description: "no client credentials user enabled" };
const FLOW_OFF = { error: "invalid_grant", error_description: "client credentials flow not enabled" };
const NOT_APPROVED = {
  error: "invalid_app_access",
  error_description: "user is not admin approved to access this app",
};
const SCOPE = { error: "invalid_request", error_description: "scope parameter not supported" };

test.each<[title: string, form: Record<string, string>, app: Elements, error: object]>([
  ["an unknown consumer key", { ...CREDENTIALS, client_id: "unknown" }, CPQ_APP, INVALID_KEY],
  ["no consumer key", { grant_type: "client_credentials", client_secret: "x" }, CPQ_APP, INVALID_KEY],
  ["a wrong secret", { ...CREDENTIALS, client_secret: "wrong" }, CPQ_APP, INVALID_SECRET],
  ["no secret", { ...CREDENTIALS, client_secret: "" }, CPQ_APP, INVALID_SECRET],
  ["no grant type", { ...CREDENTIALS, grant_type: "" }, CPQ_APP, NO_GRANT],
  ["the password flow", { ...CREDENTIALS, grant_type: "password" }, CPQ_APP, NO_GRANT],
  ["a scope parameter", { ...CREDENTIALS, scope: "api" }, CPQ_APP, SCOPE],
  ["an app whose flow is off", CREDENTIALS, withOAuth({ isClientCredentialEnabled: "false" }), FLOW_OFF],
  ["an app without a Run As user", CREDENTIALS, withOAuth({ oauthClientCredentialUser: "" }), NO_USER],
  ["an unknown Run As user", CREDENTIALS, runAs("nobody@example.com"), NO_USER],
  ["an inactive Run As user", CREDENTIALS, runAs("cpq.former@example.com"), NO_USER],
  ["a frozen Run As user", CREDENTIALS, runAs("cpq.frozen@example.com"), NO_USER],
  ["a Run As user without API access", CREDENTIALS, runAs("cpq.noapi@example.com"), NO_USER],
  ["an app that pre-authorizes nobody", CREDENTIALS, { ...CPQ_APP, permissionSetName: "" }, NOT_APPROVED],
  [
    "a Run As user who lacks the permission set",
    CREDENTIALS,
    withOAuth({ oauthClientCredentialUser: "cpq.other@example.com" }),
    NOT_APPROVED,
  ],
])("refuses %s", async (_, form, app, error) => {
  addConnectedApp(sandbox.org, app);
  const response = await postForm(tokenUrl(), form);
  expect(await response.json()).toEqual(error);
  expect(response.status).toBe(400);
  expect(response.headers.get("Cache-Control")).toContain("no-store");
});

test.each<[title: string, app: Elements]>([
  ["a permission set by its API name", { ...CPQ_APP, permissionSetName: "CPQ_Integration" }],
  ["a permission set by its label", { ...CPQ_APP, permissionSetName: ["CPQ Reports", "CPQ Integration"] }],
  ["a profile", { ...CPQ_APP, permissionSetName: "", profileName: "Minimum Access - API Only Integrations" }],
  ["nobody, where all users may authorize themselves", { ...withOAuth({ isAdminApproved: "false" }) }],
])("issues a token where the app pre-authorizes %s", async (_, app) => {
  addConnectedApp(sandbox.org, app);
  expect((await postForm(tokenUrl(), CREDENTIALS)).status).toBe(200);
});

test("answers 401 with a challenge where HTTP Basic brings wrong credentials", async () => {
  const basic = `Basic ${btoa(`${CREDENTIALS.client_id}:wrong`)}`;
  const response = await postForm(tokenUrl(), { grant_type: "client_credentials" }, { Authorization: basic });
  expect(await response.json()).toEqual(INVALID_SECRET);
  expect(response.status).toBe(401);
  expect(response.headers.get("WWW-Authenticate")).toBe("Basic");
});

test.each(["Basic", "Basic ???", "Basic bm9jb2xvbg==", "Bearer x"])(
  "takes the unusable Authorization header %j as no credentials",
  async (header) => {
    const form = { grant_type: "client_credentials" };
    const response = await postForm(tokenUrl(), form, { Authorization: header });
    expect(await response.json()).toEqual(INVALID_KEY);
  },
);

test("refuses GET, JSON and a broken form, each with an OAuth error", async () => {
  const get = await fetch(`${tokenUrl()}?${new URLSearchParams(CREDENTIALS)}`);
  expect(get.status).toBe(400);
  expect(await get.json()).toEqual({ error: "invalid_request", error_description: "must use HTTP POST" });
  for (const [type, body] of [
    ["application/json", JSON.stringify(CREDENTIALS)],
    ["application/x-www-form-urlencoded", "%%%=&&&"],
    ["multipart/form-data; boundary=x", "no parts at all"],
  ]) {
    const response = await fetch(tokenUrl(), {
      method: "POST",
      headers: { "Content-Type": type ?? "" },
      body,
    });
    expect(await response.json()).toEqual(NO_GRANT);
  }
});

test("serves no token on another host than the My Domain", async () => {
  const { port } = new URL(sandbox.org.myDomainUrl);
  const expected = { error: "invalid_grant", error_description: "request not supported on this domain" };
  const byAddress = await postForm(`http://127.0.0.1:${port}/services/oauth2/token`, CREDENTIALS);
  expect(byAddress.status).toBe(400);
  expect(await byAddress.json()).toEqual(expected);
  const byName = await postWithHost(port, "login.salesforce.com");
  expect(JSON.parse(byName)).toEqual(expected);
});

test("answers invalid_client_id until a new app has propagated", async () => {
  let now = Date.now();
  Object.assign(sandbox.org.behaviour, { propagation: 20_000, now: () => now });
  addConnectedApp(sandbox.org, CPQ_APP);
  expect(await (await postForm(tokenUrl(), CREDENTIALS)).json()).toEqual(INVALID_KEY);
  now += 19_999;
  expect(await (await postForm(tokenUrl(), CREDENTIALS)).json()).toEqual(INVALID_KEY);
  now += 1;
  expect((await postForm(tokenUrl(), CREDENTIALS)).status).toBe(200);
});

test("answers unsupported_grant_type where the org blocks the flow", async () => {
  sandbox.org.behaviour.blockClientCredentialsFlow = true;
  expect(await (await postForm(tokenUrl(), CREDENTIALS)).json()).toEqual(NO_GRANT);
});

test("answers rate_limit_exceeded after too many tokens, and issues again an hour later", async () => {
  let now = Date.now();
  Object.assign(sandbox.org.behaviour, { tokenRequestsPerHour: 2, now: () => now });
  expect((await postForm(tokenUrl(), CREDENTIALS)).status).toBe(200);
  expect((await postForm(tokenUrl(), CREDENTIALS)).status).toBe(200);
  expect(await (await postForm(tokenUrl(), CREDENTIALS)).json()).toMatchObject({
    error: "rate_limit_exceeded",
  });
  now += 60 * 60 * 1000;
  expect((await postForm(tokenUrl(), CREDENTIALS)).status).toBe(200);
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
    outgoing.end(new URLSearchParams(CREDENTIALS).toString());
  });
}
