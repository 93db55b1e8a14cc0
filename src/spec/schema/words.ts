import { z } from "zod";
import { type SettingPath, settingDefinitions } from "../../app/settings.ts";
import { knownWord, type Words } from "../../app/words.ts";
import { oneLine } from "./values.ts";

/** The form of Salesforce's words, known or not. */
export const anyWord = /^[A-Za-z][\w:.-]{0,254}$/;

/**
 * A word of a setting. A known word can be in upper or lower case and have any of its names; the result is its usual
 * form. A word that Salesforce may have added since stays as it is.
 */
export function word(path: SettingPath) {
  const { words = {} } = settingDefinitions[path];
  return z
    .string()
    .transform((source, context) => {
      const text = source.trim();
      const found = knownWord(words, text) ?? (anyWord.test(text) ? text : undefined);
      return found ?? refused(words, source, context);
    })
    .meta({ anyOf: [{ enum: namesOf(words) }, { pattern: anyWord.source }] });
}

/** The same for a setting for which Salesforce accepts any text, and the known words are only the usual ones. */
export function usualWord(path: SettingPath) {
  const { words = {} } = settingDefinitions[path];
  return oneLine()
    .meta({ examples: Object.keys(words) })
    .transform((source) => knownWord(words, source) ?? source);
}

/** One of the two words of a switch, in upper or lower case. Salesforce cannot add another. */
export function oneOfTwo(one: string, other: string) {
  const words = { [one]: [], [other]: [] };
  return z
    .string()
    .transform((source, context) => knownWord(words, source) ?? refused(words, source, context))
    .meta({ enum: [one, other] });
}

function refused(words: Words, source: string, context: z.RefinementCtx): never {
  context.issues.push({ code: "invalid_value", values: Object.keys(words), input: source });
  return z.NEVER;
}

function namesOf(words: Words): string[] {
  return [...new Set(Object.entries(words).flatMap(([name, others]) => [name, ...others]))];
}
