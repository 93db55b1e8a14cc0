import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { VerifiedApp } from "../../src/results/verified.ts";
import { commandLine } from "./commandLine.ts";
import { specText, startTestOrgs } from "./localOrgs.ts";
import { remember, setElement, userOf } from "./tampering.ts";

const { sandbox, sf, sfJson, write, home } = await startTestOrgs();
const { org } = sandbox;
const usual = { ...org.behaviour };
const runAs = "cpq.integration@example.com";
const verify = ["cpq", "connectedapp", "verify"];
const bySpec = ["--spec", "app.yaml", "--target-org", "local-sandbox"];
const withoutLogin = ["--spec", "app.yaml", "--instance-url", org.myDomainUrl];
let consumer = { key: "", secret: "" };
let restore = () => {};
const deployedAt = Date.now();

beforeAll(async () => {
  write("app.yaml", specText("Verified"));
  const { status, stderr } = await sf("cpq", "connectedapp", "deploy", ...bySpec);
  expect(status, stderr).toBe(0);
  const { json } = await sfJson("cpq", "connectedapp", "credentials", "show", ...bySpec, "--show-secret");
  consumer = json.result as typeof consumer;
  restore = remember(org);
});

afterEach(() => {
  restore();
  restore = remember(org);
  Object.assign(org.behaviour, usual);
  write("app.yaml", specText("Verified"));
});

async function verified(...args: string[]) {
  const { status, json } = await sfJson(...verify, ...args);
  const { verification } = json.result as VerifiedApp;
  return { status, checks: new Map(verification.checks.map((check) => [check.id, check])) };
}

describe("an app in order passes every check", () => {
  test.each([
    { title: "by its spec in an org", args: () => bySpec },
    { title: "by its spec, without an org login", args: () => withoutLogin },
    { title: "by its name", args: () => ["--name", "Verified", "--target-org", "local-sandbox"] },
  ])("$title", async ({ args }) => {
    const { status, checks } = await verified(...args());
    expect(status).toBe(0);
    expect([...checks.values()].filter(({ outcome }) => !["passed", "skipped"].includes(outcome))).toEqual(
      [],
    );
    expect(checks.get("subject")?.outcome).toBe(args().includes("--name") ? "skipped" : "passed");
  });

  test("by nothing but its key, on a machine without any login, in three calls", async () => {
    process.env.CPQ_VERIFY_SECRET = consumer.secret;
    const stranger = commandLine();
    delete process.env.CPQ_VERIFY_SECRET;
    const before = sandbox.requestCount();
    const args = ["--instance-url", org.myDomainUrl, "--client-id", consumer.key];
    const { status, stdout } = await stranger.sf(
      ...verify,
      ...args,
      "--secret-from",
      "env:CPQ_VERIFY_SECRET",
    );
    expect(status, stdout).toBe(0);
    expect(sandbox.requestCount() - before).toBe(3);
    expect(stdout).toMatch(/✓ Signature/);
  });
});

test("a wrong secret, where only the key is known: the next steps do not take the key for the app's name", async () => {
  const stranger = commandLine(undefined, { variables: { CPQ_VERIFY_SECRET: "WrongSecret1" } });
  const args = ["--instance-url", org.myDomainUrl, "--client-id", consumer.key];
  const { status, json } = await stranger.sfJson(
    ...verify,
    ...args,
    "--secret-from",
    "env:CPQ_VERIFY_SECRET",
  );
  const { app, verification } = json.result as VerifiedApp;
  expect({ status, label: app.label }).toEqual({ status: 4, label: consumer.key });
  const next = verification.checks.flatMap(({ actions }) => actions ?? []).join("\n");
  expect(next).toContain("Setup → External Client App Manager → the app");
  expect(next).toContain('"verify --watch"');
  expect(next).not.toContain(consumer.key);
});

test("a spec is compared in three calls too", async () => {
  const before = sandbox.requestCount();
  const { checks } = await verified(...withoutLogin);
  expect(sandbox.requestCount() - before).toBe(3);
  expect(checks.get("subject")).toMatchObject({ outcome: "passed", detail: expect.stringContaining(runAs) });
});

