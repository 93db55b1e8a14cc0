import { dayMilliseconds } from "../app/durations.ts";
import { messagesOf } from "../messages.ts";

/**
 * A time as all texts for people show it: in UTC to the second, as logs and other tools have it, and how long ago that is:
 * `2026-11-27T09:02:13Z (3 hours ago)`. A text that is no time stays as it is.
 *
 * @param now milliseconds since the epoch
 */
export function timeText(at: string, now = Date.now()): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return at;
  const values = [utcText(at), spanText(Math.abs(now - time))] as const;
  return messagesOf("times").getMessage(time > now ? "ahead" : "ago", values);
}

/** The same without how long ago it is, for what is read later. */
export function utcText(at: string): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? at : time.toISOString().replace(/\.\d+Z$/, "Z");
}

/**
 * How long something is, such as `3 hours`: rounded to the nearest of the largest unit, for what was and for what is to
 * come, so that a time that was 30 days ahead a second ago still is. Two days and more are needed to be told in days.
 *
 * @param span milliseconds
 */
export function spanText(span: number): string {
  const { getCount, getMessage } = messagesOf("times");
  const [minutes, hours, days] = [60_000, 3_600_000, dayMilliseconds].map((unit) =>
    Math.round(span / unit),
  ) as [number, number, number];
  if (minutes < 1) return getMessage("moment");
  if (minutes < 60) return getCount("minutes", minutes);
  return hours < 48 ? getCount("hours", hours) : getCount("days", days);
}
