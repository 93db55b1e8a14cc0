import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { AppDrift, DriftReport } from "../../src/results/drift.ts";
import { setEnvironment } from "../temporaryFolders.ts";
import { certificate, pem } from "../unit/certificates.ts";
import { allowCredentialAccess, kindNames } from "./appsInOrg.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";
import { installPackage, packageConnectedApp } from "./packagedApp.ts";
import { remember, setElement, userOf } from "./tampering.ts";
import { tenantInMaintenance } from "./tenants.ts";

setEnvironment({ CPQ_CONSUMER_SECRET: "Full0123456789Secret" });
const { home, sandbox, sf, sfJson, write } = await startTestOrgs();
const { org } = sandbox;
const toSandbox = ["--target-org", "local-sandbox"];
let restore = () => {};

beforeAll(() => {
  org.permissionSets.push({ id: "0PS000000000001AAA", name: "Other", label: "Other", permissions: [] });
  allowCredentialAccess(org, true);
});
afterEach(() => restore());

async function deployed(file: string, text: string, ...more: string[]): Promise<string> {
  const args = ["--spec", write(file, text), ...toSandbox, ...more];
  const { status, stderr } = await sf("cpq", "connectedapp", "deploy", ...args);
  if (status !== 0) throw new Error(stderr);
  restore = remember(org);
  return file;
}

async function driftOf(file: string, ...more: string[]) {
  const { status, json } = await sfJson(
    "cpq",
    "connectedapp",
    "drift",
    "--spec",
    file,
    ...toSandbox,
    ...more,
  );
  const report = json.result as DriftReport;
  return { status, json, report, app: report?.apps[0] as AppDrift };
}

const paths = ({ drifts }: AppDrift) => drifts.map(({ path }) => path);

describe("an org that nobody touched is in sync", () => {
  const specOf = (name: string) =>
    readFileSync(join(import.meta.dirname, "..", "unit", "metadata", "cases", name, "spec.yaml"), "utf8");

  test.each(["minimal", "external-minimal"])("with the spec %s", async (name) => {
    const file = await deployed(`${name}.yaml`, specOf(name), "--no-verify");
    expect(await driftOf(file)).toMatchObject({ status: 0, app: { state: "inSync", drifts: [] } });
  });

  // Elements that no Salesforce has are refused by the local org too; and the asset tokens' certificate has to be there.
  const known = (text: string) =>
    text
      .replace(/\notherMetadata:[\s\S]*$/, "\n")
      .replace(/ {2}apexHandler: .*\n {2}apexHandlerRunAs: .*\n/, "");
  test.each(["full", "external-full"])("with the spec %s", async (name) => {
    const file = await deployed(`${name}.yaml`, known(specOf(name)), "--no-verify");
    const { status, app } = await driftOf(file);
    // What no metadata holds is as Salesforce makes it, until somebody sets it in Setup.
    const setupOnly = name === "full" ? ["oauth.accessToken.timeout"] : [];
    expect(paths(app)).toEqual(setupOnly);
    expect(status).toBe(setupOnly.length > 0 ? 3 : 0);
  });

  test.each(kindNames)("after changes of a spec of the kind %s that mean nothing", async (kind) => {
    const more = `    timeout: 30m\n  certificate: |\n    subject=CN = one.example.com\n${pem(certificate).replace(/^/gm, "    ")}\n`;
    const text = specTextOf(kind, "Same", ["    timeout: 30m\n", more], ["[api]", "[api, refresh_token]"]);
    const file = await deployed("same.yaml", text);
    const changed = `name: Same
policy:
  refreshToken: zero
  permissionSets: [CPQ_Integration]
  permittedUsers: AdminApprovedPreAuthorized
  ipRelaxation: enforce
oauth:
  accessToken: { timeout: 30m, format: JWT }
  clientCredentials: { enabled: true, runAs: CPQ.Integration@Example.com }
  scopes: [offline_access, Api]
  callbackUrl: [https://example.com/callback]
  certificate: ${certificate}
  tokenExchange: { enabled: false }
contactEmail: Platform@example.com
label: Same
kind: ${kind}
apiVersion: cpq/v1
`;
    write(file, changed);
    expect(await driftOf(file)).toMatchObject({ status: 0, app: { state: "inSync", drifts: [] } });
  });
});