describe("each check that fails is exit code 4, with a text and a next step", () => {
  test.each([
    {
      title: "a token for another user",
      spec: [[runAs, "admin@example.com"]] as [string, string][],
      id: "subject" as const,
      detail: "not for admin@example.com",
    },
    {
      title: "a scope that is missing",
      spec: [["[api]", "[api, chatter_api]"]] as [string, string][],
      id: "scopes" as const,
      detail: "lacks chatter_api",
    },
  ])("$title", async ({ spec, id, detail }) => {
    write("app.yaml", specText("Verified", ...spec));
    const { status, checks } = await verified(...withoutLogin);
    expect(status).toBe(4);
    expect(checks.get(id)).toMatchObject({ outcome: "failed", detail: expect.stringContaining(detail) });
  });

  test("another lifetime is a warning for a connected app, whose timeout only Setup sets", async () => {
    write("app.yaml", specText("Verified", ["30m", "10m"]));
    const { status, checks } = await verified(...withoutLogin);
    expect(status).toBe(0);
    expect(checks.get("lifetime")).toMatchObject({
      outcome: "warning",
      actions: [expect.stringContaining("Timeout")],
    });
  });

  test("an opaque token", async () => {
    setElement(org, "Verified", ["ConnectedApp", "oauthConfig", "isNamedUserJwtEnabled"], ["false"]);
    const { status, checks } = await verified(...withoutLogin);
    expect(status).toBe(4);
    expect(checks.get("jwt")).toMatchObject({ outcome: "failed", actions: [expect.any(String)] });
  });

  test("a refusal says what the org logged, if somebody is logged in", async () => {
    userOf(org, runAs).permissionSets = [];
    const { status, checks } = await verified(...bySpec);
    expect(status).toBe(4);
    expect(checks.get("token")).toMatchObject({
      outcome: "failed",
      logins: { username: runAs, entries: [{ status: "Failed: Not approved for access" }] },
    });
  });
});

describe("the CPQ side", () => {
  const cpqSpec = (probe: string) =>
    write("app.yaml", `${specText("Verified")}cpq:\n  url: ${sandbox.cpqUrl}\n${probe}`);

  test("reads what the spec names, by the token and by an admin API key, and neither is shown", async () => {
    cpqSpec("  probe: { managedTables: read, rules: read, blueprints: read }\n");
    const withKey = commandLine(home, { variables: { CPQ_TEST_KEY: sandbox.cpqAdminApiKey } });
    const { status, stdout } = await withKey.sf(...verify, ...withoutLogin, "--api-key-env", "CPQ_TEST_KEY");
    expect(status, stdout).toBe(0);
    expect(stdout).toMatch(
      /✓ CPQ admin API +accepts the token, which may read: managed tables, rules, blueprints/,
    );
    expect(stdout).toMatch(
      /✓ CPQ by admin API key +accepts the admin API key, which may read: managed tables, rules/,
    );
    expect(stdout).not.toContain(sandbox.cpqAdminApiKey);
  });

  test("a Run As user with too few privileges there is told apart from a token that is not taken", async () => {
    cpqSpec("  probe: { managedTables: read }\n");
    // The local CPQ knows its administrators by the permission set.
    setElement(org, "Verified", ["ConnectedApp", "oauthConfig", "isAdminApproved"], ["false"]);
    userOf(org, runAs).permissionSets = [];
    const { status, checks } = await verified(...withoutLogin);
    expect(status).toBe(4);
    expect(checks.get("token")?.outcome).toBe("passed");
    expect(checks.get("cpqApi")).toMatchObject({
      outcome: "failed",
      detail: "CPQ does not let the Run As user read what the spec says: managed tables.",
    });
  });

  test.each([
    { what: "a variable that is not set", spec: "  probe: { rules: read }\n", name: "ApiKeyUnsetError" },
  ])("$what is wrong usage", async ({ spec, name }) => {
    cpqSpec(spec);
    const { status, json } = await sfJson(...verify, ...withoutLogin, "--api-key-env", "CPQ_NOT_SET");
    expect([status, json.name]).toEqual([2, name]);
  });
});

test("--watch asks again until the app has reached all servers, and not if a refusal stays", async () => {
  org.behaviour.propagation = Date.now() - deployedAt + 4000;
  const { status, stderr } = await sf(...verify, ...withoutLogin, "--watch");
  expect(status, stderr).toBe(0);
  expect(stderr).toMatch(/^invalid_client_id; .*next try in 1 seconds/);
  userOf(org, runAs).permissionSets = [];
  const refused = await sf(...verify, ...withoutLogin, "--watch");
  expect(refused.status).toBe(4);
  expect(refused.stderr).not.toContain("next try");
});

test.each([
  { format: "json", shape: /"outcome": "failed"/ },
  { format: "markdown", shape: /\| ✗ \| Token issued \| / },
  { format: "sarif", shape: /"ruleId": "token"/ },
  { format: "junit", shape: /<testsuite[\s\S]*Token issued|<failure/ },
  { format: "github", shape: /^::error .*admin approved/ },
  { format: "gitlab", shape: /"check_name": "token"/ },
])("a failure as $format", async ({ format, shape }) => {
  userOf(org, runAs).permissionSets = [];
  const { status, stdout } = await sf(...verify, ...withoutLogin, "--format", format);
  expect(status).toBe(4);
  expect(stdout).toMatch(shape);
});
