import { z } from "zod";

/** A switch that may be left unsaid. */
export const switchOf = (meaning: string) => z.boolean().describe(meaning).optional();

/**
 * One line of text, as metadata can hold it. Where a format has words of its own, its message is a key of
 * messages/spec.md; so it is with all formats here.
 */
export const oneLine = () =>
  z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^\p{Cc}\p{Cs}\uFFFE\uFFFF]*$/u, "controlCharacter");

/** A URL of the web that may be left unsaid. */
export const webAddress = (meaning: string) =>
  z
    .url({ protocol: /^https?$/, error: "webAddress" })
    .max(2000)
    .describe(meaning)
    .optional();

/** A text that one of the functions of durations.ts understands. */
export function durationBy(
  canonical: (source: string) => string | undefined,
  problem: string,
  example: string,
) {
  return z
    .string()
    .transform((source, context) => {
      const found = canonical(source);
      if (found !== undefined) return found;
      context.issues.push({ code: "custom", input: source, message: problem });
      return z.NEVER;
    })
    .meta({ examples: [example] });
}
