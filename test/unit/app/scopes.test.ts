import { describe, expect, it } from "vitest";
import { scopesInToken } from "../../../src/app/scopes.ts";

const cases = [
  {
    title: "keeps what opens APIs, in its order",
    scopes: ["wave_api", "api", "id"],
    carried: ["wave_api", "api", "id"],
  },
  { title: "leaves out full and web", scopes: ["full", "api", "web"], carried: ["api"] },
  {
    title: "leaves out refresh_token by each of its names",
    scopes: ["refresh_token", "offline_access", "OfflineAccess", "api"],
    carried: ["api"],
  },
  { title: "keeps a scope that it does not know", scopes: ["brand_new", "full"], carried: ["brand_new"] },
  { title: "is empty where an app has none but these", scopes: ["full", "refresh_token"], carried: [] },
  { title: "is empty for an app without scopes", scopes: [], carried: [] },
];

describe("scopesInToken", () => {
  it.each(cases)("$title", ({ scopes, carried }) => {
    expect(scopesInToken(scopes)).toEqual(carried);
  });
});
