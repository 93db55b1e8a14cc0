import { describe, expect, test } from "vitest";
import { hasTokens, usesOAuth } from "../../../src/app/desiredApp.ts";
import { type Settings, withoutSettings } from "../../../src/app/settings.ts";
import { unknownWords } from "../../../src/app/unknownWords.ts";

describe("an app", () => {
  test.each<{ what: string; settings: Settings; oauth: boolean; tokens: boolean }>([
    { what: "of nothing but a label", settings: { label: "A" }, oauth: false, tokens: false },
    {
      what: "with trusted addresses alone",
      settings: { "oauth.trustedIpRanges": [{ start: "10.0.0.0", end: "10.0.0.9" }] },
      oauth: false,
      tokens: false,
    },
    { what: "with scopes", settings: { label: "A", "oauth.scopes": ["api"] }, oauth: true, tokens: false },
    {
      what: "with a callback URL",
      settings: { "oauth.callbackUrl": ["https://a"] },
      oauth: true,
      tokens: true,
    },
    { what: "for single sign-on", settings: { "saml.acsUrl": "https://a" }, oauth: false, tokens: false },
  ])("$what uses OAuth: $oauth, has tokens: $tokens", ({ settings, oauth, tokens }) => {
    expect(usesOAuth({ settings })).toBe(oauth);
    expect(hasTokens({ settings })).toBe(tokens);
  });

  test("without some of its settings keeps the others", () =>
    expect(
      withoutSettings({ label: "A", description: "B", startUrl: "https://a" }, ["label", "startUrl"]),
    ).toEqual({ description: "B" }));
});

describe("a word that nobody checked", () => {
  test.each<{ what: string; settings: Settings; found: unknown }>([
    { what: "none, if all are known", settings: { "oauth.scopes": ["api", "Web"] }, found: [] },
    {
      what: "with what it may stand for",
      settings: { "oauth.scopes": ["api", "wbe"], "policy.ipRelaxation": "A2" },
      found: [
        { path: "policy.ipRelaxation", word: "A2" },
        { path: "oauth.scopes", word: "wbe" },
      ],
    },
  ])("$what", ({ settings, found }) => {
    const words = unknownWords(settings).map(({ path, word }) => ({ path, word }));
    expect(words).toEqual(expect.arrayContaining(found as unknown[]));
    expect(words).toHaveLength((found as unknown[]).length);
  });

  test.each<{ what: string; settings: Settings; suggestion: string | undefined }>([
    { what: "a letter is another", settings: { "oauth.scopes": ["A2B"] }, suggestion: "A2A" },
    { what: "it looks like none", settings: { "oauth.scopes": ["quantum_leap"] }, suggestion: undefined },
    { what: "it is another time", settings: { "oauth.accessToken.timeout": "11m" }, suggestion: undefined },
  ])("stands for $suggestion if $what", ({ settings, suggestion }) => {
    const [unknown] = unknownWords(settings);
    expect(unknown).toBeDefined();
    expect(unknown && "suggestion" in unknown).toBe(suggestion !== undefined);
    expect(unknown?.suggestion).toBe(suggestion);
  });

  test("is no map, such as a lifetime", () =>
    expect(unknownWords({ "policy.refreshToken": "{lifetime: 7d}" })).toEqual([]));
});
