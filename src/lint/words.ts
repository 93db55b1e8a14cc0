import { type UnknownWord, unknownWords } from "../app/unknownWords.ts";
import type { LintRules } from "./rule.ts";

/** How many words a message names at most. */
const mostNamed = 12;

export const wordRules = {
  "unknown-word": {
    level: "warning",
    find: ({ settings }) =>
      unknownWords(settings).map((unknown) => ({
        path: unknown.path,
        entry: unknown.word,
        ...textOf(unknown),
      })),
  },
} satisfies LintRules;

function textOf({ path, word, known, suggestion }: UnknownWord) {
  return suggestion === undefined
    ? ({ form: "message", values: [path, word, listed(known)] } as const)
    : ({ form: "similar", values: [path, word, suggestion] } as const);
}

function listed(words: readonly string[]): string {
  return words.length > mostNamed ? `${words.slice(0, mostNamed).join(", ")} …` : words.join(", ");
}
