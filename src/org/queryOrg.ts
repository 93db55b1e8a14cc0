import { messagesOf } from "../messages.ts";
import { AnswerFailure } from "../network/answerFailure.ts";
import { askOrg, refusedBy } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";

/** How a query is made. */
interface QueryOptions {
  /** Ask the Tooling API, which has other objects and fields. */
  tooling?: boolean;
  /** Follow the pages up to this many rows. Without it, only the first page is read. */
  upTo?: number;
}

interface Page {
  records: object[];
  done?: boolean;
  nextRecordsUrl?: string;
}

const isPage = (answer: unknown): answer is Page => Array.isArray((answer as Page | undefined)?.records);

/**
 * The rows of a SOQL query. Queries that are made in the same moment go to the org in one request.
 *
 * @throws SfError as `askOrg`; it names the object
 */
export async function queryOrg<Row extends object>(
  org: TargetOrg,
  soql: string,
  { tooling = false, upTo = 0 }: QueryOptions = {},
): Promise<Row[]> {
  let page = await (tooling ? get(org, soql, pathOf(org, soql, "tooling/query")) : together(org, soql));
  const rows = [...page.records];
  while (page.done === false && page.nextRecordsUrl !== undefined && rows.length < upTo) {
    page = await get(org, soql, page.nextRecordsUrl);
    rows.push(...page.records);
  }
  return rows as Row[];
}

function get(org: TargetOrg, soql: string, path: string): Promise<Page> {
  return askOrg(org, callOf([soql]), () => org.connection.request<Page>(path), { isAnswer: isPage });
}

function pathOf({ connection }: TargetOrg, soql: string, resource: string): string {
  return `/services/data/v${connection.version}/${resource}?q=${encodeURIComponent(soql)}`;
}

function callOf(soqls: readonly string[]): string {
  const objects = soqls.map((soql) => /\bFROM (\w+)/.exec(soql)?.[1] ?? "");
  return messagesOf("org").getMessage("call.query", [[...new Set(objects)].join(", ")]);
}

/** Queries that wait for the end of this moment. */
interface Batch {
  soqls: string[];
  answers: Promise<(Page | Refusal)[]>;
}

const waiting = new WeakMap<TargetOrg["connection"], Batch>();
const mostQueries = 25;

async function together(org: TargetOrg, soql: string): Promise<Page> {
  const batch = waiting.get(org.connection) ?? newBatch(org);
  const place = batch.soqls.push(soql) - 1;
  if (batch.soqls.length === mostQueries) waiting.delete(org.connection);
  const answer = (await batch.answers)[place];
  if (isPage(answer)) return answer;
  throw refusedBy(org, callOf([soql]), answer);
}

function newBatch(org: TargetOrg): Batch {
  const soqls: string[] = [];
  const answers = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
    if (waiting.get(org.connection) === batch) waiting.delete(org.connection);
    const [first, ...others] = soqls;
    return first !== undefined && others.length === 0
      ? get(org, first, pathOf(org, first, "query")).then((page) => [page])
      : askBatch(org, soqls);
  });
  const batch = { soqls, answers };
  waiting.set(org.connection, batch);
  return batch;
}

/** The org's words about one query of several. */
class Refusal extends Error {}

interface BatchAnswer {
  results: { statusCode: number; result: unknown }[];
}

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_batch.htm */
async function askBatch(org: TargetOrg, soqls: readonly string[]): Promise<(Page | Refusal)[]> {
  const { connection } = org;
  const batchRequests = soqls.map((soql) => ({
    method: "GET",
    url: pathOf(org, soql, "query").replace("/services/data/", ""),
  }));
  const ask = async () => {
    const { results } = await connection.request<BatchAnswer>({
      method: "POST",
      url: `/services/data/v${connection.version}/composite/batch`,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ batchRequests }),
    });
    return results.map(({ statusCode, result }) => {
      if (isPage(result)) return result;
      const refusal = refusalOf(result);
      // The org was busy with this one, so all are asked again.
      if (statusCode === 429 || statusCode >= 500)
        throw Object.assign(refusal, { cause: new AnswerFailure(refusal.message, { isMomentary: true }) });
      return refusal;
    });
  };
  return askOrg(org, callOf(soqls), ask, {
    isAnswer: (answers) => answers.length === soqls.length,
    // "Each subrequest counts against rate limits."
    calls: soqls.length,
  });
}

/** `[{"errorCode": …, "message": …}]` */
function refusalOf(result: unknown): Refusal {
  const [first] = Array.isArray(result) ? result : [result];
  const { errorCode, message } = (first ?? {}) as Record<string, unknown>;
  return Object.assign(new Refusal(String(message ?? "")), { name: String(errorCode ?? "Error") });
}
