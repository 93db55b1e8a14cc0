import { minutesOf } from "../app/durations.ts";
import { hitIf, type LintedApp, type LintRules, unsetIf } from "./rule.ts";
import { hasRefreshTokens } from "./userFlows.ts";

const longestJwt = 30;
const longestSession = 8 * 60;

export const accessTokenRules = {
  "access-token-opaque": {
    level: "warning",
    find: ({ settings }) => {
      const path = "oauth.accessToken.format";
      return [...hitIf(settings[path] === "opaque", path), ...unsetIf(settings[path] === undefined, path)];
    },
  },
  "jwt-timeout-long": {
    level: "warning",
    find: ({ settings }) => {
      const path = "oauth.accessToken.timeout";
      const timeout = settings[path] ?? "";
      return hitIf(minutesOf(timeout) > longestJwt, path, timeout);
    },
  },
  "jwt-timeout-unset": {
    level: "note",
    find: ({ settings }) => {
      const path = "oauth.accessToken.timeout";
      return hitIf(settings["oauth.accessToken.format"] === "jwt" && settings[path] === undefined, path);
    },
  },
  "session-timeout-long": {
    level: "warning",
    find: ({ settings }) => {
      const path = "policy.session.timeout";
      const timeout = settings[path] ?? "";
      const isOpaque = settings["oauth.accessToken.format"] !== "jwt";
      return hitIf(isOpaque && minutesOf(timeout) > longestSession, path, timeout);
    },
  },
  "session-timeout-without-effect": {
    level: "note",
    find: ({ settings }) => {
      const path = "policy.session.timeout";
      const isJwt = settings["oauth.accessToken.format"] === "jwt";
      return hitIf(isJwt && settings[path] !== undefined, path);
    },
  },
} satisfies LintRules;

/** These apply if the app can have refresh tokens at all. */
export const refreshTokenRules = {
  "refresh-token-infinite": {
    level: "warning",
    find: (app) => {
      const path = "policy.refreshToken";
      const policy = app.settings[path];
      if (!hasRefreshTokens(app)) return [];
      return [...hitIf(policy === "infinite", path), ...unsetIf(policy === undefined, path)];
    },
  },
  "refresh-token-secret-optional": {
    level: "warning",
    find: (app) => notOn(app, "oauth.refreshToken.requireSecret"),
  },
  "refresh-token-no-rotation": {
    level: "note",
    find: (app) => notOn(app, "oauth.refreshToken.rotate"),
  },
} satisfies LintRules;

function notOn(app: LintedApp, path: "oauth.refreshToken.requireSecret" | "oauth.refreshToken.rotate") {
  if (!hasRefreshTokens(app) || app.settings["policy.refreshToken"] === "zero") return [];
  return [...hitIf(app.settings[path] === false, path), ...unsetIf(app.settings[path] === undefined, path)];
}
