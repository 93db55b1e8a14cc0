import { expect, test } from "vitest";
import type { Settings } from "../../../../src/app/settings.ts";
import { scopesForTokens } from "../../../../src/runs/migrate/tokenScopes.ts";

const on: Settings = { "oauth.clientCredentials.enabled": true };

test.each([
  { title: "full alone gets api", written: ["full"], settings: on, scopes: ["full", "api"] },
  {
    title: "scopes by their metadata names too",
    written: ["Full", "RefreshToken", "Web"],
    settings: on,
    scopes: ["Full", "RefreshToken", "Web", "api"],
  },
  { title: "an alias too", written: ["offline_access"], settings: on, scopes: ["offline_access", "api"] },
  {
    title: "any scope that a token carries is enough",
    written: ["full", "id"],
    settings: on,
    scopes: undefined,
  },
  { title: "so is one that nobody knows yet", written: ["Quantum"], settings: on, scopes: undefined },
  {
    title: "so is a custom scope",
    written: ["full"],
    settings: { ...on, "oauth.customScopes": ["Quotes"] },
    scopes: undefined,
  },
  { title: "another flow keeps its scopes", written: ["full"], settings: {}, scopes: undefined },
  { title: "scopes that are not managed stay so", written: undefined, settings: on, scopes: undefined },
])("$title", ({ written, settings, scopes }) => {
  expect(scopesForTokens(written, settings)).toEqual(scopes);
});
