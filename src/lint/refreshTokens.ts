import { hitIf, type LintedApp, type LintRules, unsetIf } from "./rule.ts";
import { hasRefreshTokens } from "./userFlows.ts";

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
