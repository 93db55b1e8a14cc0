import { z } from "zod";
import { oneLine } from "./values.ts";

/**
 * One of the spec's words. A metadata name of the same thing is taken too, in any case; the result is the word.
 * `names` gives each word and the other names for it.
 */
export function oneOf<Word extends string>(names: Readonly<Record<Word, readonly string[]>>) {
  const entries = Object.entries(names) as [Word, readonly string[]][];
  const wordByName = new Map(
    entries.flatMap(([word, others]) => [word, ...others].map((name) => [name.toLowerCase(), word] as const)),
  );
  return z
    .string()
    .transform((source, context): Word => {
      const word = wordByName.get(source.toLowerCase());
      if (word !== undefined) return word;
      context.issues.push({
        code: "invalid_value",
        values: entries.map(([name]) => name),
        input: source,
      });
      return z.NEVER;
    })
    .meta({ enum: [...new Set(entries.flatMap(([word, others]) => [word, ...others]))] });
}

/** One of the metadata's own words, in any case. */
export function ownWord<Word extends string>(known: readonly Word[]) {
  return oneOf(
    Object.fromEntries(known.map((word) => [word, []])) as unknown as Record<Word, readonly string[]>,
  );
}

/** The same where Salesforce names no words, so that other texts are taken too. */
export function usuallyOneOf(known: readonly string[]) {
  return oneLine()
    .meta({ examples: [...known] })
    .transform((source) => known.find((word) => word.toLowerCase() === source.toLowerCase()) ?? source);
}
