import type { OrgFacts, OrgLacks } from "../../../../src/app/orgFacts.ts";
import type { Cases } from "../linted.ts";

const path = "oauth.clientCredentials.runAs";
const name = "cpq.integration@example.com";
const able = ["ApiEnabled", "ApiUserOnly"];

const lacks = (missing: Partial<OrgLacks>): OrgFacts => ({
  missing: { runAs: false, permissionSets: [], profiles: [], ...missing },
});

/** What the org says of the Run As user. */
export const runAsUserCases: Cases = {
  "run-as-administrator": {
    found: [
      {
        change: { user: { profileName: "System Administrator" } },
        path,
        values: [name, "System Administrator"],
      },
      {
        change: { user: { permissions: [...able, "ModifyAllData"] } },
        path,
        values: [name, "ModifyAllData"],
      },
      {
        change: { user: { permissions: [...able, "AuthorApex", "ManageUsers", "CustomizeApplication"] } },
        path,
        values: [name, "AuthorApex, ManageUsers, CustomizeApplication"],
      },
    ],
    clean: [{}, { user: {} }, { user: { permissions: [...able, "ViewAllData"] } }],
  },
  "run-as-views-all-data": {
    found: [{ change: { user: { permissions: [...able, "ViewAllData"] } }, path, values: [name] }],
    clean: [{ user: {} }, { user: { permissions: [...able, "ViewAllData", "ModifyAllData"] } }],
  },
  "run-as-not-api-only": {
    found: [{ change: { user: { apiOnly: false } }, path, values: [name] }],
    clean: [{}, { user: {} }],
  },
  "run-as-api-disabled": {
    found: [{ change: { user: { permissions: ["ApiUserOnly"] } }, path, values: [name] }],
    clean: [{}, { user: {} }],
  },
  "run-as-inactive": {
    found: [{ change: { user: { isActive: false } }, path, values: [name] }],
    clean: [{}, { user: {} }],
  },
  "run-as-frozen": {
    found: [{ change: { user: { isFrozen: true } }, path, values: [name] }],
    clean: [{ user: {} }, { user: { isFrozen: undefined } }],
  },
  "run-as-missing": {
    found: [{ change: { facts: lacks({ runAs: true }) }, path, values: ["cpq.integration@example.com"] }],
    clean: [{}, { facts: lacks({}) }],
  },
  "run-as-not-approved": {
    found: [
      { change: { user: {}, facts: { isApproved: false } }, path: "policy.permissionSets", values: [name] },
    ],
    clean: [{ user: {} }, { user: {}, facts: { isApproved: true } }],
  },
  "permission-set-missing": {
    found: [
      {
        change: { facts: lacks({ permissionSets: ["CPQ Integration"] }) },
        path: "policy.permissionSets",
        values: ["CPQ Integration"],
      },
    ],
    clean: [{}, { facts: lacks({}) }],
  },
  "profile-missing": {
    found: [
      { change: { facts: lacks({ profiles: ["Nobody"] }) }, path: "policy.profiles", values: ["Nobody"] },
    ],
    clean: [{}, { facts: lacks({}) }],
  },
  "run-as-dormant": {
    found: [
      {
        change: { user: { lastLogin: "2026-01-01T00:00:00.000Z" }, askedAt: "2026-04-02T00:00:00.000Z" },
        path,
        values: [name, "91"],
      },
    ],
    clean: [
      { user: { lastLogin: "2026-01-01T00:00:00.000Z" }, askedAt: "2026-04-01T23:00:00.000Z" },
      { user: { lastLogin: "2026-01-01T00:00:00.000Z" } },
      { user: {}, askedAt: "2026-04-01T23:00:00.000Z" },
    ],
  },
};
