import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateKeyPair } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { messagesOf } from "../../src/messages.ts";
import type { CheckId } from "../../src/results/check.ts";
import type { VerifiedApp } from "../../src/results/verified.ts";
import { type RefusalMeaning, refusalMeanings } from "../../src/token/refusalMeanings.ts";
import { temporaryHome } from "../temporaryFolders.ts";
import { type Answer, startTokenServer, type TokenServer } from "../token/tokenServer.ts";
import { commandLine } from "./commandLine.ts";
import { specTextOf } from "./localOrgs.ts";

// Each refusal that is documented, and each claim that can be wrong, through the command. An org that is in order cannot
// bring most of them about.

const runAs = "cpq.integration@example.com";
const home = temporaryHome();
writeFileSync(join(home, "app.yaml"), specTextOf("ExternalClientApp", "Verified"));
const { sfJson } = commandLine(home, { variables: { KEY_SECRET: "Secret123" } });

let server: TokenServer;
beforeEach(async () => {
  server = await startTokenServer();
  server.otherwise = () => ({ body: { records: [{ Username: runAs }] } });
});
afterEach(() => server.close());

async function verified() {
  const { status, json } = await sfJson(
    ...["cpq", "connectedapp", "verify", "--spec", "app.yaml", "--instance-url", server.url],
    ...["--client-id", "3MVG9ExampleKey", "--secret-from", "env:KEY_SECRET"],
  );
  const { checks, outcome } = (json.result as VerifiedApp).verification;
  const calls = [...server.asked.values()].reduce((sum, times) => sum + times, 0);
  return { status, outcome, calls, checks, wrong: checks.filter(({ outcome }) => outcome !== "passed") };
}

const refuse = (answer: Answer) => server.answers.set("/services/oauth2/token", () => answer);

test("a right token passes every check, in three calls", async () => {
  expect(await verified()).toMatchObject({ status: 0, outcome: "passed", calls: 3, wrong: [] });
});

const refusals: Readonly<Record<RefusalMeaning, { error: string; description: string; status?: number }>> = {
  ipRestricted: { error: "invalid_grant", description: "ip restricted or invalid login hours" },
  noValidScopes: { error: "invalid_grant", description: "no valid scopes" },
  notApprovedByUser: { error: "invalid_grant", description: "user hasn't approved this consumer" },
  appNotInstalled: { error: "invalid_client", description: "app must be installed into org" },
  appNotFound: { error: "app_not_found", description: "External client app is not installed in this org" },
  otherOrg: {
    error: "OAUTH_AUTHORIZATION_BLOCKED",
    description: "Cross-org OAuth flows are not supported for this external client app",
  },
  notApproved: { error: "invalid_app_access", description: "user is not admin approved to access this app" },
  userFrozen: { error: "invalid_grant", description: "user is frozen" },
  inactiveUser: { error: "inactive_user", description: "user is inactive" },
  inactiveOrg: { error: "inactive_org", description: "org is locked, closed, or suspended" },
  rateLimit: { error: "rate_limit_exceeded", description: "login rate exceeded" },
  unknownKey: { error: "invalid_client_id", description: "client identifier invalid" },
  wrongSecret: { error: "invalid_client", description: "invalid client credentials" },
  wrongDomain: { error: "invalid_grant", description: "request not supported on this domain" },
  flowDisabled: { error: "unsupported_grant_type", description: "grant type not supported" },
  noRunAsUser: { error: "invalid_grant", description: "no client credentials user enabled" },
  orgInTrouble: { error: "temporarily_unavailable", description: "try again later" },
  noOAuthAnswer: { error: "", description: "" },
  otherRefusal: { error: "something_new", description: "never heard of" },
};

test.each(Object.entries(refusals) as [RefusalMeaning, (typeof refusals)[RefusalMeaning]][])(
  "the refusal %s has its own text and next step, and is the only call",
  async (meaning, { error, description, status = 400 }) => {
    refuse({
      status,
      body: error === "" ? "<html>Log in</html>" : { error, error_description: description },
    });
    const found = await verified();
    const [check, ...others] = found.checks;
    expect(found).toMatchObject({ status: 4, calls: 1 });
    expect(others).toEqual([]);
    const text = messagesOf("token").getMessage(`refusal.${meaning}`);
    expect(check).toMatchObject({ id: "token", detail: expect.stringContaining(text.replace(/\.$/, "")) });
    if (error !== "") expect(check?.detail).toContain(error);
    expect(check?.actions.length).toBeGreaterThan(0);
    expect(check?.outcome).toBe(refusalMeanings[meaning].saysNothing === true ? "unverified" : "failed");
  },
);