test("PKCE that an org requires of an external client app, whatever a deploy says, is told and is no drift", async () => {
  const text = specTextOf("ExternalClientApp", "Pkce", [
    "  scopes: [api]\n",
    "  scopes: [api]\n  requirePkce: false\n",
  ]);
  const file = await deployed("pkce.yaml", text);
  setElement(org, "Pkce", ["ExtlClntAppGlobalOauthSettings", "isPkceRequired"], ["true"]);
  const note = /oauth\.requirePkce is false in the spec, but true in the org\. Newer orgs keep/;
  expect(await driftOf(file)).toMatchObject({
    status: 0,
    app: { state: "inSync", drifts: [], notes: [expect.stringMatching(note)] },
  });
  const shown = await sf("cpq", "connectedapp", "drift", "--spec", file, ...toSandbox, "--strict");
  expect([shown.status, shown.stdout]).toEqual([0, expect.stringMatching(note)]);
  const planned = await sf("cpq", "connectedapp", "deploy", "--spec", file, ...toSandbox, "--dry-run");
  expect(planned.status, planned.stderr).toBe(0);
  expect(planned.stdout + planned.stderr).toMatch(
    /Nothing to change\.\s+oauth\.requirePkce is false in the spec/,
  );
});

describe("--strict", () => {
  test.each(kindNames)("finds nothing in a new app of the kind %s", async (kind) => {
    const file = await deployed("new.yaml", specTextOf(kind, "New"));
    expect(paths((await driftOf(file, "--strict")).app)).toEqual([]);
  });

  test("shows what the spec does not mention, and nothing of it without", async () => {
    const file = await deployed("strict.yaml", specTextOf("ConnectedApp", "Strict"));
    setElement(org, "Strict", ["ConnectedApp", "startUrl"], ["https://example.net/eve"]);
    setElement(org, "Strict", ["ConnectedApp", "oauthConfig", "isPkceRequired"], ["true"]);
    expect(await driftOf(file)).toMatchObject({ status: 0, app: { state: "inSync" } });
    const { status, app } = await driftOf(file, "--strict");
    expect(app.drifts).toMatchObject([
      { kind: "unmentioned", path: "oauth.requirePkce", actual: true },
      { kind: "unmentioned", path: "startUrl", actual: "https://example.net/eve" },
    ]);
    expect(status).toBe(3);
  });
});

describe("--detect-unclaimed", () => {
  test.each(kindNames)(
    "finds an app of the kind %s that issues tokens and that no spec claims",
    async (kind) => {
      const file = await deployed("claimed.yaml", specTextOf("ConnectedApp", "Claimed"));
      await deployed("extra.yaml", specTextOf(kind, "Extra"));
      const before = await driftOf(file);
      expect(before).toMatchObject({ status: 0 });
      expect(before.report.unclaimed).toBeUndefined();
      const { status, report } = await driftOf(file, "--detect-unclaimed");
      expect(status).toBe(3);
      expect(report.unclaimed).toContainEqual(
        expect.objectContaining({ kind, name: "Extra", why: ["clientCredentials", "jwt"] }),
      );
      expect(report.unclaimed?.map(({ name }) => name)).not.toContain("Claimed");
    },
  );
});

test("apps of packages, and those that --exclude names, are passed over by name", async () => {
  const file = await deployed("mine.yaml", specTextOf("ConnectedApp", "Mine"));
  for (const name of ["Conn", "Old_Test"]) await deployed(`${name}.yaml`, specTextOf("ConnectedApp", name));
  packageConnectedApp(sandbox, "acme", "Conn");
  await installPackage(sandbox, "acme", "Cloud");
  const args = ["--detect-unclaimed", "--exclude", "*_test", "--exclude", "Extra*"];
  const { report } = await driftOf(file, ...args);
  const passed = (report.passedOver ?? []).map(({ kind, name, why }) => `${kind} ${name}: ${why}`);
  expect(passed).toEqual(
    expect.arrayContaining([
      "ConnectedApp acme__Conn: package",
      "ExternalClientApp acme__Cloud: package",
      "ConnectedApp Old_Test: excluded",
    ]),
  );
  expect((report.unclaimed ?? []).map(({ name }) => name).filter((name) => /__|_Test/.test(name))).toEqual(
    [],
  );
  const { stdout } = await sf("cpq", "connectedapp", "drift", "--spec", file, ...toSandbox, ...args);
  expect(stdout).toMatch(
    /Skipped in local-sandbox, because they belong to packages: .*acme__Conn.*acme__Cloud/,
  );
  expect(stdout).toMatch(/Skipped in local-sandbox, because --exclude matches them: .*ConnectedApp Old_Test/);
  expect((await driftOf(file, "--exclude", "A")).status).toBe(2);
});

