import { describe, expect, test } from "vitest";
import type { DesiredApp } from "../../../src/app/desiredApp.ts";
import type { OrgReading } from "../../../src/runs/appInOrg/readOrg.ts";
import { makePlan } from "../../../src/runs/deploy/plan.ts";

const reading: OrgReading = {
  actual: undefined,
  files: [],
  lastChange: undefined,
  permissionSets: [],
  profiles: [],
  setupUnreadable: undefined,
  installed: undefined,
  users: [],
};

describe("a plan names the scopes that no token carries", () => {
  test.each<{ what: string; flow: boolean; scopes: string[]; named: string[] }>([
    {
      what: "of an app with some",
      flow: true,
      scopes: ["api", "web", "refresh_token"],
      named: ["web", "refresh_token"],
    },
    { what: "of an app without such", flow: true, scopes: ["api"], named: [] },
    { what: "not of an app that does not use this flow", flow: false, scopes: ["api", "web"], named: [] },
  ])("$what", ({ flow, scopes, named }) => {
    const settings = { "oauth.scopes": scopes, "oauth.clientCredentials.enabled": flow };
    const desired: DesiredApp = { kind: "ConnectedApp", name: "App", settings };
    expect(makePlan(desired, reading).scopesNotInToken).toEqual(named);
  });
});
