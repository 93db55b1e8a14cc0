import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { DeployReport } from "../../src/runs/deploy.ts";
import { specText, startTestOrgs } from "./localOrgs.ts";

const { sandbox, sf, sfJson, write, home } = await startTestOrgs();

const onSandbox = (file: string, ...more: string[]) => [
  "cpq",
  "connectedapp",
  "deploy",
  "--spec",
  file,
  "--target-org",
  "local-sandbox",
  ...more,
];
const deployed = async (file: string, ...more: string[]) => {
  const { status, json } = await sfJson(...onSandbox(file, ...more));
  return { status, json, report: json.result as DeployReport };
};
const outcomes = (report: DeployReport) =>
  Object.fromEntries((report.verification?.checks ?? []).map(({ id, outcome }) => [id, outcome]));
const allPassed = {
  token: "passed",
  jwt: "passed",
  signature: "passed",
  issuer: "passed",
  client: "passed",
  subject: "passed",
  scopes: "passed",
  lifetime: "passed",
  restApi: "passed",
};
const appOf = (name: string) => sandbox.org.connectedApps.get(name);
const setTimeoutInSetup = (name: string, minutes: number) => {
  const app = appOf(name);
  if (app === undefined) throw new Error(`${name} is not there.`);
  app.jwtTimeoutMinutes = minutes;
};

describe("the life of an app", () => {
  const name = "Life";
  const file = write("life.yaml", specText(name));

  test("created, verified, changed, and left alone where nothing differs", async () => {
    const created = await deployed(file, "--no-verify");
    expect(created).toMatchObject({ status: 0, report: { plan: { action: "create" } } });
    setTimeoutInSetup(name, 30);

    const verified = await deployed(file);
    expect(verified).toMatchObject({ status: 0, report: { plan: { action: "nothing" } } });
    expect(verified.report.deployId).toBeUndefined();
    expect(outcomes(verified.report)).toEqual(allPassed);

    write(file, specText(name, ["[api]", "[api, refresh_token]"]));
    const changed = await deployed(file);
    expect(changed.status).toBe(0);
    expect(changed.report.plan).toMatchObject({
      action: "update",
      changes: [{ path: "oauth.scopes", expected: ["api", "refresh_token"], actual: ["api"] }],
    });
    expect(outcomes(changed.report)).toEqual(allPassed);

    const modifiedAt = appOf(name)?.modifiedAt;
    expect((await deployed(file)).report.plan).toEqual({ action: "nothing", changes: [], setupOnly: [] });
    expect(appOf(name)?.modifiedAt).toBe(modifiedAt);
  });
});

test("a generated secret is the org's own, encrypted where it is stored, and printed only when asked for", async () => {
  const file = write("secret.yaml", specText("Secret_App"));
  const outputs = [await sf(...onSandbox(file)), await sf(...onSandbox(file, "--json"))];
  const { consumerKey, consumerSecret } = appOf("Secret_App") ?? { consumerKey: "", consumerSecret: "" };
  expect(consumerSecret).toMatch(/^[A-Za-z0-9]{64}$/);
  for (const { stdout, stderr } of outputs) expect(stdout + stderr).not.toContain(consumerSecret);
  for (const entry of readdirSync(home, { recursive: true, withFileTypes: true })) {
    if (entry.isFile())
      expect(readFileSync(join(entry.parentPath, entry.name), "utf8")).not.toContain(consumerSecret);
  }
  const consumer = ["cpq", "connectedapp", "consumer", "--spec", file, "--target-org", "local-sandbox"];
  const hidden = (await sfJson(...consumer)).json.result;
  expect(hidden).toMatchObject({ key: consumerKey });
  expect(hidden).not.toHaveProperty("secret");
  expect((await sfJson(...consumer, "--show-secret")).json.result).toMatchObject({ secret: consumerSecret });
});

