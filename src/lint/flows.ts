import { hitIf, type LintRules, unsetIf } from "./rule.ts";

/** Flows that give a token: the one that is needed, and those that let others in. */
export const flowRules = {
  "client-credentials-off": {
    level: "warning",
    find: ({ settings }) => {
      const isOn = settings["oauth.clientCredentials.enabled"] === true;
      const byPolicy = "policy.clientCredentials";
      return [
        ...hitIf(!isOn, "oauth.clientCredentials.enabled"),
        ...hitIf(isOn && settings[byPolicy] === false, byPolicy),
      ];
    },
  },
  "run-as-unset": {
    level: "warning",
    find: ({ settings }) =>
      hitIf(
        settings["oauth.clientCredentials.enabled"] === true &&
          settings["oauth.clientCredentials.runAs"] === undefined,
        "oauth.clientCredentials.runAs",
      ),
  },
  "device-flow": {
    level: "warning",
    find: ({ settings }) => hitIf(settings["oauth.deviceFlow"] === true, "oauth.deviceFlow"),
  },
  "code-credentials": {
    level: "warning",
    find: ({ settings }) =>
      hitIf(settings["oauth.codeCredentials.enabled"] === true, "oauth.codeCredentials.enabled"),
  },
  "guest-access": {
    level: "warning",
    find: ({ settings }) => {
      const path = "policy.guestAccess.codeCredentials";
      return hitIf(settings[path] === true, path);
    },
  },
  "first-party": {
    level: "warning",
    find: ({ settings }) => hitIf(settings["oauth.firstParty"] === true, "oauth.firstParty"),
  },
  "secret-optional": {
    level: "warning",
    find: ({ settings }) =>
      hitIf(settings["oauth.webServerFlow.secretOptional"] === true, "oauth.webServerFlow.secretOptional"),
  },
  "token-exchange-secret-optional": {
    level: "warning",
    find: ({ settings }) => {
      const path = "oauth.tokenExchange.requireSecret";
      const isOn = settings["oauth.tokenExchange.enabled"] === true;
      return [
        ...hitIf(isOn && settings[path] === false, path),
        ...unsetIf(isOn && settings[path] === undefined, path),
      ];
    },
  },
  "jwt-bearer-certificate": {
    level: "note",
    find: ({ settings }) => hitIf(settings["oauth.certificate"] !== undefined, "oauth.certificate"),
  },
  "introspect-all-tokens": {
    level: "warning",
    find: ({ settings }) =>
      hitIf(settings["oauth.introspectAllTokens"] === true, "oauth.introspectAllTokens"),
  },
} satisfies LintRules;

const assetToken = "oauth.assetToken";

export const legacyRules = {
  "legacy-asset-token": {
    level: "warning",
    find: ({ settings }) =>
      hitIf(
        Object.keys(settings).some((path) => path.startsWith(`${assetToken}.`)),
        assetToken,
      ),
  },
} satisfies LintRules;
