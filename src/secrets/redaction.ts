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

/** From here on, this value is hidden wherever a text is shown. Short values are left alone: they occur by chance. */
export function hideFromNowOn(value: string): void {
  if (value.length >= 6) known.add(value);
}

/**
 * A text without credentials: those that this run knows, and all that have the form of a token or session Id.
 *
 * @param more values that must not be shown in this text
 */
export function redacted(text: string, more: readonly string[] = []): string {
  const values = [...known, ...more.filter((value) => value !== "")].sort((a, b) => b.length - a.length);
  const without = values.reduce((result, value) => result.replaceAll(value, hidden), text);
  return credentialForms.reduce((result, form) => result.replace(form, hidden), without);
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
