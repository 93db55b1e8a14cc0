import { z } from "zod";
import { messagesOf } from "../messages.ts";
import { timeText } from "./times.ts";
import { list, sentencesSchema, timeSchema } from "./values.ts";

const messages = messagesOf("appUse");

const useSourceSchema = z
  .object({
    username: z.string().describe("In whose name."),
    sourceIp: z.string().describe("Address of the caller's first proxy, if there is one."),
    flow: z.string().describe("In the org's own words, such as `OauthClientCredentials`."),
    tokens: z.int().describe("How many were issued."),
    refused: z.int().describe("How many requests were refused."),
    last: timeSchema,
  })
  .describe("Who asked for tokens, and from where.");

export const appUseSchema = z
  .object({
    since: timeSchema.describe("From when on the login history was read."),
    tokens: z.int().describe("Tokens that were issued since then."),
    refused: z.int().describe("Requests that were refused since then."),
    isCut: z.boolean().describe("There are more logins than were read, so the numbers are too low."),
    sources: list(useSourceSchema).describe("The most recent first."),
    lastUsed: timeSchema
      .optional()
      .describe("The last token, also if it was before `since`; missing if none is known."),
    useCount: z.int().optional().describe("How often the tokens were used, as the org counts it."),
    sharesLabel: z
      .boolean()
      .describe(
        "Another app of the org has the same label, so some of this may be its use: the org logs labels only.",
      ),
    unseen: sentencesSchema.describe(
      "What the user who asks may not see, and the permission that is needed.",
    ),
  })
  .describe("Who still uses an app, as far as the user who asks may see it.");
export type AppUse = z.output<typeof appUseSchema>;

/** Whether a token was issued or used within the time that was looked at; undefined if nobody saw one, but not all could be seen. */
export function isInUse({ tokens, lastUsed, since, unseen }: AppUse): boolean | undefined {
  if (tokens > 0 || (lastUsed !== undefined && lastUsed >= since)) return true;
  return unseen.length > 0 ? undefined : false;
}

/** Who uses an app, a sentence each. */
export function useLines(use: AppUse): string[] {
  const { since, tokens, refused, isCut, lastUsed, useCount, sources, sharesLabel, unseen } = use;
  const counted = (what: "tokens" | "refused", count: number) =>
    isCut ? messages.getMessage("atLeast", [messages.getCount(what, count)]) : messages.getCount(what, count);
  return [
    lastUsed === undefined
      ? messages.getMessage("never", [dayOf(since)])
      : messages.getMessage("last", [
          timeText(lastUsed),
          counted("tokens", tokens),
          dayOf(since),
          counted("refused", refused),
        ]),
    ...(useCount === undefined ? [] : [messages.getCount("useCount", useCount)]),
    ...sources.map((source) =>
      messages.getMessage("source", [
        source.username,
        source.sourceIp,
        source.flow,
        messages.getCount("tokens", source.tokens),
        source.refused,
        timeText(source.last),
      ]),
    ),
    ...(sharesLabel && sources.length > 0 ? [messages.getMessage("sharesLabel")] : []),
    ...unseen,
  ];
}

/**
 * Stops what would break an app's callers.
 *
 * @param flag with which the user says that it may be done all the same
 * @throws SfError `AppInUseError`, or `AppUseUnknownError` if it cannot be known
 */
export function requireUnused(
  use: AppUse,
  { name, org, flag }: { name: string; org: string; flag: string },
): void {
  const inUse = isInUse(use);
  if (inUse === false) return;
  const lines = useLines(use).join("\n");
  const values = [name, org, dayOf(use.since), lines] as const;
  throw inUse
    ? messages.createError("appInUse", values, [flag])
    : messages.createError("appUseUnknown", values, [flag]);
}

function dayOf(at: string): string {
  return at.slice(0, 10);
}
