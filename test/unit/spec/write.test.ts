import { expect, test } from "vitest";
import type { SettingPath, Settings, SettingValue } from "../../../src/app/settings.ts";
import { resolve } from "../../../src/spec/resolve.ts";
import { writeSpec, yamlValue } from "../../../src/spec/write.ts";
import { loadText } from "./loadText.ts";

function settingsOf(source: string): Settings {
  const result = loadText(source, "spec.yaml", {});
  if (!("loaded" in result)) throw new Error(JSON.stringify(result.problems));
  return resolve(result.loaded.app).settings;
}

test("a written spec is read as the settings that it was written from", () => {
  const settings: Settings = {
    label: 'Quotes " and: colons #',
    contactEmail: "platform@example.com",
    description: "two\nlines",
    "oauth.callbackUrl": ["https://example.com/a"],
    "oauth.scopes": ["api", "refresh_token"],
    "oauth.clientCredentials.enabled": true,
    "oauth.clientCredentials.runAs": "cpq@example.com",
    "oauth.accessToken.format": "jwt",
    "oauth.accessToken.timeout": "1h",
    "policy.clientCredentials": true,
    "policy.profiles": [],
    "policy.refreshToken": "{inactivity: 48h}",
  };
  expect(settingsOf(writeSpec("ExternalClientApp", "App", settings))).toEqual(settings);
});

interface Written {
  what: string;
  kind?: "ConnectedApp" | "ExternalClientApp";
  name?: string;
  settings: Settings;
  parts?: Parameters<typeof writeSpec>[3];
  text: string;
}

const written: Written[] = [
  {
    what: "has comments at the top and above keys",
    settings: { label: "A", "oauth.scopes": ["api"], "oauth.deviceFlow": true },
    parts: {
      head: ["Imported.", "", "Look at it."],
      above: {
        label: ["Seen by all."],
        "oauth.scopes": ["Few.", "Fewer."],
        "oauth.dpop": ["Above what is there."],
        "policy.profiles": ["Nowhere."],
      },
    },
    text: `# Imported.

# Look at it.

apiVersion: cpq/v1
kind: ConnectedApp
name: App

# Seen by all.
label: A
# Above what is there.
oauth:
  # Few.
  # Fewer.
  scopes: [api]
  deviceFlow: true
consumer: generated
`,
  },
  {
    what: "has the consumer key that is given",
    settings: { "oauth.callbackUrl": ["https://example.com/a", "https://example.com/b"] },
    parts: { consumerKey: "${env:KEY}" },
    text: `apiVersion: cpq/v1
kind: ConnectedApp
name: App
oauth:
  callbackUrl: [https://example.com/a, https://example.com/b]
consumer:
  key: \${env:KEY}
`,
  },
  {
    what: "has no consumer without OAuth",
    settings: { label: "A", description: "costs ${x} and ${y}" },
    text: `apiVersion: cpq/v1
kind: ConnectedApp
name: App
label: A
description: costs $\${x} and $\${y}
`,
  },
  {
    what: "has no consumer of an app of a package",
    name: "acme__App",
    settings: { "oauth.scopes": ["api"] },
    text: `apiVersion: cpq/v1
kind: ConnectedApp
name: acme__App
oauth:
  scopes: [api]
`,
  },
  {
    what: "says that a block without its switch is off",
    settings: { "oauth.clientCredentials.runAs": "cpq@example.com" },
    text: `apiVersion: cpq/v1
kind: ConnectedApp
name: App
oauth:
  clientCredentials:
    enabled: false
    runAs: cpq@example.com
consumer: generated
`,
  },
  {
    what: "does not say what the block says",
    kind: "ExternalClientApp",
    settings: {
      "oauth.clientCredentials.enabled": true,
      "oauth.clientCredentials.runAs": "cpq@example.com",
      "policy.clientCredentials": true,
      "oauth.assetToken.enabled": true,
      "oauth.assetToken.validityPeriod": 60,
    },
    text: `apiVersion: cpq/v1
kind: ExternalClientApp
name: App
oauth:
  clientCredentials:
    runAs: cpq@example.com
  assetToken:
    validityPeriod: 60
consumer: generated
`,
  },
  {
    what: "says a switch that nothing else says, and policies that differ",
    kind: "ExternalClientApp",
    settings: {
      "oauth.clientCredentials.enabled": true,
      "policy.clientCredentials": false,
      "oauth.assetToken.enabled": false,
    },
    text: `apiVersion: cpq/v1
kind: ExternalClientApp
name: App
oauth:
  clientCredentials:
    enabled: true
  assetToken:
    enabled: false
policy:
  clientCredentials: false
consumer: generated
`,
  },
  {
    what: "has lists of words in one line, and others in several",
    settings: {
      "policy.profiles": ["A".repeat(40), "B".repeat(38)],
      "policy.permissionSets": ["A".repeat(40), "B".repeat(39)],
      attributes: [{ key: "a", formula: "1" }],
      "oauth.trustedIpRanges": [{ range: "10.0.0.0/8" }, { range: "::1", description: "Here" }],
      "oauth.customScopes": ["what?"],
      "policy.refreshToken": "{lifetime: 30d}",
    },
    text: `apiVersion: cpq/v1
kind: ConnectedApp
name: App
attributes:
  - key: a
    formula: "1"
oauth:
  customScopes:
    - what?
  trustedIpRanges:
    - 10.0.0.0/8
    - range: ::1
      description: Here
policy:
  permissionSets:
    - ${"A".repeat(40)}
    - ${"B".repeat(39)}
  profiles: [${"A".repeat(40)}, ${"B".repeat(38)}]
  refreshToken:
    lifetime: 30d
consumer: generated
`,
  },
];

test.each(written)("a new spec $what", ({ kind = "ConnectedApp", name = "App", settings, parts, text }) => {
  expect(writeSpec(kind, name, settings, parts)).toBe(text);
});

test.each<{ path: SettingPath; value: SettingValue; yaml: unknown }>([
  { path: "oauth.callbackUrl", value: ["https://a"], yaml: "https://a" },
  { path: "oauth.callbackUrl", value: ["https://a", "https://b"], yaml: ["https://a", "https://b"] },
  { path: "oauth.scopes", value: ["api"], yaml: ["api"] },
  { path: "policy.refreshToken", value: "{inactivity: 7d}", yaml: { inactivity: "7d" } },
  { path: "policy.refreshToken", value: "zero", yaml: "zero" },
  { path: "description", value: "{lifetime: 7d}", yaml: "{lifetime: 7d}" },
  { path: "oauth.deviceFlow", value: true, yaml: true },
  { path: "label", value: "${a}", yaml: "$${a}" },
])("the value $value of $path is $yaml in YAML", ({ path, value, yaml }) =>
  expect(yamlValue(path, value)).toEqual(yaml),
);