test("settings that the spec does not mention stay as they are in the org", async () => {
  const file = write(
    "kept.yaml",
    specText("Kept", ["label: Kept", "label: Kept\ndescription: From the other spec"]),
  );
  await deployed(file, "--no-verify");
  write(file, specText("Kept", ["label: Kept", "label: New label"]));
  const { report } = await deployed(file, "--no-verify");
  expect(report.plan.changes.map(({ path }) => path)).toEqual(["label"]);
  const texts = appOf("Kept")?.content.children.map(({ name, text }) => [name, text]);
  expect(texts).toContainEqual(["label", "New label"]);
  expect(texts).toContainEqual(["description", "From the other spec"]);
});

test("a dry run changes nothing in the org and stores nothing", async () => {
  const file = write("dry.yaml", specText("Dry_Run"));
  const { status, report } = await deployed(file, "--dry-run");
  expect(status).toBe(0);
  expect(report).toMatchObject({ plan: { action: "create" }, dryRun: true });
  expect(report).not.toHaveProperty("consumer");
  expect(report).not.toHaveProperty("verification");
  expect(appOf("Dry_Run")).toBeUndefined();
  const consumer = await sfJson(
    "cpq",
    "connectedapp",
    "consumer",
    "--spec",
    file,
    "--target-org",
    "local-sandbox",
  );
  expect(consumer).toMatchObject({ status: 1, json: { name: "NotStoredError" } });
});

describe("a Run As user who cannot be one", () => {
  test.each([
    ["is not there", "nobody@example.com", "RunAsNotFoundError", "was not found in local-sandbox"],
    [
      "lacks the sandbox's suffix",
      "cpq.integration@example.co",
      "RunAsSimilarError",
      "there is cpq.integration@example.com",
    ],
    ["is inactive", "cpq.former@example.com", "RunAsInactiveError", "is inactive in local-sandbox"],
  ])(
    "because the user %s: stops before the deploy, at the line of the spec",
    async (_why, runAs, name, words) => {
      const file = write("run-as.yaml", specText("Run_As", ["cpq.integration@example.com", runAs]));
      const { status, json } = await deployed(file);
      expect(status).toBe(1);
      expect(json).toMatchObject({ name, message: expect.stringContaining(words) });
      expect(json.message).toMatch(/^run-as\.yaml:10:5 /);
      expect(appOf("Run_As")).toBeUndefined();
    },
  );

  test("because the org says so: shows the org's words at the line of the spec, and keeps the secret for the next try", async () => {
    const file = write("person.yaml", specText("Person", ["cpq.integration@", "cpq.person@"]));
    const failed = await deployed(file);
    expect(failed.status).toBe(1);
    expect(failed.json).toMatchObject({
      name: "DeployFailed",
      data: [
        {
          line: 10,
          path: "oauth.clientCredentials.runAs",
          problem: "Enter a valid execution user for the OAuth client credentials flow.",
        },
      ],
    });
    const consumer = await sfJson(
      "cpq",
      "connectedapp",
      "consumer",
      "--spec",
      file,
      "--target-org",
      "local-sandbox",
    );
    write(file, specText("Person"));
    const mended = await deployed(file);
    expect(mended.status).toBe(0);
    expect(mended.report.consumer?.key).toBe((consumer.json.result as { key: string }).key);
  });
});

test("a JWT timeout that differs is a warning with its place in Setup, not a failure", async () => {
  const file = write("timeout.yaml", specText("Timeout_App"));
  await deployed(file, "--no-verify");
  setTimeoutInSetup("Timeout_App", 15);
  const { status, report, json } = await deployed(file);
  expect(status).toBe(0);
  expect(outcomes(report)).toEqual({ ...allPassed, lifetime: "warning" });
  expect(report.plan.setupOnly).toEqual([
    { path: "oauth.accessToken.timeout", expected: "30m", actual: "15m" },
  ]);
  expect(json.warnings).toEqual([expect.stringMatching(/Setup → Apps → .*Timeout_App.*Timeout\./)]);
});

