import { z } from "zod";
import { dayMilliseconds } from "../app/durations.ts";
import { messagesOf } from "../messages.ts";
import { spanText } from "./times.ts";
import { timeSchema } from "./values.ts";

export const secretAgeSchema = z
  .object({
    since: timeSchema
      .optional()
      .describe("Since when the app has its secret, at the latest. Missing if nobody knows."),
    knownFrom: z
      .enum(["machine", "store", "org"])
      .optional()
      .describe("Who says so: the store of this machine, the spec's store, or the org."),
    appSince: timeSchema
      .optional()
      .describe(
        "Since when the org has the app: its secret cannot be older. Missing if the org does not tell.",
      ),
    unknown: z.string().optional().describe("Why nobody knows."),
  })
  .describe("How old the app's consumer secret is.");
export type SecretAge = z.output<typeof secretAgeSchema>;

/**
 * Whether a secret is older than it may be; undefined if nobody knows.
 *
 * @param longest in milliseconds
 * @param now milliseconds since the epoch
 */
export function isOlderThan(
  { since, appSince }: SecretAge,
  longest: number,
  now: number,
): boolean | undefined {
  const isYoung = (at: string) => now - Date.parse(at) < longest;
  if (since !== undefined) return !isYoung(since);
  // A secret is as young as its app, or younger.
  return appSince !== undefined && isYoung(appSince) ? false : undefined;
}

/** The age in a few words, such as `12 days old`; undefined if it is less than a day, or not known. */
export function shortSecretAge({ since }: SecretAge, now: number): string | undefined {
  return since === undefined || spanFrom(since, now) < dayMilliseconds
    ? undefined
    : messagesOf("secretAge").getMessage("old", [spanText(spanFrom(since, now))]);
}

/** The age in words, such as `12 days old, since 2026-11-15 (the org says so)`. @param now milliseconds since the epoch */
export function secretAgeText({ since, knownFrom = "machine", appSince }: SecretAge, now: number): string {
  const messages = messagesOf("secretAge");
  if (since !== undefined)
    return messages.getMessage("since", [
      messages.getMessage("old", [spanText(spanFrom(since, now))]),
      since.slice(0, 10),
      messages.getMessage(`from.${knownFrom}`),
    ]);
  return appSince === undefined
    ? messages.getMessage("unknown")
    : messages.getMessage("atMost", [spanText(spanFrom(appSince, now))]);
}

/** No secret comes from the future, whatever another clock says. */
function spanFrom(at: string, now: number): number {
  return Math.max(0, now - Date.parse(at));
}
