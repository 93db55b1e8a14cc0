import { describe, expect, test } from "vitest";
import { explain, tokenIn } from "../../../src/runs/explain/explain.ts";
import { type RefusalMeaning, refusalMeanings } from "../../../src/token/refusalMeanings.ts";

function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.c2lnbmF0dXJl`;
}

describe("a refusal is known by its words, however it is handed over", () => {
  test.each([
    {
      input: '{"error":"invalid_client","error_description":"invalid client credentials"}',
      meaning: "wrongSecret",
    },
    { input: "invalid_client_id: client identifier invalid", meaning: "unknownKey" },
    {
      input: "error=invalid_grant&error_description=no client credentials user enabled",
      meaning: "noRunAsUser",
    },
    {
      input: "Error: request failed: invalid_grant request not supported on this domain",
      meaning: "wrongDomain",
    },
    { input: "user is not admin approved to access this app", meaning: "notApproved" },
    { input: "OAUTH_AUTHORIZATION_BLOCKED: Cross-org OAuth flows are not supported", meaning: "otherOrg" },
    { input: "ip restricted or invalid login hours", meaning: "ipRestricted" },
    { input: "unsupported_grant_type", meaning: "flowDisabled" },
    {
      input: 'HTTP 400 {"error":"inactive_user","error_description":"user is inactive"}',
      meaning: "inactiveUser",
    },
    { input: '{"error":"rate_limit_exceeded"}', meaning: "rateLimit" },
    { input: "invalid_grant: no valid scopes", meaning: "noValidScopes" },
    { input: "app must be installed into org", meaning: "appNotInstalled" },
    { input: "invalid_app_access", meaning: "notApproved" },
    { input: "HTTP 503 Service Unavailable", meaning: "orgInTrouble" },
    { input: "the cat sat on the mat", meaning: undefined },
  ])("$input", ({ input, meaning }) => {
    const explained = explain(input, "ExternalClientApp");
    expect(explained.meaning).toBe(meaning);
    expect(explained.what).toBe(meaning === undefined ? "unknown" : "refusal");
    expect(explained.actions.length).toBeGreaterThan(0);
    expect(explained.text).not.toContain("%s");
  });
});

test("the places in Setup are those of the kind of app", () => {
  const actions = (kind: "ConnectedApp" | "ExternalClientApp") =>
    explain("unsupported_grant_type", kind).actions.join();
  expect(actions("ConnectedApp")).toContain("App Manager → the app");
  expect(actions("ExternalClientApp")).toContain("External Client App Manager");
});

test("tokens are told apart, and never repeated", () => {
  const running = jwt({ iss: "https://acme.my.salesforce.com", exp: 4_000_000_000 });
  const ended = jwt({ iss: "https://acme.my.salesforce.com", exp: 1_000_000_000 });
  const opaque = "00D000000000001AAA!AQEAQHJhbmRvbVRva2VuVGhhdE5vYm9keUtub3dz";
  const all = [running, ended, opaque].map((token) =>
    explain(`Authorization: Bearer ${token}`, "ConnectedApp"),
  );
  expect(all.map(({ what }) => what)).toEqual(["token", "token", "opaqueToken"]);
  expect(all[0]?.text).toContain("https://acme.my.salesforce.com");
  expect(all[1]?.text).toContain("has expired");
  expect(tokenIn(`x ${running} y`)).toBe(running);
  const said = JSON.stringify(all);
  for (const token of [running, ended, opaque]) expect(said).not.toContain(token.slice(-12));
});

test.each([
  { title: "claims that are no JSON", token: "eyJhbGciOiJub25lIn0.eyJub3QganNvbg.abc" },
  { title: "a header that is none", token: "eyJub3QganNvbg.eyJpc3MiOiJ4In0.abc" },
])("a token with $title is damaged: it is called neither genuine nor opaque", ({ token }) => {
  const { what, text, actions } = explain(token, "ConnectedApp");
  expect(what).toBe("unknown");
  expect(text).toContain("cut off or changed");
  expect(actions).toEqual([expect.stringContaining('"token"')]);
  expect(tokenIn(token)).toBeUndefined();
});

test("a token that names no issuer is said to name none", () => {
  expect(explain(jwt({ exp: 4_000_000_000 }), "ConnectedApp").text).toContain(
    "of an issuer that it does not name",
  );
});

test("an unknown text is shown without what has the form of a credential", () => {
  const { text } = explain("strange Bearer abcdefghijklmnopqrstuvwxyz", "ConnectedApp");
  expect(text).toContain("strange");
  expect(text).not.toContain("abcdefghijklmnop");
});

test("the code of a refusal stands once in its explanation", () => {
  const { text } = explain("invalid_client: invalid client credentials", "ExternalClientApp");
  expect(text).toMatch(/ invalid_client: invalid client credentials$/);
  expect(text.match(/invalid_client/g)).toHaveLength(1);
});

test.each([
  { input: "invalid_client_id", code: /invalid_client_id/g },
  {
    input: '{"error":"invalid_client_id","error_description":"invalid_client_id"}',
    code: /invalid_client_id/g,
  },
  { input: "Error: request failed: invalid_grant: no valid scopes", code: /invalid_grant/g },
])("the code stands once: $input", ({ input, code }) => {
  expect(explain(input, "ExternalClientApp").text.match(code)).toHaveLength(1);
});

test.each(Object.keys(refusalMeanings).map((meaning) => ({ meaning: meaning as RefusalMeaning })))(
  "$meaning: a caller who has only address, key and secret is not told to run deploy",
  ({ meaning }) => {
    const names = { settings: "S", policies: "P", consumer: "C", app: "the app", user: "U", org: "O" };
    expect(refusalMeanings[meaning].next(names).join("\n")).not.toMatch(
      /run "deploy"|^Deploy|deploy the spec/m,
    );
  },
);
