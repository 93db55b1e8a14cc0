import { messagesOf } from "../messages.ts";
import { askOrg } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";

/** How a query is made. */
interface QueryOptions {
  /** Ask the Tooling API, which has other objects and fields. */
  tooling?: boolean;
  /** Follow the pages up to this many rows. Without it, only the first page is read. */
  upTo?: number;
}

/**
 * The rows of a SOQL query.
 *
 * @throws SfError as `askOrg`; it names the object
 */
export async function queryOrg<Row extends object>(
  org: TargetOrg,
  soql: string,
  { tooling = false, upTo }: QueryOptions = {},
): Promise<Row[]> {
  const [, object = ""] = /\bFROM (\w+)/.exec(soql) ?? [];
  const { connection } = org;
  const options = upTo === undefined ? {} : { autoFetch: true, maxFetch: upTo };
  const ask = () => (tooling ? connection.tooling : connection).query<Row>(soql, options);
  const { records } = await askOrg(org, messagesOf("org").getMessage("call.query", [object]), ask, {
    isAnswer: (answer) => Array.isArray(answer?.records),
  });
  return records;
}
