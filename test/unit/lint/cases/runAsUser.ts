import type { Cases } from "../linted.ts";

const path = "oauth.clientCredentials.runAs";
const name = "cpq.integration@example.com";
const able = ["ApiEnabled", "ApiUserOnly"];

/** What the org says of the Run As user. */
export const runAsUserCases: Cases = {
  "run-as-administrator": {
    found: [
      [{ user: { profileName: "System Administrator" } }, path, name, "profile System Administrator"],
      [{ user: { permissions: [...able, "ModifyAllData"] } }, path, name, "ModifyAllData"],
      [
        { user: { permissions: [...able, "AuthorApex", "ManageUsers", "CustomizeApplication"] } },
        path,
        name,
        "AuthorApex, ManageUsers, CustomizeApplication",
      ],
    ],
    clean: [{}, { user: {} }, { user: { permissions: [...able, "ViewAllData"] } }],
  },
  "run-as-views-all-data": {
    found: [[{ user: { permissions: [...able, "ViewAllData"] } }, path, name]],
    clean: [{ user: {} }, { user: { permissions: [...able, "ViewAllData", "ModifyAllData"] } }],
  },
  "run-as-not-api-only": {
    found: [[{ user: { apiOnly: false } }, path, name]],
    clean: [{}, { user: {} }],
  },
  "run-as-api-disabled": {
    found: [[{ user: { permissions: ["ApiUserOnly"] } }, path, name]],
    clean: [{}, { user: {} }],
  },
  "run-as-inactive": {
    found: [[{ user: { isActive: false } }, path, name]],
    clean: [{}, { user: {} }],
  },
  "run-as-frozen": {
    found: [[{ user: { isFrozen: true } }, path, name]],
    clean: [{ user: {} }, { user: { isFrozen: undefined } }],
  },
  "run-as-dormant": {
    found: [
      [
        { user: { lastLogin: "2026-01-01T00:00:00.000Z" }, askedAt: "2026-04-02T00:00:00.000Z" },
        path,
        name,
        "91",
      ],
    ],
    clean: [
      { user: { lastLogin: "2026-01-01T00:00:00.000Z" }, askedAt: "2026-04-01T23:00:00.000Z" },
      { user: { lastLogin: "2026-01-01T00:00:00.000Z" } },
      { user: {}, askedAt: "2026-04-01T23:00:00.000Z" },
    ],
  },
};
