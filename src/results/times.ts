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

/** Rounded down to the largest unit; two days and more are needed to be told in days. @param span milliseconds */
function spanText(span: number): string {
  const { getCount, getMessage } = messagesOf("times");
  const minutes = Math.floor(span / 60_000);
  const hours = Math.floor(minutes / 60);
  if (minutes === 0) return getMessage("moment");
  if (hours === 0) return getCount("minutes", minutes);
  return hours < 48 ? getCount("hours", hours) : getCount("days", Math.floor(hours / 24));
}