test("--detect-unmanaged is the former name of that flag", async () => {
  const file = await deployed("former.yaml", specTextOf("ConnectedApp", "Former"));
  const { json, report } = await driftOf(file, "--detect-unmanaged");
  expect(report.unclaimed).toBeDefined();
  expect(json.warnings).toEqual([expect.stringContaining("--detect-unclaimed")]);
});

describe("--verify", () => {
  test.each(kindNames)("passes where all is well, for the kind %s", async (kind) => {
    const file = await deployed("verified.yaml", specTextOf(kind, `Verified_${kind}`));
    expect(await driftOf(file, "--verify")).toMatchObject({ status: 0, app: { state: "inSync" } });
  });

  test("finds what only a token shows", async () => {
    const file = await deployed("token.yaml", specTextOf("ConnectedApp", "Token"));
    const app = org.connectedApps.get("Token");
    if (app) app.consumerSecret = "AnotherSecret";
    expect(await driftOf(file)).toMatchObject({ status: 0 });
    const found = await driftOf(file, "--verify");
    expect(found.status).toBe(3);
    expect(found.app.drifts).toMatchObject([{ kind: "verification", path: "token", severity: "function" }]);
    expect(JSON.stringify(found.json)).not.toContain("AnotherSecret");
  });

  test("that could not look at everything has found no drift: exit code 1", async () => {
    const url = await tenantInMaintenance();
    const file = await deployed(
      "maintenance.yaml",
      `${specTextOf("ConnectedApp", "Maintenance")}cpq: {url: "${url}"}\n`,
      "--no-verify",
    );
    expect(await driftOf(file, "--verify")).toMatchObject({
      status: 1,
      app: {
        state: "unchecked",
        drifts: [],
        failure: { message: expect.stringContaining("in maintenance") },
      },
    });
  });
});

test("who changed the app, and when, is said", async () => {
  const file = await deployed("who.yaml", specTextOf("ConnectedApp", "Who"));
  const app = org.connectedApps.get("Who");
  if (app === undefined) throw new Error("The app is missing.");
  setElement(org, "Who", ["ConnectedApp", "label"], ["Who else"]);
  Object.assign(app, {
    modifiedAt: app.createdAt + 60_000,
    modifiedById: userOf(org, "cpq.person@example.com").id,
  });
  const found = await driftOf(file);
  expect(found.app.changes[0]).toMatchObject({
    at: expect.stringContaining(new Date(app.modifiedAt).toISOString().slice(0, 19)),
    by: expect.stringMatching(/cpq\.person@example\.com|Priya Raman/),
  });
  const { stdout } = await sf("cpq", "connectedapp", "drift", "--spec", file, ...toSandbox);
  expect(stdout).toMatch(/Last changed by (cpq\.person@example\.com|Priya Raman) at \d{4}-/);
});

test("nobody is blamed for the change of another app whose label is alike, or the same", async () => {
  await deployed("alike.yaml", specTextOf("ConnectedApp", "Alike", ["label: Alike", "label: Blame Backup"]));
  await deployed(
    "same.yaml",
    specTextOf("ExternalClientApp", "Same_Label", ["label: Same_Label", "label: Twin"]),
  );
  const file = write("blame.yaml", specTextOf("ConnectedApp", "Gone", ["label: Gone", "label: Blame"]));
  write("twin.yaml", specTextOf("ConnectedApp", "Gone_Twin", ["label: Gone_Twin", "label: Twin"]));
  for (const spec of [file, "twin.yaml"])
    expect((await driftOf(spec)).app).toMatchObject({ drifts: [{ kind: "appMissing" }], changes: [] });
  const { stdout } = await sf("cpq", "connectedapp", "drift", "--spec", file, ...toSandbox);
  expect(stdout).not.toMatch(/changed by/i);
  expect(stdout).toContain(
    "Whether the app was ever there is not known. If it was deleted, Setup → View Setup Audit Trail in local-sandbox says by whom.",
  );
});

