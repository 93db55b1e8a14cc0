import { nearest } from "./nearest.ts";
import { type SettingPath, type Settings, settingDefinitions, settingPaths } from "./settings.ts";
import { knownWord, type Words, wordsOf } from "./words.ts";

/** A word of a setting that is not a known one, so nobody checked it. */
export interface UnknownWord {
  path: SettingPath;
  word: string;
  /** The words that are known there. */
  known: readonly string[];
  /** What a typing error may stand for. */
  suggestion?: string;
}

/** The words that Salesforce may have added since, or that are typing errors, in the order of a spec. */
export function unknownWords(settings: Settings): UnknownWord[] {
  return settingPaths.flatMap((path) => {
    const { type, words = type === "switch" ? switchWords : undefined } = settingDefinitions[path];
    if (words === undefined) return [];
    return textsOf(settings, path)
      .filter((text) => knownWord(words, text) === undefined)
      .map((word) => ({ path, word, known: Object.keys(words), ...suggestionFor(word, words) }));
  });
}

/** Metadata may hold any text where a switch should be. */
const switchWords = wordsOf(["true", "false"]);

/** The texts of a setting that should be words: `{lifetime: 30d}` is a map. */
function textsOf(settings: Settings, path: SettingPath): string[] {
  return [settings[path] ?? []]
    .flat()
    .map(String)
    .filter((text) => !text.startsWith("{"));
}

function suggestionFor(word: string, words: Words): { suggestion?: string } {
  // With one digit less, it is another time, not a typing error.
  const suggestion = /^\d/.test(word) ? undefined : nearest(word, Object.keys(words));
  return suggestion === undefined ? {} : { suggestion };
}
