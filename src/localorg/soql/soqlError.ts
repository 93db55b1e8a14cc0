import { RestError } from "../http/salesforceErrors.ts";

/** The query is not SOQL. */
export function malformedQuery(message: string): RestError {
  return new RestError(400, "MALFORMED_QUERY", message);
}

/** SOQL that a real org would answer. Saying so is better than a wrong answer. */
export function beyondLocalOrg(what: string): RestError {
  return new RestError(400, "FUNCTIONALITY_NOT_ENABLED", `A local org does not support ${what} in SOQL.`);
}

/**
 * An error about one word of a query, in Salesforce's form: the query, a caret below the word, its place, the message.
 *
 * @param word Text of the query; without it in the query, the place is the beginning.
 */
export function errorAt(soql: string, word: string, errorCode: string, message: string): RestError {
  const offset = Math.max(0, soql.toLowerCase().search(wholeWord(word.toLowerCase())));
  const before = soql.slice(0, offset).split("\n");
  const column = (before.at(-1) ?? "").length;
  const line = soql.split("\n")[before.length - 1] ?? "";
  const place = `ERROR at Row:${before.length}:Column:${column + 1}`;
  return new RestError(400, errorCode, `\n${line}\n${" ".repeat(column)}^\n${place}\n${message}`);
}

function wholeWord(word: string): RegExp {
  return new RegExp(`(?<![\\w.])${word.replace(/[^\w]/g, "\\$&")}(?![\\w.])`);
}