describe("--accept", () => {
  const text = `# Ours.
${specTextOf("ConnectedApp", "Accepted", ["  scopes: [api]", "  scopes: [api] # only this"])}environments:
  uat:
    targetOrg: local-sandbox # the sandbox
  production: { targetOrg: local-production }
`;
  const inUat = ["--environment", "uat"];
  const prepared = async (source = text) => {
    const file = await deployed("accepted.yaml", source, ...inUat);
    setElement(org, "Accepted", ["ConnectedApp", "oauthConfig", "scopes"], ["Api", "Web"]);
    setElement(org, "Accepted", ["ConnectedApp", "label"], ["Renamed"]);
    return file;
  };
  const source = (file: string) => readFileSync(join(home, file), "utf8");
  const accept = (...accepted: string[]) => accepted.flatMap((path) => ["--accept", path]);
  const drift = (file: string, ...more: string[]) =>
    sfJson("cpq", "connectedapp", "drift", "--spec", file, ...more);

  test("writes several values into the environment alone, and comments stay", async () => {
    const file = await prepared();
    const part = await drift(file, ...inUat, ...accept("oauth.scopes"));
    expect(part).toMatchObject({ status: 3, json: { result: { apps: [{ state: "drifted" }] } } });
    const rest = await drift(file, ...inUat, ...accept("label"));
    expect(rest).toMatchObject({
      status: 0,
      json: { result: { apps: [{ state: "inSync", drifts: [], accepted: [{ path: "label" }] }] } },
    });
    const [, environment = ""] = source(file).split("environments:");
    expect(source(file)).toContain("# Ours.");
    expect(source(file)).toMatch(/scopes: \[ ?api ?\] # only this/);
    expect(source(file)).toContain("label: Accepted\n");
    expect(environment).toContain("# the sandbox");
    expect(environment).toContain("Renamed");
    expect(environment).toContain("production: { targetOrg: local-production }");
    expect(await drift(file, ...inUat)).toMatchObject({ status: 0 });
  });

  test("shows what it did, and not what could be done", async () => {
    const file = await prepared();
    const args = [
      "cpq",
      "connectedapp",
      "drift",
      "--spec",
      file,
      ...inUat,
      ...accept("label", "oauth.scopes"),
    ];
    const { status, stdout, stderr } = await sf(...args);
    expect(stderr).toMatch(/accepted\.yaml: label is now Renamed, as in the org\./);
    expect(stderr).toMatch(/oauth\.scopes is now .*web.*, as in the org\./);
    expect(stdout + stderr).not.toMatch(/--accept|accept it/);
    expect(status).toBe(0);
  });

  test("of a path that did not drift names those that did, and changes nothing", async () => {
    const file = await prepared();
    const { status, json } = await drift(file, ...inUat, ...accept("label", "policy.refreshToken"));
    expect(status).toBe(1);
    expect(json).toMatchObject({
      name: "NothingToAcceptError",
      message: expect.stringMatching(/oauth\.scopes.*label/),
    });
    expect(source(file)).toBe(text);
  });

  test("of something that no spec can say is refused, and changes nothing", async () => {
    const file = await prepared();
    userOf(org, "cpq.integration@example.com").isFrozen = true;
    const { status, json } = await drift(file, ...inUat, ...accept("label", "oauth.clientCredentials.runAs"));
    expect(status).toBe(1);
    expect(json).toMatchObject({ name: "NotAcceptableError", message: expect.stringContaining("frozen") });
    expect(source(file)).toBe(text);
  });

  test("at a place that other places share is refused, and changes nothing", async () => {
    const shared = text.replace(
      "  uat:\n    targetOrg: local-sandbox # the sandbox\n",
      "  test: &test\n    targetOrg: local-sandbox\n    label: Accepted\n  uat: *test\n",
    );
    const file = await prepared(shared);
    const { status, json } = await drift(file, ...inUat, ...accept("label"));
    expect(status).toBe(1);
    expect(json).toMatchObject({
      name: "NotEditableError",
      actions: [expect.stringContaining("No file was changed")],
    });
    expect(source(file)).toBe(shared);
  });
});
