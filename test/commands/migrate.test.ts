import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Migration } from "../../src/results/migration.ts";
import { postForm } from "../localorg/clients.ts";
import { allowCredentialAccess } from "./appsInOrg.ts";
import { specText, specTextOf, startTestOrgs } from "./localOrgs.ts";

const { sandbox, sf, sfJson, write, home } = await startTestOrgs();
const migrate = (...args: string[]) => sfJson("cpq", "connectedapp", "migrate", ...args);
const outcomes = (migration: Migration) =>
  Object.fromEntries(migration.rows.map(({ path, outcome }) => [path, outcome]));

test("from a spec: the new spec is valid, keeps its comments, and what is lost is said", async () => {
  const source = specText("From_Spec", ["  scopes: [api]", "  scopes: [api] # only this\n  ipBinding: true"]);
  const { status, json } = await migrate("--spec", write("old.yaml", source));
  expect(status).toBe(0);
  const migration = json.result as Migration;
  expect(migration.file).toBe("old.external-client-app.yaml");
  expect(outcomes(migration)).toMatchObject({
    kind: "changes",
    consumer: "changes",
    "oauth.scopes": "same",
    "oauth.accessToken.timeout": "changes",
    "oauth.ipBinding": "noCounterpart",
  });
  const text = readFileSync(join(home, migration.file), "utf8");
  expect(text).toContain("scopes: [api] # only this");
  expect(text).not.toContain("ipBinding: true");
  expect(text).toContain(
    "# Not carried over, because an external client app has no counterpart: oauth.ipBinding",
  );
  expect((await sf("cpq", "connectedapp", "validate", "--spec", migration.file)).status).toBe(0);
  expect((await migrate("--spec", "old.yaml")).json).toMatchObject({ name: "FileExistsError" });
});

test("scopes that would give no token are widened, in the spec and in its environments, and said to be", async () => {
  const source = `${specText("Full_Scope", ["[api]", "[full] # as ever"])}environments:
  uat:
    oauth:
      scopes: [Full, RefreshToken]
  production:
    oauth:
      scopes: [id]
`;
  const file = write("full-scope.yaml", source);
  const { status, stdout } = await sf(
    "cpq",
    "connectedapp",
    "migrate",
    "--spec",
    file,
    "--output",
    "wider.yaml",
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /oauth\.scopes +changes +api is added: without it .* tokens of the client credentials flow carry none/,
  );
  const text = readFileSync(join(home, "wider.yaml"), "utf8");
  expect(text).toContain("scopes: [full, api] # as ever");
  expect(text).toContain("scopes: [Full, RefreshToken, api]");
  expect(text).toContain("scopes: [id]");
});

test("from an org whose Setup cannot be read, nothing is written", async () => {
  write("unread.yaml", specText("Unread"));
  await sf("cpq", "connectedapp", "deploy", "--spec", "unread.yaml", "--target-org", "local-sandbox");
  sandbox.faults.set([
    { fault: "status", status: 400, path: "/tooling/query.*ConnectedApplication", times: 9 },
  ]);
  const args = ["--name", "Unread", "--target-org", "local-sandbox", "--output", "unread-new.yaml"];
  const { status, json } = await migrate(...args).finally(() => sandbox.faults.set([]));
  expect({ status, json }).toMatchObject({
    status: 1,
    json: {
      name: "SetupUnreadableError",
      message: expect.stringMatching(/local-sandbox [\s\S]*Unread [\s\S]*400/),
    },
  });
  expect(existsSync(join(home, "unread-new.yaml"))).toBe(false);
  expect(await migrate(...args)).toMatchObject({ status: 0 });
});

test("from an org: the settings, the timeout that only Setup holds included, and nothing is deleted", async () => {
  const file = write("in-org.yaml", specText("In_Org"));
  await sf("cpq", "connectedapp", "deploy", "--spec", file, "--target-org", "local-sandbox", "--no-verify");
  const { status, json } = await migrate("--name", "In_Org", "--target-org", "local-sandbox");
  expect(status).toBe(0);
  const text = readFileSync(join(home, (json.result as Migration).file), "utf8");
  expect(text).toMatch(/runAs: cpq\.integration@example\.com/);
  expect(text).toMatch(/timeout: 30m/);
  expect(sandbox.org.connectedApps.has("In_Org")).toBe(true);
});

