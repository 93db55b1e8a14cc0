import { expect, test } from "vitest";
import { compare } from "../../../src/app/compare.ts";
import type { Settings } from "../../../src/app/settings.ts";

test.each<[string, Settings, Settings]>([
  ["sets in another order", { "oauth.scopes": ["api", "web"] }, { "oauth.scopes": ["web", "api"] }],
  [
    "usernames in another case",
    { "oauth.clientCredentials.runAs": "A@Example.com" },
    { "oauth.clientCredentials.runAs": "a@example.COM" },
  ],
  [
    "a default that the org leaves unsaid",
    { "policy.ipRelaxation": "enforce", "oauth.dpop": false, "policy.profiles": [] },
    {},
  ],
  [
    "records in another order, with their keys in another order",
    {
      attributes: [
        { key: "a", formula: "1" },
        { key: "b", formula: "2" },
      ],
    },
    {
      attributes: [
        { formula: "2", key: "b" },
        { formula: "1", key: "a" },
      ],
    },
  ],
  [
    "line breaks in a certificate",
    { "oauth.certificate": "MIIC\nAAAA" },
    { "oauth.certificate": "MIICAAAA" },
  ],
  [
    "a lifetime of whole days in hours",
    { "policy.refreshToken": "{lifetime: 2d}" },
    { "policy.refreshToken": "{lifetime: 48h}" },
  ],
  ["an empty text and none", { description: "" }, {}],
  ["what the spec does not mention", {}, { label: "Other", "oauth.deviceFlow": true }],
])("%s are no difference", (_what, desired, actual) => expect(compare(desired, actual)).toEqual([]));

test("differences come in the order of the settings, with both values", () => {
  const desired: Settings = {
    "policy.refreshToken": "zero",
    label: "New",
    "oauth.callbackUrl": ["https://a", "https://b"],
  };
  const actual: Settings = { label: "Old", "oauth.callbackUrl": ["https://b", "https://a"] };
  expect(compare(desired, actual)).toEqual([
    { path: "label", expected: "New", actual: "Old" },
    { path: "oauth.callbackUrl", expected: ["https://a", "https://b"], actual: ["https://b", "https://a"] },
    { path: "policy.refreshToken", expected: "zero", actual: "infinite" },
  ]);
});

test("an app that is not there has no defaults", () => {
  expect(compare({ "oauth.dpop": false }, {}, { withDefaults: false })).toEqual([
    { path: "oauth.dpop", expected: false, actual: undefined },
  ]);
});

test("records differ where one key does, and numbers where they do", () => {
  const desired: Settings = {
    attributes: [{ key: "a", formula: "1" }],
    "oauth.assetToken.validityPeriod": 60,
  };
  const actual: Settings = {
    attributes: [{ key: "a", formula: "2" }],
    "oauth.assetToken.validityPeriod": 61,
  };
  expect(compare(desired, actual).map(({ path }) => path)).toEqual([
    "attributes",
    "oauth.assetToken.validityPeriod",
  ]);
});
