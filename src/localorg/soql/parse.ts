// The parser is a CommonJS bundle whose names Node cannot see, so it is imported as a whole.
import soqlParser, { type Query } from "soql-parser-js";
import { malformedQuery } from "./soqlError.ts";

const maxLength = 100_000;

/**
 * Parses SOQL.
 *
 * @throws RestError MALFORMED_QUERY
 */
export function parseSoql(soql: string): Query {
  if (soql.trim() === "") throw malformedQuery("A query string has to be specified");
  if (soql.length > maxLength) {
    throw malformedQuery(`SOQL statements cannot be longer than ${maxLength} characters.`);
  }
  try {
    return soqlParser.parseQuery(soql);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const found = /(?:found: *'?|found --> ')([^'\n]*)'?/.exec(message)?.[1];
    throw malformedQuery(found === undefined ? message : `unexpected token: '${found || "<EOF>"}'`);
  }
}
