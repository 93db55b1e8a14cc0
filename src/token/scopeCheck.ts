import type { JWTPayload } from "jose";
import { scopeAliases, scopeMetadataNames, scopesInToken } from "../app/scopes.ts";
import { messagesOf } from "../messages.ts";
import type { Check } from "../results/check.ts";
import { checkOf } from "./checks.ts";
import type { Expectation } from "./expectation.ts";

const messages = messagesOf("token");

/**
 * Whether the token carries the app's scopes and no others. Scopes that no token of this flow carries do not count
 * either way. If no public document gives the OAuth name of a scope, it cannot be looked for, and any unknown scope may
 * be it.
 */
export function scopeCheck({ scp }: JWTPayload, { scopes, customScopes }: Expectation): Check {
  const found = [...new Set(words(scp).map(specName))];
  if (scopes === undefined) return checkOf("scopes", "passed", found.join(" "));
  const wanted = scopesInToken(scopes);
  const unknown = wanted.filter((scope) => !hasOAuthName(scope));
  const expected = [...wanted.filter(hasOAuthName), ...customScopes];
  const missing = expected.filter((scope) => !found.includes(scope));
  const extra = scopesInToken(found)
    .filter((scope) => !expected.includes(scope))
    // `full` stands for all of them.
    .filter((scope) => !scopes.includes("full") && (hasOAuthName(scope) || unknown.length === 0));
  const shown = found.join(" ");
  const problems = [
    ...(missing.length === 0 ? [] : [messages.getMessage("scopes.missing", [missing.join(" "), shown])]),
    ...(extra.length === 0 ? [] : [messages.getMessage("scopes.extra", [extra.join(" ")])]),
  ];
  if (problems.length > 0) {
    const actions = messages.getMessages("scopes.wrong.actions");
    return checkOf("scopes", "failed", problems.join(" "), actions);
  }
  const unchecked =
    unknown.length === 0 ? "" : `; ${messages.getMessage("scopes.unchecked", [unknown.join(", ")])}`;
  return checkOf("scopes", "passed", `${shown}${unchecked}`);
}

function words(scp: unknown): string[] {
  return String(scp ?? "")
    .split(" ")
    .filter((word) => word !== "");
}

/** The spec's name for a scope in a token. Salesforce has several names for some scopes. */
function specName(scope: string): string {
  const [name] = Object.entries(scopeAliases).find(([, aliases]) => aliases.includes(scope)) ?? [scope];
  return name;
}

/** A scope that begins with a capital letter has only its metadata name. */
function hasOAuthName(scope: string): boolean {
  return Object.hasOwn(scopeMetadataNames, scope) && /^[a-z]/.test(scope);
}