describe("each claim that is wrong fails its own check, with a next step:", () => {
  const now = () => Math.floor(Date.now() / 1000);
  test.each<{ what: string; ids: CheckId[]; token: () => Promise<string> | string; detail: RegExp }>([
    {
      what: "an opaque token",
      ids: ["jwt"],
      token: () => "00D000000000001!AQEAQ.opaque",
      detail: /opaque token/,
    },
    {
      what: "no signature",
      ids: ["jwt", "signature"],
      token: () => server.unsigned(),
      detail: /algorithm is none/,
    },
    {
      what: "a signature that everybody can make",
      ids: ["jwt", "signature"],
      token: () => server.signedByPublicKey(),
      detail: /HS256/,
    },
    {
      what: "another key",
      ids: ["signature"],
      token: async () => server.token({ key: (await generateKeyPair("RS256")).privateKey }),
      detail: /does not match the key/,
    },
    {
      what: "iss",
      ids: ["issuer"],
      token: () => server.token({ payload: { iss: "https://other.example.com" } }),
      detail: /issued by https:\/\/other\.example\.com/,
    },
    {
      what: "aud",
      ids: ["issuer"],
      token: () => server.token({ payload: { aud: ["https://other.example.com"] } }),
      detail: /for https:\/\/other\.example\.com/,
    },
    {
      what: "client_id",
      ids: ["client"],
      token: () => server.token({ payload: { client_id: "3MVG9Another" } }),
      detail: /not for this app's key/,
    },
    {
      what: "scp that lacks one",
      ids: ["scopes"],
      token: () => server.token({ payload: { scp: "id" } }),
      detail: /lacks api.*also has id/,
    },
    {
      what: "exp − iat",
      ids: ["lifetime"],
      token: () => server.token({ payload: { exp: now() + 600 } }),
      detail: /valid for 10 minutes; the spec wants 30 minutes/,
    },
    {
      what: "exp in the past",
      ids: ["validity"],
      token: () => server.token({ payload: { iat: now() - 2100, nbf: now() - 2100, exp: now() - 300 } }),
      detail: /had expired/,
    },
    {
      what: "nbf in the future",
      ids: ["validity"],
      token: () => server.token({ payload: { nbf: now() + 900 } }),
      detail: /becomes valid only/,
    },
  ])("$what", async ({ ids, token, detail }) => {
    refuse({ body: { access_token: await token() } });
    const { status, wrong, calls } = await verified();
    expect(status).toBe(4);
    expect(wrong.map(({ id, outcome }) => [id, outcome])).toEqual(ids.map((id) => [id, "failed"]));
    expect(wrong.map((check) => check.detail).join(" ")).toMatch(detail);
    for (const check of wrong) expect(check.actions, check.id).not.toEqual([]);
    expect(calls).toBeLessThanOrEqual(5);
  });

  test("sub: a token for another user", async () => {
    server.otherwise = () => ({ body: { records: [{ Username: "admin@example.com" }] } });
    const { status, wrong } = await verified();
    expect(status).toBe(4);
    expect(wrong).toMatchObject([
      { id: "subject", outcome: "failed", detail: expect.stringContaining("admin@example.com") },
    ]);
    expect(wrong[0]?.actions).not.toEqual([]);
  });

  test("a token that the org's own REST API does not take", async () => {
    server.otherwise = () => ({ status: 401, body: [{ errorCode: "INVALID_SESSION_ID", message: "no" }] });
    const { status, wrong } = await verified();
    expect(status).toBe(4);
    expect(wrong).toContainEqual(
      expect.objectContaining({
        id: "restApi",
        outcome: "failed",
        actions: [expect.stringContaining("API Enabled")],
      }),
    );
  });
});
