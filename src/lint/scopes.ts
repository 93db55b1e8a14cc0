import { scopesInToken } from "../app/scopes.ts";
import { hitIf, type LintedApp, type LintRules } from "./rule.ts";

const path = "oauth.scopes";

/** Scopes whose token opens pages of the user interface, not just APIs. */
const browserScopes = ["web", "visualforce", "lightning", "content"];

/** Scopes of headless identity, with which an app can create users and reset passwords. */
const identityScopes = ["forgot_password", "pwdless_login_api", "user_registration_api"];

/** Scopes that have a rule of their own, that are needed, or that only tell who the user is. */
const judged = ["full", "refresh_token", "api", "id", "openid", ...browserScopes, ...identityScopes];

/** @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_tokens_scopes.htm */
export const scopeRules = {
  "scope-none-in-token": {
    level: "error",
    find: (app) => {
      const scopes = scopesOf(app);
      const carried = [...scopesInToken(scopes), ...(app.settings["oauth.customScopes"] ?? [])];
      const isEmpty = hasClientCredentials(app) && scopes.length > 0 && carried.length === 0;
      return hitIf(isEmpty, path, scopes.join(", "));
    },
  },
  "scopes-unset": {
    level: "warning",
    find: (app) => hitIf(hasClientCredentials(app) && app.settings[path] === undefined, path),
  },
  "scope-full": {
    level: "error",
    find: (app) => hitIf(scopesOf(app).includes("full"), path),
  },
  "scope-browser-session": {
    level: "warning",
    find: (app) => hitsFor(scopesOf(app).filter((scope) => browserScopes.includes(scope))),
  },
  "scope-user-identity": {
    level: "warning",
    find: (app) => hitsFor(scopesOf(app).filter((scope) => identityScopes.includes(scope))),
  },
  "scope-refresh-token": {
    level: "note",
    find: (app) => hitIf(scopesOf(app).includes("refresh_token") && hasClientCredentials(app), path),
  },
  "scope-beyond-api": {
    level: "note",
    find: (app) => hitsFor(scopesOf(app).filter((scope) => !judged.includes(scope))),
  },
} satisfies LintRules;

function hasClientCredentials({ settings }: LintedApp): boolean {
  return settings["oauth.clientCredentials.enabled"] === true;
}

function scopesOf({ settings }: LintedApp): readonly string[] {
  return settings["oauth.scopes"] ?? [];
}

function hitsFor(scopes: readonly string[]) {
  return hitIf(scopes.length > 0, path, scopes.join(", "));
}
