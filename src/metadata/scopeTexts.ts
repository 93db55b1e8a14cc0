import { scopeAliases, scopeMetadataNames } from "../app/scopes.ts";

/**
 * The metadata texts of each scope, with the name that a retrieve returns first. `own` are names that only one kind
 * has.
 */
export function scopeTexts(
  own: Readonly<Record<string, string>> = {},
): Record<string, [string, ...string[]]> {
  const entries = Object.entries({ ...scopeMetadataNames, ...own });
  return Object.fromEntries(entries.map(([scope, name]) => [scope, [name, ...(scopeAliases[scope] ?? [])]]));
}
