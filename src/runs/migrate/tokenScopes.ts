import { scopeNames, scopesInToken } from "../../app/scopes.ts";
import type { Settings } from "../../app/settings.ts";
import { knownWord } from "../../app/words.ts";

/**
 * The scopes of an app plus `api`, if tokens of the client credentials flow would carry none of them, so that none
 * would be issued; undefined if they can stay.
 *
 * @param written as a spec has them, by any of their names
 */
export function scopesForTokens(written: unknown, settings: Settings): string[] | undefined {
  const hasFlow = settings["oauth.clientCredentials.enabled"] === true;
  const hasCustomScopes = (settings["oauth.customScopes"] ?? []).length > 0;
  if (!hasFlow || hasCustomScopes || !Array.isArray(written)) return undefined;
  const scopes = written.map(String);
  const carried = scopesInToken(scopes.map((scope) => knownWord(scopeNames, scope) ?? scope));
  return carried.length > 0 ? undefined : [...scopes, "api"];
}
