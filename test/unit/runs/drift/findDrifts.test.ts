import { describe, expect, test } from "vitest";
import type { Settings } from "../../../../src/app/settings.ts";
import { type CheckedApp, findDrifts } from "../../../../src/runs/drift/findDrifts.ts";
import { readingOf, specOf } from "../readingOf.ts";

const text = (kind: string) => `apiVersion: cpq/v1
kind: ${kind}
name: App
label: The App
contactEmail: platform@example.com
oauth:
  callbackUrl: https://example.com/callback
  scopes: [api]
  clientCredentials: {runAs: caller@example.com}
  accessToken: {format: jwt, timeout: 30m}
policy:
  permissionSets: [Pricing]
environments: {uat: }
`;

const caller = {
  username: "caller@example.com",
  isActive: true,
  isFrozen: false,
  apiOnly: true,
  profileName: "API Only",
  permissions: [],
};

/** An app that is as its spec says, but for what is given. */
function known(kind: string, changes: Settings = {}, other: Partial<CheckedApp> = {}): CheckedApp {
  const { spec, desired } = specOf(text(kind), "uat");
  const reading = readingOf(desired, { ...desired.settings, ...changes });
  return {
    ...{ spec, desired, reading, runAs: caller, permissionSetAssigned: true, consumerKey: "KeyOfTheOrg" },
    org: { name: "uat-org" },
    ...other,
  };
}

/** The same, of which the org says something else. */
function withReading(
  kind: string,
  reading: Partial<CheckedApp["reading"]>,
  changes: Settings = {},
): CheckedApp {
  const app = known(kind, changes);
  return { ...app, reading: { ...app.reading, ...reading } };
}

const kinds = ["ConnectedApp", "ExternalClientApp"];

describe.each(kinds)("an app of the kind %s", (kind) => {
  test.each([{ strict: false }, { strict: true }])(
    "as its spec says has no drift, strict $strict",
    ({ strict }) => expect(findDrifts(known(kind), strict)).toEqual([]),
  );

  test("that is gone drifted in nothing else", () =>
    expect(findDrifts(withReading(kind, { actual: undefined, files: [] }), true)).toEqual([
      {
        kind: "appMissing",
        path: "name",
        severity: "security",
        expected: undefined,
        actual: undefined,
        detail: "The org has no app App.",
        place: { file: "app.yaml", line: 3, column: 1 },
        remedy: [
          "Create it: sf cpq connectedapp deploy --spec app.yaml --environment uat --target-org uat-org",
        ],
      },
    ]));

  test("whose setting differs says both values, the place, and both ways out", () =>
    expect(findDrifts(known(kind, { "oauth.scopes": ["api", "full"] }), false)).toEqual([
      {
        kind: "setting",
        path: "oauth.scopes",
        severity: "security",
        expected: ["api"],
        actual: ["api", "full"],
        place: { file: "app.yaml", line: 8, column: 3 },
        remedy: [
          "Repair it: sf cpq connectedapp deploy --spec app.yaml --environment uat --target-org uat-org",
          "Or accept it: sf cpq connectedapp drift --spec app.yaml --environment uat --target-org uat-org --accept oauth.scopes",
        ],
      },
    ]));

  test.each([
    { key: "KeyOfSomebodyElse", drifts: ["consumerKey consumer security"] },
    { key: undefined, drifts: [] },
  ])("of which the key $key is expected", ({ key, drifts }) =>
    expect(findDrifts(known(kind, {}, { consumerKey: key }), false).map(brief)).toEqual(drifts),
  );
});

const brief = ({ kind, path, severity }: { kind: string; path: string; severity: string }) =>
  `${kind} ${path} ${severity}`;

describe("the Run As user", () => {
  const runAs = "runAsUser oauth.clientCredentials.runAs";
  const noSet = "permissionSet policy.permissionSets function";
  const states: { title: string; other: Partial<CheckedApp>; drifts: string[] }[] = [
    { title: "is not there", other: { runAs: undefined }, drifts: [`${runAs} function`] },
    {
      title: "is not there, so that no permission set is missed",
      other: { runAs: undefined, permissionSetAssigned: false },
      drifts: [`${runAs} function`],
    },
    { title: "is inactive", other: { runAs: { ...caller, isActive: false } }, drifts: [`${runAs} function`] },
    { title: "is frozen", other: { runAs: { ...caller, isFrozen: true } }, drifts: [`${runAs} function`] },
    { title: "may be frozen, or not", other: { runAs: { ...caller, isFrozen: undefined } }, drifts: [] },
    { title: "could log in", other: { runAs: { ...caller, apiOnly: false } }, drifts: [`${runAs} security`] },
    { title: "has no permission set", other: { permissionSetAssigned: false }, drifts: [noSet] },
    { title: "was not asked for permission sets", other: { permissionSetAssigned: undefined }, drifts: [] },
    {
      title: "is all of it, the more severe first",
      other: {
        runAs: { ...caller, isActive: false, isFrozen: true, apiOnly: false },
        permissionSetAssigned: false,
      },
      drifts: [`${runAs} security`, `${runAs} function`, `${runAs} function`, noSet],
    },
  ];
  test.each(states)("$title", ({ other, drifts }) =>
    expect(findDrifts(known("ConnectedApp", {}, other), false).map(brief)).toEqual(drifts),
  );
});

describe("what only Setup shows of a connected app", () => {
  const timeout: Settings = { "oauth.accessToken.timeout": "2h" };
  const drifts = (reading: Partial<CheckedApp["reading"]>) =>
    findDrifts(withReading("ConnectedApp", reading, timeout), false);

  test("is a drift with its place in Setup", () => {
    const [drift] = drifts({});
    expect(drift).toMatchObject({ kind: "setting", path: "oauth.accessToken.timeout", actual: "2h" });
    expect(drift?.remedy[0]).toContain("Setup → Manage Connected Apps → The App → Edit Policies");
  });

  test("is none where the org does not let it be read", () =>
    expect(drifts({ setupUnreadable: "INSUFFICIENT_ACCESS" })).toEqual([]));

  test("is none of an app that is not installed, which is one", () =>
    expect(drifts({ installed: false }).map(brief)).toEqual(["appBlocked name function"]));
});

describe("an app that nobody can use", () => {
  test("since it is disabled, is a drift", () =>
    expect(findDrifts(known("ExternalClientApp", { "policy.enabled": false }), false).map(brief)).toEqual([
      "appBlocked policy.enabled function",
    ]));
});

describe("what the spec does not mention", () => {
  const startUrl: Settings = { startUrl: "https://example.net/eve" };
  test.each(kinds)("of a %s is a drift only if it is asked for, with the way to say it", (kind) => {
    const app = known(kind, startUrl);
    expect(findDrifts(app, false)).toEqual([]);
    const found = findDrifts(app, true);
    expect(found.map(({ kind: what, actual }) => ({ what, actual }))).toEqual([
      { what: "unmentioned", actual: "https://example.net/eve" },
    ]);
    expect(found[0]?.remedy.join()).toContain(`--strict --accept ${found[0]?.path}`);
  });
});

describe("parts of an external client app that the org does not show", () => {
  test("are not compared", () => {
    const app = known("ExternalClientApp", { "oauth.scopes": ["full"] });
    const files = app.reading.files.filter(({ component }) => component.type !== "ExtlClntAppOauthSettings");
    expect(findDrifts(app, false)).toHaveLength(1);
    expect(findDrifts({ ...app, reading: { ...app.reading, files } }, false)).toEqual([]);
  });
});
