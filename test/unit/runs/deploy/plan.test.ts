import { describe, expect, test } from "vitest";
import type { Settings } from "../../../../src/app/settings.ts";
import type { OrgReading } from "../../../../src/runs/appInOrg/readOrg.ts";
import { makePlan } from "../../../../src/runs/deploy/plan.ts";
import { readingOf, specOf } from "../readingOf.ts";

const text = (kind: string) => `apiVersion: cpq/v1
kind: ${kind}
name: App
label: App
contactEmail: platform@example.com
oauth:
  callbackUrl: https://example.com/callback
  scopes: [api]
  clientCredentials: {runAs: caller@example.com}
  accessToken: {format: jwt, timeout: 30m}
`;

/** The plan for an org that has the app with other settings, or of which something else is known. */
function planOf(kind: string, changes: Settings, about: Partial<OrgReading> = {}) {
  const { desired } = specOf(text(kind));
  return makePlan(desired, { ...readingOf(desired, { ...desired.settings, ...changes }), ...about });
}

const paths = (differences: readonly { path: string }[]) => differences.map(({ path }) => path);
const absent = { actual: undefined, files: [] };
const timeout = "oauth.accessToken.timeout";

describe.each(["ConnectedApp", "ExternalClientApp"])("an app of the kind %s", (kind) => {
  test("that is as its spec says needs nothing", () =>
    expect(planOf(kind, {})).toEqual({
      action: "nothing",
      changes: [],
      setupOnly: [],
      keptByOrg: [],
      scopesNotInToken: [],
    }));

  test("that differs is updated in just that", () =>
    expect(planOf(kind, { "oauth.scopes": ["api", "web"], label: "Old" })).toEqual({
      action: "update",
      changes: [
        { path: "label", expected: "App", actual: "Old" },
        { path: "oauth.scopes", expected: ["api"], actual: ["api", "web"] },
      ],
      setupOnly: [],
      keptByOrg: [],
      scopesNotInToken: [],
    }));

  test("that has more than the spec says needs nothing", () =>
    expect(planOf(kind, { description: "Grown" }).action).toBe("nothing"));

  test("that is not there is created with all that the spec says", () => {
    const { action, changes } = planOf(kind, {}, absent);
    expect(action).toBe("create");
    expect(paths(changes)).toEqual(expect.arrayContaining(["label", "contactEmail", "oauth.scopes"]));
    expect(changes.every(({ actual }) => actual === undefined)).toBe(true);
  });
});

describe("the timeout of JWTs", () => {
  const other: Settings = { [timeout]: "2h" };
  const difference = { path: timeout, expected: "30m", actual: "2h" };

  test("of an external client app is deployed", () =>
    expect(planOf("ExternalClientApp", other)).toEqual({
      action: "update",
      changes: [difference],
      setupOnly: [],
      keptByOrg: [],
      scopesNotInToken: [],
    }));

  test("of a connected app is a matter of Setup, and needs no deploy", () =>
    expect(planOf("ConnectedApp", other)).toEqual({
      action: "nothing",
      changes: [],
      setupOnly: [difference],
      keptByOrg: [],
      scopesNotInToken: [],
    }));

  test("of a connected app that is not there is not part of what is created", () =>
    expect(paths(planOf("ConnectedApp", {}, absent).changes)).not.toContain(timeout));

  test("that the org does not let be read is no difference", () =>
    expect(planOf("ConnectedApp", other, { setupUnreadable: "INSUFFICIENT_ACCESS" }).setupOnly).toEqual([]));
});

test("a part that the org does not show is deployed, since nobody knows what it holds", () => {
  const { desired } = specOf(text("ExternalClientApp"));
  const reading = readingOf(desired);
  const hidden = "ExtlClntAppOauthSettings";
  const files = reading.files.filter(({ component }) => component.type !== hidden);
  const settings = { ...reading.actual?.settings };
  delete settings["oauth.scopes"];
  const plan = makePlan(desired, { ...reading, files, actual: { settings, consumerKey: undefined } });
  expect(plan).toEqual({
    action: "update",
    changes: [{ path: "oauth.scopes", expected: ["api"], actual: undefined }],
    setupOnly: [],
    keptByOrg: [],
    scopesNotInToken: [],
  });
});

describe("PKCE that the spec does not require of an external client app", () => {
  const off: Settings = { "oauth.requirePkce": false };
  const kept = [{ path: "oauth.requirePkce", expected: false, actual: true }];
  const planWith = (kind: string, about: Partial<OrgReading> = {}) => {
    const { desired } = specOf(text(kind));
    const wanted = { ...desired, settings: { ...desired.settings, ...off } };
    const reading = readingOf(wanted, { ...wanted.settings, "oauth.requirePkce": true });
    return makePlan(wanted, { ...reading, ...about });
  };

  test("is told when the org requires it, and nothing to change", () =>
    expect(planWith("ExternalClientApp")).toMatchObject({ action: "nothing", changes: [], keptByOrg: kept }));
  test("is told before the app is created, since it may stay on", () =>
    expect(planWith("ExternalClientApp", absent)).toMatchObject({ action: "create", keptByOrg: kept }));
  test("is a change of a connected app", () =>
    expect(planWith("ConnectedApp")).toMatchObject({ action: "update", changes: kept, keptByOrg: [] }));
});

describe("scopes that no token of the client credentials flow carries", () => {
  const { desired } = specOf(text("ConnectedApp"));
  const cases: { title: string; settings: Settings; scopes: string[] }[] = [
    { title: "are told", settings: { "oauth.scopes": ["api", "refresh_token"] }, scopes: ["refresh_token"] },
    {
      title: "are no matter of an app without that flow",
      settings: { "oauth.scopes": ["api", "refresh_token"], "oauth.clientCredentials.enabled": false },
      scopes: [],
    },
  ];
  test.each(cases)("$title", ({ settings, scopes }) => {
    const wanted = { ...desired, settings: { ...desired.settings, ...settings } };
    expect(makePlan(wanted, readingOf(wanted)).scopesNotInToken).toEqual(scopes);
    expect(makePlan(wanted, { ...readingOf(wanted), ...absent }).scopesNotInToken).toEqual(scopes);
  });
});