describe("credentials from elsewhere", () => {
  const given = (name: string, secret: string) =>
    `${specText(name)}consumer:\n  key: ${name}Key12345\n  secret: ${secret}\n`;

  test.each([
    ["the environment", "FromEnv", "${env:CPQ_TEST_SECRET}", "SecretOfTheEnvironment1"],
    ["a file", "FromFile", "${file:secret.txt}", "SecretOfTheFile1"],
    ["a command", "FromCommand", "${command:echo SecretOfTheCommand1}", "SecretOfTheCommand1"],
  ])("come from %s", async (_where, name, reference, secret) => {
    write("secret.txt", "SecretOfTheFile1\n");
    const { status, report } = await deployed(write("given.yaml", given(name, reference)));
    expect(status).toBe(0);
    expect(outcomes(report)).toMatchObject({ token: "passed", client: "passed" });
    expect(appOf(name)).toMatchObject({ consumerKey: `${name}Key12345`, consumerSecret: secret });
  });

  test("that are not there stop before the deploy", async () => {
    const { status, json } = await deployed(write("unset.yaml", given("Unset", "${env:CPQ_NOT_SET}")));
    expect(status).toBe(1);
    expect(json.message).toContain(
      "The environment variable CPQ_NOT_SET, which consumer.secret comes from, is not set.",
    );
    expect(appOf("Unset")).toBeUndefined();
  });

  test("with another key than the org's stop before the deploy", async () => {
    const spec = given("OtherKey", "${command:echo SecretOfTheOtherKey1}");
    const file = write("other-key.yaml", spec);
    await deployed(file, "--no-verify");
    write(file, spec.replace("OtherKeyKey12345", "AnotherKey12345"));
    const { status, json } = await deployed(file);
    expect(status).toBe(1);
    expect(json.message).toMatch(
      /has the consumer key OtherKeyKey12345, but the spec \(other-key\.yaml:\d+:\d+\) wants AnotherKey12345/,
    );
  });

  test("that another app has already are refused with the org's words", async () => {
    const file = write(
      "taken.yaml",
      given("Taken", "${env:CPQ_TEST_SECRET}").replace("TakenKey", "FromEnvKey"),
    );
    const { status, json } = await deployed(file);
    expect(status).toBe(1);
    expect(json.message).toContain("The consumer key is already taken.");
  });
});

test("an app whose secret nobody here knows is deployed, but not verified: exit code 4", async () => {
  const file = write("unknown-secret.yaml", specText("Unknown_Secret"));
  await deployed(file, "--no-verify");
  const app = appOf("Unknown_Secret");
  if (app === undefined) throw new Error("The app is not there.");
  const key = app.content.children
    .flatMap(({ children }) => children)
    .find(({ name }) => name === "consumerKey");
  app.consumerKey = "AnotherMachinesKey";
  if (key !== undefined) key.text = "AnotherMachinesKey";
  const { status, report } = await deployed(file);
  expect(status).toBe(4);
  expect(report.verification).toMatchObject({ passed: false, checks: [{ id: "token", outcome: "failed" }] });
});

describe("the CPQ admin API", () => {
  const withCpq = (name: string, url: string, ...changes: [string, string][]) =>
    `${specText(name, ...changes)}cpq:\n  url: ${url}\n`;

  test("takes the token", async () => {
    const { status, report } = await deployed(write("cpq.yaml", withCpq("Cpq", sandbox.cpqUrl)));
    expect(status).toBe(0);
    expect(outcomes(report).cpqApi).toBe("passed");
  });

  test("that takes the token, but lets the user read nothing, is a warning", async () => {
    const changes: [string, string][] = [
      ["cpq.integration@", "cpq.other@"],
      ["CPQ Integration", "CPQ_Reports"],
    ];
    const { status, report } = await deployed(
      write("cpq-403.yaml", withCpq("Cpq_Forbidden", sandbox.cpqUrl, ...changes)),
    );
    expect(status).toBe(0);
    expect(outcomes(report).cpqApi).toBe("warning");
  });

  test("that cannot be reached fails the verification", async () => {
    const { status, report } = await deployed(
      write("cpq-off.yaml", withCpq("Cpq_Off", "http://localhost:9")),
    );
    expect(status).toBe(4);
    expect(outcomes(report)).toMatchObject({ token: "passed", cpqApi: "failed" });
  });
});
