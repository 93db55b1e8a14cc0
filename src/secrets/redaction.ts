/**
 * Credentials that texts of an org or of a tool can repeat, by their form: session Ids and opaque access tokens of
 * Salesforce (`00D…!…`), JWTs, and what follows a bearer or basic authorization.
 */
const credentialForms = [
  /\b00D[A-Za-z0-9]{9,15}![A-Za-z0-9._-]{8,}/g,
  /\beyJ[\w-]{6,}\.[\w-]{6,}(?:\.[\w-]*)?/g,
  /(?<=\b(?:bearer|basic)\s+)[A-Za-z0-9+/._~-]{16,}={0,2}/gi,
];

const hidden = "[hidden]";

/** Values that came from a reference or a store during this run. */
const known = new Set<string>();

/** A run begins: what another one knew is no longer hidden. */
export function startHiding(): void {
  known.clear();
}

/**
 * From here on, this value is hidden wherever a text is shown, our own sentences included. Short values, and short words
 * such as `secret`, are left alone, because they occur in sentences by chance. No consumer secret is that short: Salesforce
 * takes 8 to 256 characters.
 */
export function hideFromNowOn(value: string): void {
  if (value.length >= 8 || (value.length >= 6 && !/^\p{L}*$/u.test(value))) known.add(value);
}

/**
 * A text without credentials: those that this run knows, and all that have the form of a token or session Id.
 *
 * @param more values that must not be shown in this text, however short they are: only for what an org or a tool said. In
 *   a sentence of ours, they could be one of its words
 */
export function redacted(text: string, more: readonly string[] = []): string {
  const values = [...known, ...more.filter((value) => value !== "")].sort((a, b) => b.length - a.length);
  const without = values.reduce((result, value) => result.replace(occurrencesOf(value), hidden), text);
  return credentialForms.reduce((result, form) => result.replace(form, hidden), without);
}

/** Within longer words too; but a value of a few characters is a part of many words, so it must stand alone. */
function occurrencesOf(value: string): RegExp {
  const escaped = value.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  return value.length >= 6
    ? new RegExp(escaped, "g")
    : new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "gu");
}

/** Data with all of its texts, and the keys of its maps, as `redacted` leaves them. */
export function redactedIn<Value>(value: Value): Value {
  if (typeof value === "string") return redacted(value) as Value;
  if (Array.isArray(value)) return value.map((entry) => redactedIn<unknown>(entry)) as Value;
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const entries = Object.entries(value).map(([key, inner]) => [redacted(key), redactedIn<unknown>(inner)]);
  return Object.fromEntries(entries) as Value;
}
