import { canonicalDuration, jwtTimeouts } from "../../app/durations.ts";
import { knownWord, wordsOf } from "../../app/words.ts";
import { durationBy, durationPattern } from "./values.ts";
import { anyWord } from "./words.ts";

/** `session`, or a word that Salesforce may have added since. */
function wordOfTimeout(text: string): string | undefined {
  return knownWord(wordsOf(jwtTimeouts), text) ?? (anyWord.test(text) ? text : undefined);
}

const timeoutPattern = `${durationPattern}|^\\s*${anyWord.source.slice(1, -1)}\\s*$`;

/** How long a JWT-based access token is valid. */
export const jwtTimeout = (meaning: string) =>
  durationBy(
    (source) => canonicalDuration(source) ?? wordOfTimeout(source.trim()),
    "duration",
    "30m",
    timeoutPattern,
  )
    .describe(`${meaning}: 1m, 5m, 10m, 15m, 30m, 1h to 12h, or \`session\`: as long as the user's session.`)
    .optional();