test("from a metadata file: what only a connected app has, and elements that no setting stands for, are named", async () => {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">
    <contactEmail>platform@example.com</contactEmail>
    <label>Old</label>
    <oauthConfig><callbackUrl>https://example.com</callbackUrl><scopes>Api</scopes></oauthConfig>
    <samlConfig><acsUrl>https://example.com/acs</acsUrl><isNew>true</isNew></samlConfig>
</ConnectedApp>`;
  const { status, json } = await migrate(
    "--source-file",
    write("Old.connectedApp-meta.xml", xml),
    "--output",
    "new.yaml",
  );
  expect(status).toBe(0);
  expect(json.result).toMatchObject({ name: "Old", file: "new.yaml" });
  expect(outcomes(json.result as Migration)).toMatchObject({
    "saml.acsUrl": "noCounterpart",
    "samlConfig/isNew": "noCounterpart",
  });
});

test.each<{ what: string; args: string[]; name: string }>([
  {
    what: "an app that is not there",
    args: ["--name", "Nothing", "--target-org", "local-sandbox"],
    name: "AppNotFoundError",
  },
  {
    what: "a file that is no metadata",
    args: ["--source-file", "nowhere.xml"],
    name: "SourceUnreadableError",
  },
])("$what is a clear error, and nothing is written", async ({ args, name }) => {
  const { status, json } = await migrate(...args, "--output", "never.yaml");
  expect(status).toBe(1);
  expect(json.name).toBe(name);
  expect(existsSync(join(home, "never.yaml"))).toBe(false);
});

test("the old app is deleted only on demand, with a confirmation, when its successor is there and works, and nobody uses it", async () => {
  const old = write("both.yaml", specText("Both_Kinds"));
  const successor = write("successor.yaml", specTextOf("ExternalClientApp", "Both_Kinds"));
  const deploy = (file: string) =>
    sf("cpq", "connectedapp", "deploy", "--spec", file, "--target-org", "local-sandbox", "--no-verify");
  const remove = (...more: string[]) =>
    migrate("--name", "Both_Kinds", "--target-org", "local-sandbox", "--delete-old", ...more);
  const isThere = () => sandbox.org.connectedApps.has("Both_Kinds");

  expect((await deploy(old)).status).toBe(0);
  expect((await remove("--no-prompt")).json).toMatchObject({ status: 1, name: "SuccessorMissingError" });
  expect((await deploy(successor)).status).toBe(0);
  expect((await remove("--no-prompt")).json).toMatchObject({
    status: 1,
    name: "SuccessorNotVerifiedError",
    message: expect.stringMatching(/No token shows that .* works.*\n.*credentials/s),
    actions: expect.arrayContaining([expect.stringContaining("--even-if-unverified")]),
  });
  expect(isThere()).toBe(true);
  allowCredentialAccess(sandbox.org, true);
  expect((await remove()).json.warnings).toEqual([expect.stringContaining("Nothing was deleted")]);
  const { consumerKey, consumerSecret } = sandbox.org.connectedApps.get("Both_Kinds") ?? {};
  await postForm(`${sandbox.org.myDomainUrl}/services/oauth2/token`, {
    grant_type: "client_credentials",
    client_id: consumerKey ?? "",
    client_secret: consumerSecret ?? "",
  });
  expect((await remove("--no-prompt")).json).toMatchObject({
    status: 1,
    name: "AppInUseError",
    message: expect.stringMatching(
      /cpq\.integration@example\.com from \S+ \(OauthClientCredentials\): 1 token,/,
    ),
    actions: [expect.any(String), expect.stringContaining("--even-if-used")],
  });
  expect(isThere()).toBe(true);
  expect((await remove("--no-prompt", "--even-if-used")).json).toMatchObject({
    status: 0,
    result: { deleted: { name: "Both_Kinds" } },
  });
  expect(isThere()).toBe(false);
  const listed = await sfJson("cpq", "connectedapp", "credentials", "list");
  expect(JSON.stringify(listed.json.result)).not.toContain(consumerKey);
});
