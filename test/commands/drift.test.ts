import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { AppDrift, Drift, DriftReport } from "../../src/results/drift.ts";
import { allowCredentialAccess, type KindName, kindNames } from "./appsInOrg.ts";
import { changedSettings, deeds, driftSpec } from "./driftCases.ts";
import { startTestOrgs } from "./localOrgs.ts";
import { remember, setElement } from "./tampering.ts";

const { sandbox, sf, sfJson, write } = await startTestOrgs();
const { org } = sandbox;
const toSandbox = ["--target-org", "local-sandbox"];
const texts = Object.fromEntries(kindNames.map((kind) => [kind, driftSpec(kind)])) as Record<
  KindName,
  string
>;
let restore = () => {};

beforeAll(async () => {
  // So that the external client app's key is known here too.
  allowCredentialAccess(org, true);
  for (const kind of kindNames) {
    const file = write(`${kind}.yaml`, texts[kind]);
    const { status, stderr } = await sf("cpq", "connectedapp", "deploy", "--spec", file, ...toSandbox);
    if (status !== 0) throw new Error(stderr);
  }
  restore = remember(org);
});

afterEach(() => restore());

async function driftOf(kind: KindName, ...more: string[]): Promise<{ status: number | null; app: AppDrift }> {
  const { status, json } = await sfJson(
    "cpq",
    "connectedapp",
    "drift",
    "--spec",
    `${kind}.yaml`,
    ...toSandbox,
    ...more,
  );
  const { apps } = json.result as DriftReport;
  return { status, app: apps[0] as AppDrift };
}

/** The number of the line of a kind's spec that holds a text. */
const lineOf = (kind: KindName, text: string) =>
  texts[kind].slice(0, texts[kind].indexOf(text)).split("\n").length;

const found = ({ path, severity, kind, place }: Drift) => ({ path, severity, kind, line: place.line });

describe.each(kindNames)("an app of the kind %s:", (kind) => {
  test("is in sync where nobody touched it", async () => {
    const { status, app } = await driftOf(kind);
    expect(app).toMatchObject({ state: "inSync", drifts: [], changes: [], kind, name: kind });
    expect(status).toBe(0);
  });

  test.each(changedSettings)(
    "another $path is found",
    async ({ path, line, severity, actual, [kind]: { at, texts } }) => {
      setElement(org, kind, at, texts);
      const { status, app } = await driftOf(kind);
      expect(app.drifts.map(found)).toEqual([{ path, severity, kind: "setting", line: lineOf(kind, line) }]);
      expect(app.drifts[0]?.actual).toEqual(actual);
      expect(app.drifts[0]?.remedy.join(" ")).toContain(`--accept ${path}`);
      expect(app.state).toBe("drifted");
      expect(status).toBe(3);
    },
  );

  test.each(deeds)("$what: it is found", async ({ deed, path, line, severity, kind: driftKind }) => {
    deed(org, kind);
    const { status, app } = await driftOf(kind);
    expect(app.drifts.map(found)).toEqual([{ path, severity, kind: driftKind, line: lineOf(kind, line) }]);
    expect(app.drifts[0]?.detail).toMatch(/\.$/);
    expect(app.drifts[0]?.remedy).not.toEqual([]);
    expect(status).toBe(3);
  });
});

test("another JWT timeout of a connected app, which only Setup shows, is found", async () => {
  Object.assign(org.connectedApps.get("ConnectedApp") ?? {}, { jwtTimeoutMinutes: 120 });
  const { status, app } = await driftOf("ConnectedApp");
  expect(app.drifts).toMatchObject([
    { path: "oauth.accessToken.timeout", expected: "30m", actual: "2h", severity: "function" },
  ]);
  expect(app.drifts[0]?.remedy.join(" ")).toContain("Manage Connected Apps");
  expect(status).toBe(3);
});

test("another JWT timeout of an external client app's policies is found", async () => {
  setElement(
    org,
    "ExternalClientApp",
    ["ExtlClntAppOauthConfigurablePolicies", "namedUserJwtTimeout"],
    ["120"],
  );
  const { app } = await driftOf("ExternalClientApp");
  expect(app.drifts).toMatchObject([{ path: "oauth.accessToken.timeout", expected: "30m", actual: "2h" }]);
});

test("an external client app that is disabled is found", async () => {
  setElement(org, "ExternalClientApp", ["ExtlClntAppConfigurablePolicies", "isEnabled"], ["false"]);
  const { status, app } = await driftOf("ExternalClientApp");
  expect(app.drifts.map(found)).toEqual([
    {
      path: "policy.enabled",
      severity: "function",
      kind: "appBlocked",
      line: lineOf("ExternalClientApp", "policy:"),
    },
  ]);
  expect(status).toBe(3);
});

test("of several differences, the more severe come first", async () => {
  setElement(org, "ConnectedApp", ["ConnectedApp", "label"], ["Other"]);
  setElement(org, "ConnectedApp", ["ConnectedApp", "oauthConfig", "isNamedUserJwtEnabled"], ["false"]);
  setElement(org, "ConnectedApp", ["ConnectedApp", "oauthConfig", "scopes"], ["Full"]);
  const { app } = await driftOf("ConnectedApp");
  expect(app.drifts.map(({ severity }) => severity)).toEqual(["security", "function", "appearance"]);
});
