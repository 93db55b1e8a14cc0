import { describe, expect, test } from "vitest";
import {
  blockOf,
  defaultOf,
  isSetting,
  settingDefinitions,
  settingPaths,
  settingsWith,
  specPathsWith,
} from "../../../src/app/settings.ts";

/** Which settings have a flag. Whoever adds a setting decides about each. */
const flags = [
  {
    flag: "webAddress",
    paths: [
      "iconUrl",
      "infoUrl",
      "logoUrl",
      "startUrl",
      "mobileStartUrl",
      "oauth.callbackUrl",
      "oauth.singleLogoutUrl",
      "policy.startUrl",
      "policy.singleLogoutUrl",
      "saml.acsUrl",
      "saml.singleLogoutUrl",
      "canvas.url",
      "canvasMetadata.url",
      "mobile.installUrl",
      "cpq.url",
    ],
  },
  {
    flag: "certificate",
    paths: [
      "oauth.certificate",
      "oauth.clientAssertionCertificate",
      "saml.certificate",
      "saml.encryptionCertificate",
    ],
  },
  { flag: "base64", paths: ["mobile.binary.content", "mobile.icon.content"] },
  { flag: "lifetime", paths: ["policy.refreshToken"] },
  {
    flag: "ignoreCase",
    paths: ["contactEmail", "oauth.clientCredentials.runAs", "policy.apexHandlerRunAs"],
  },
  { flag: "username", paths: ["oauth.clientCredentials.runAs", "policy.apexHandlerRunAs"] },
  {
    flag: "ownToEnvironment",
    paths: [
      "startUrl",
      "mobileStartUrl",
      "oauth.callbackUrl",
      "oauth.clientCredentials.runAs",
      "oauth.certificate",
      "oauth.clientAssertionCertificate",
      "oauth.singleLogoutUrl",
      "policy.startUrl",
      "policy.singleLogoutUrl",
      "policy.apexHandlerRunAs",
      "saml.acsUrl",
      "saml.entityUrl",
      "saml.issuer",
      "saml.certificate",
      "saml.encryptionCertificate",
      "saml.singleLogoutUrl",
      "canvas.url",
      "canvasMetadata.url",
      "packaging.orgScopedExternalApp",
      "packaging.oauthLink",
      "consumer.key",
      "cpq.url",
    ],
  },
  { flag: "madeByOrg", paths: ["packaging.orgScopedExternalApp", "packaging.oauthLink"] },
  { flag: "secret", paths: ["consumer.secret"] },
  {
    flag: "oneOrSeveral",
    paths: ["oauth.callbackUrl", "oauth.idToken.audience", "oauth.assetToken.audiences"],
  },
  {
    flag: "onWithBlock",
    paths: [
      "oauth.clientCredentials.enabled",
      "oauth.codeCredentials.enabled",
      "oauth.tokenExchange.enabled",
    ],
  },
] as const;

test.each(flags)("$flag", ({ flag, paths }) => {
  expect(specPathsWith(flag)).toEqual(paths);
  expect(settingsWith(flag)).toEqual(paths.filter(isSetting));
});

describe.each(settingPaths.map((path) => ({ path, definition: settingDefinitions[path] })))(
  "$path",
  ({ path, definition: { type, severity, default: standard, words, ...is } }) => {
    test("has a severity, and a default of its type", () => {
      expect(["security", "function", "appearance"]).toContain(severity);
      const types = { text: "string", switch: "boolean", number: "number", set: "object", records: "object" };
      if (standard !== undefined) expect(typeof standard).toBe(types[type]);
    });
    test("has a default that is one of its words", () => {
      if (words !== undefined && standard !== undefined)
        expect(Object.keys(words)).toEqual(expect.arrayContaining([standard].flat()));
    });
    test("that holds a text in a form of its own is a text", () => {
      const { certificate, base64, lifetime, username } = is;
      if (certificate || base64 || lifetime || username) expect(type).toBe("text");
    });
    test("is flagged as a web address if its name says so", () => {
      const identifiers = ["saml.entityUrl"];
      if (/url$/i.test(path) && !identifiers.includes(path)) expect(is).toHaveProperty("webAddress", true);
    });
    test("is flagged as a certificate if its name says so", () => {
      // The last one is the name of a certificate that the org has.
      const isNamedSo = /certificate$/i.test(path) && path !== "oauth.assetToken.signingCertificate";
      expect(is.certificate === true).toBe(isNamedSo);
    });
    test("is on with its block only if it is the block's switch", () => {
      if (is.onWithBlock) expect(`${blockOf(path)}.enabled`).toBe(path);
    });
  },
);

test("an external client app requires PKCE when nothing is set, a connected app does not", () => {
  expect(defaultOf("oauth.requirePkce", "ExternalClientApp")).toBe(true);
  expect(defaultOf("oauth.requirePkce", "ConnectedApp")).toBe(false);
  expect(defaultOf("oauth.requirePkce")).toBe(false);
});

test("what lets people in matters more than what an app looks like", () => {
  const severityOf = (path: keyof typeof settingDefinitions) => settingDefinitions[path].severity;
  expect(severityOf("policy.permittedUsers")).toBe("security");
  expect(severityOf("canvas.url")).toBe("security");
  expect(severityOf("oauth.accessToken.format")).toBe("function");
  expect(severityOf("label")).toBe("appearance");
});

test("the block of a setting is where a spec has it", () => {
  expect(blockOf("oauth.clientCredentials.runAs")).toBe("oauth.clientCredentials");
  expect(blockOf("label")).toBe("");
});
