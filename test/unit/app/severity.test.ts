import { expect, test } from "vitest";
import { type SettingPath, settingDefinitions } from "../../../src/app/settings.ts";
import { bySeverity, type Severity } from "../../../src/app/severity.ts";

test("the more severe come first, and what is as severe stays in its order", () => {
  const given: { severity: Severity; path: string }[] = [
    { severity: "appearance", path: "label" },
    { severity: "function", path: "b" },
    { severity: "security", path: "c" },
    { severity: "function", path: "a" },
  ];
  expect([...given].sort(bySeverity).map(({ path }) => path)).toEqual(["c", "b", "a", "label"]);
});

const severities: { severity: Severity; why: string; paths: SettingPath[] }[] = [
  {
    severity: "security",
    why: "who gets in, and how far",
    paths: [
      "oauth.scopes",
      "oauth.callbackUrl",
      "oauth.clientCredentials.runAs",
      "oauth.certificate",
      "oauth.requirePkce",
      "oauth.trustedIpRanges",
      "policy.permittedUsers",
      "policy.permissionSets",
      "policy.refreshToken",
      "policy.ipRelaxation",
      "saml.certificate",
      "otherMetadata.ConnectedApp",
    ],
  },
  {
    severity: "function",
    why: "whether the callers still work",
    paths: [
      "oauth.clientCredentials.enabled",
      "oauth.accessToken.format",
      "oauth.accessToken.timeout",
      "policy.enabled",
      "policy.clientCredentials",
    ],
  },
  {
    severity: "appearance",
    why: "how the app looks",
    paths: ["label", "description", "contactEmail", "logoUrl"],
  },
];

test.each(severities)("$severity is $why", ({ severity, paths }) =>
  expect(paths.map((path) => `${path}: ${settingDefinitions[path].severity}`)).toEqual(
    paths.map((path) => `${path}: ${severity}`),
  ),
);
