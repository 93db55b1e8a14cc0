import { defaultOf } from "../app/settings.ts";
import { hitIf, type LintedApp, type LintRules } from "./rule.ts";
import { hasUserFlow } from "./userFlows.ts";
import { isReadableOnTheWay, isWebAddress } from "./webAddresses.ts";

const path = "oauth.callbackUrl";

export const callbackUrlRules = {
  "callback-http": {
    level: "error",
    find: (app) => hitsFor(app, isReadableOnTheWay),
  },
  "callback-wildcard": {
    level: "error",
    find: (app) => hitsFor(app, (url) => url.includes("*")),
  },
  "callback-custom-scheme": {
    level: "warning",
    find: (app) => hitsFor(app, (url) => !isWebAddress(url)),
  },
  "pkce-off": {
    level: "warning",
    find: (app) => {
      const path = "oauth.requirePkce";
      const isRequired = app.settings[path] ?? defaultOf(path, app.kind);
      return hitIf(hasUserFlow(app) && isRequired !== true, path);
    },
  },
} satisfies LintRules;

function hitsFor({ settings }: LintedApp, isRisky: (url: string) => boolean) {
  return (settings[path] ?? [])
    .filter(isRisky)
    .flatMap((url) => hitIf(true, path, withoutSecret(url)).map((hit) => ({ ...hit, entry: url })));
}

/** The part of a URL that can be shown: no user information and no query, because these may hold a secret. */
function withoutSecret(url: string): string {
  return url.replace(/\/\/[^/?#]*@/, "//").replace(/[?#].*$/s, "");
}
