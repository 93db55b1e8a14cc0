import { describe, expect, test } from "vitest";
import { compare, keptByOrg, unmentioned } from "../../../src/app/compare.ts";
import type { Settings } from "../../../src/app/settings.ts";
import { certificate, otherCertificate, pem } from "../certificates.ts";

interface Pair {
  title: string;
  desired: Settings;
  actual: Settings;
}

const same: Pair[] = [
  {
    title: "sets in another order",
    desired: { "oauth.scopes": ["api", "web"] },
    actual: { "oauth.scopes": ["web", "api"] },
  },
  {
    title: "callback URLs in another order, and one of them twice",
    desired: { "oauth.callbackUrl": ["https://a", "https://b", "https://a"] },
    actual: { "oauth.callbackUrl": ["https://b", "https://a"] },
  },
  {
    title: "usernames in another case",
    desired: { "oauth.clientCredentials.runAs": "A@Example.com" },
    actual: { "oauth.clientCredentials.runAs": "a@example.COM" },
  },
  {
    title: "words in another case",
    desired: { "policy.session.level": "High_Assurance", "oauth.scopes": ["brandNew"] },
    actual: { "policy.session.level": "HIGH_ASSURANCE", "oauth.scopes": ["BrandNew"] },
  },
  {
    title: "a default that the org leaves unsaid",
    desired: { "policy.ipRelaxation": "enforce", "oauth.dpop": false, "policy.profiles": [] },
    actual: {},
  },
  {
    title: "records in another order, with their keys in another order",
    desired: {
      attributes: [
        { key: "a", formula: "1" },
        { key: "b", formula: "2" },
      ],
    },
    actual: {
      attributes: [
        { formula: "2", key: "b" },
        { formula: "1", key: "a" },
      ],
    },
  },
  {
    title: "48 hours and 2 days",
    desired: { "policy.refreshToken": "{lifetime: 48h}" },
    actual: { "policy.refreshToken": "{lifetime: 2d}" },
  },
  {
    title: "line breaks in a file",
    desired: { "mobile.icon.content": "AAAA\nBBBB" },
    actual: { "mobile.icon.content": "AAAABBBB" },
  },
  { title: "an empty text and none", desired: { description: "" }, actual: {} },
  {
    title: "what the spec does not mention",
    desired: {},
    actual: { label: "Other", "oauth.deviceFlow": true },
  },
];

test.each(same)("no difference: $title", ({ desired, actual }) =>
  expect(compare(desired, actual)).toEqual([]),
);

const different: Pair[] = [
  { title: "a label in another case", desired: { label: "App" }, actual: { label: "app" } },
  { title: "days and hours in a text", desired: { description: "2d" }, actual: { description: "48h" } },
  {
    title: "a record more often",
    desired: { attributes: [{ key: "a", formula: "1" }] },
    actual: {
      attributes: [
        { key: "a", formula: "1" },
        { key: "a", formula: "1" },
      ],
    },
  },
  { title: "a text and none", desired: { description: "x" }, actual: {} },
  { title: "no text and one", desired: { description: "" }, actual: { description: "x" } },
];

test.each(different)("a difference: $title", ({ desired, actual }) => {
  const [path] = Object.keys(desired);
  for (const kind of [undefined, "ConnectedApp", "ExternalClientApp"] as const) {
    const comparison = kind === undefined ? {} : { kind };
    expect(compare(desired, actual, comparison).map((one) => one.path)).toEqual([path]);
    expect(keptByOrg(desired, actual, comparison)).toEqual([]);
  }
});

test("what the spec does not mention is told, unless Salesforce makes it so by itself", () => {
  const actual: Settings = { label: "undefined", description: "x", "oauth.dpop": false };
  expect(unmentioned({ description: "y" }, actual)).toEqual([{ path: "label", value: "undefined" }]);
});

const forms = [
  { title: "base64 in one line", text: certificate },
  { title: "PEM", text: pem(certificate) },
  { title: "PEM with Windows line ends", text: pem(certificate).replaceAll("\n", "\r\n") },
  { title: "PEM in one line", text: pem(certificate).replaceAll("\n", " ") },
  { title: "PEM as a variable holds it", text: pem(certificate).replaceAll("\n", "\\n") },
  { title: "PEM with text around it", text: `subject=CN = x\n${pem(certificate)}\nissuer=CN = y\n` },
  { title: "base64 in lines", text: certificate.replace(/.{64}/g, "$&\n") },
];

describe.each(forms)("a certificate as $title", ({ text }) => {
  const desired = { "saml.certificate": text };
  test.each(forms)("is the same as $title", (form) =>
    expect(compare(desired, { "saml.certificate": form.text })).toEqual([]),
  );
  test("is not another one", () =>
    expect(compare(desired, { "saml.certificate": pem(otherCertificate) })).toHaveLength(1));
});

test("differences come in the order of the settings, with both values", () => {
  const desired: Settings = {
    "policy.refreshToken": "zero",
    label: "New",
    "oauth.callbackUrl": ["https://a", "https://b"],
  };
  const actual: Settings = { label: "Old", "oauth.callbackUrl": ["https://b", "https://c"] };
  expect(compare(desired, actual)).toEqual([
    { path: "label", expected: "New", actual: "Old" },
    { path: "oauth.callbackUrl", expected: ["https://a", "https://b"], actual: ["https://b", "https://c"] },
    { path: "policy.refreshToken", expected: "zero", actual: "infinite" },
  ]);
});

test("an app that is not there has no defaults", () => {
  expect(compare({ "oauth.dpop": false }, {}, { withDefaults: false })).toEqual([
    { path: "oauth.dpop", expected: false, actual: undefined },
  ]);
  expect(compare({ description: "" }, {}, { withDefaults: false })).toHaveLength(1);
  expect(compare({ description: "" }, { description: "" }, { withDefaults: false })).toEqual([]);
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

describe("PKCE that an org requires of external client apps, whatever a deploy says", () => {
  const path = "oauth.requirePkce";
  const off = { [path]: false };
  const on = { [path]: true };
  const kind = "ExternalClientApp";

  test.each([{ actual: on }, { actual: {} }])("is no difference, and told: $actual", ({ actual }) => {
    expect(compare(off, actual, { kind })).toEqual([]);
    expect(keptByOrg(off, actual, { kind })).toEqual([{ path, expected: false, actual: true }]);
  });
  test("is not known, and not told, in a part that the org does not show", () => {
    expect(keptByOrg(off, {}, { kind, unknown: [path] })).toEqual([]);
  });
  test("is a difference when it is off, and the spec wants it on", () => {
    expect(compare(on, off, { kind })).toEqual([{ path, expected: true, actual: false }]);
    expect(keptByOrg(on, off, { kind })).toEqual([]);
  });
  test("is neither when both say the same", () => {
    expect(compare(off, off, { kind })).toEqual([]);
    expect(keptByOrg(off, off, { kind })).toEqual([]);
  });
  test("is a difference of a connected app", () => {
    expect(compare(off, on, { kind: "ConnectedApp" })).toEqual([{ path, expected: false, actual: true }]);
    expect(keptByOrg(off, on, { kind: "ConnectedApp" })).toEqual([]);
  });
  test("is what Salesforce makes by itself", () => {
    expect(unmentioned({}, on, kind)).toEqual([]);
    expect(unmentioned({}, off, kind)).toEqual([{ path, value: false }]);
    expect(unmentioned({}, on, "ConnectedApp")).toEqual([{ path, value: true }]);
  });
});
