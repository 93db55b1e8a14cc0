import { describe, expect, test } from "vitest";
import { allPassed, deployToSandbox, outcomes } from "./deployReports.ts";
import { specText, startTestOrgs } from "./localOrgs.ts";

const orgs = await startTestOrgs();
const { sandbox, sfJson, write } = orgs;
const deployed = (file: string, ...more: string[]) => deployToSandbox(orgs, file, ...more);
const appOf = (name: string) => sandbox.org.connectedApps.get(name);
const setTimeoutInSetup = (name: string, minutes: number) => {
  const app = appOf(name);
  if (app === undefined) throw new Error(`${name} is not there.`);
  app.jwtTimeoutMinutes = minutes;
};

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
    {
      where: "the environment",
      name: "FromEnv",
      reference: "${env:CPQ_TEST_SECRET}",
      secret: "SecretOfTheEnvironment1",
    },
    { where: "a file", name: "FromFile", reference: "${file:secret.txt}", secret: "SecretOfTheFile1" },
    {
      where: "a command",
      name: "FromCommand",
      reference: "${command:echo SecretOfTheCommand1}",
      secret: "SecretOfTheCommand1",
    },
  ])("come from $where", async ({ name, reference, secret }) => {
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
      "The environment variable CPQ_NOT_SET, from which the spec takes consumer.secret, is not set.",
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

  test("are stored if the spec names the key alone, and found again", async () => {
    const file = write("key-alone.yaml", `${specText("KeyAlone")}consumer: {key: KeyAloneKey12345}\n`);
    const { status, report } = await deployed(file);
    expect(status).toBe(0);
    expect(outcomes(report)).toMatchObject({ token: "passed", client: "passed" });
    expect(appOf("KeyAlone")?.consumerKey).toBe("KeyAloneKey12345");
    const verified = await sfJson(
      "cpq",
      "connectedapp",
      "drift",
      "--spec",
      file,
      "--target-org",
      "local-sandbox",
      "--verify",
    );
    expect(verified.status).toBe(0);
  });

  test("of which the spec names the key alone, and nobody here knows the secret: what to do is said", async () => {
    const file = write("unknown.yaml", given("Unknown", "${command:echo SecretThatIsUnknown1}"));
    await deployed(file, "--no-verify");
    write(file, `${specText("Unknown")}consumer: {key: UnknownKey12345}\n`);
    const { status, report } = await deployed(file);
    expect(status).toBe(4);
    expect(report.verification?.checks).toMatchObject([
      {
        id: "token",
        outcome: "unverified",
        detail: expect.stringMatching(/^unknown\.yaml:\d+:\d+ names only the consumer key/),
        actions: [expect.stringContaining('secret: "${env:CPQ_CONSUMER_SECRET}"'), expect.anything()],
      },
    ]);
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
  expect(report.verification).toMatchObject({
    outcome: "unverified",
    checks: [{ id: "token", outcome: "unverified" }],
  });
});

test("an app for single sign-on alone is deployed without a consumer, and there is no token to verify", async () => {
  const spec = `apiVersion: cpq/v1
kind: ConnectedApp
name: Sign_On
label: Sign on
contactEmail: platform@example.com
saml:
  acsUrl: https://sp.example.com/acs
  entityUrl: https://sp.example.com
  subjectType: Username
`;
  const { status, report } = await deployed(write("saml.yaml", spec));
  expect({ status, verification: report.verification }).toEqual({ status: 0, verification: undefined });
  expect(appOf("Sign_On")).toBeDefined();
});
