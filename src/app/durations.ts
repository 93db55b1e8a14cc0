/** Minutes that Salesforce offers for a JWT-based access token, and the word for a token that ends with the session. */
export const jwtTimeouts = ["session", "1m", "5m", "10m", "15m", "30m", "1h", "90m", "2h", "4h", "8h", "12h"];

/** Milliseconds of a day. */
export const dayMilliseconds = 24 * 60 * 60_000;

const minutesOfUnit = { m: 1, h: 60, d: 1440 } as const;

/**
 * The canonical form of a duration in minutes, hours or days: `90m` stays, `60m` is `1h`, `1d` is `24h`. Undefined if
 * the text is not a duration.
 */
export function canonicalDuration(source: string): string | undefined {
  const [, count, unit] = /^\s*(\d{1,6})\s*(m|h|d)\s*$/.exec(source) ?? [];
  if (count === undefined) return undefined;
  const total = Number(count) * minutesOfUnit[unit as keyof typeof minutesOfUnit];
  return durationOfMinutes(total);
}

/**
 * The canonical form of a token lifetime in hours, days or months. Its unit stays. Undefined if the text is not a
 * lifetime.
 */
export function canonicalLifetime(source: string): string | undefined {
  const [, digits, unit] = /^\s*(\d{1,6})\s*(h|d|mo)\s*$/.exec(source) ?? [];
  const count = Number(digits);
  return unit === undefined || count === 0 ? undefined : `${count}${unit}`;
}

/** A text with every lifetime of whole days given in hours: `{lifetime: 2d}` and `{lifetime: 48h}` mean the same. */
export function withDaysInHours(text: string): string {
  return text.replace(/\b(\d+)d\b/g, (_, days) => `${Number(days) * 24}h`);
}

/** The canonical duration of a number of minutes: in hours if they are whole. */
export function durationOfMinutes(count: number): string {
  return count > 0 && count % 60 === 0 ? `${count / 60}h` : `${count}m`;
}

/** Milliseconds of a duration in minutes, hours or days, such as `90d`; undefined if the text is not one. */
export function millisecondsOf(source: string): number | undefined {
  const duration = canonicalDuration(source);
  return duration === undefined ? undefined : minutesOf(duration) * 60_000;
}

/** The minutes of a canonical duration; NaN for a word such as `session`. */
export function minutesOf(duration: string): number {
  const count = Number.parseInt(duration, 10);
  return duration.endsWith("h") ? count * 60 : count;
}
