import { RestError } from "../http/salesforceErrors.ts";
import { newId } from "../salesforceId.ts";
import type { QueryResult } from "../soql/runQuery.ts";
import { recordBody } from "./recordBody.ts";

const defaultBatch = 2000;
const minBatch = 200;
const maxCursors = 10;

/** Results of queries that have further pages. */
export interface QueryPages {
  /** The first page of a result. */
  first(result: QueryResult, base: string, batchHeader: string | undefined): Record<string, unknown>;
  /**
   * A further page.
   *
   * @throws RestError INVALID_QUERY_LOCATOR
   */
  next(locator: string, base: string): Record<string, unknown>;
}

/** Keeps the newest few open results, as Salesforce does for each user. */
export function createQueryPages(): QueryPages {
  const cursors = new Map<string, { records: Record<string, unknown>[]; batch: number }>();
  const page = (id: string, start: number, base: string) => {
    const cursor = cursors.get(id);
    if (!cursor || start >= cursor.records.length) {
      throw new RestError(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
    }
    const { records, batch } = cursor;
    const end = start + batch;
    const body = { totalSize: records.length, done: end >= records.length };
    return {
      ...body,
      ...(body.done ? {} : { nextRecordsUrl: `${base}/query/${id}-${end}` }),
      records: records.slice(start, end),
    };
  };
  return {
    first: (result, base, batchHeader) => {
      const paths = result.columns.map(({ path }) => path);
      const records = result.records.map((record) =>
        recordBody(result.scope, result.type, record, paths, base),
      );
      const batch = batchSize(batchHeader);
      if (records.length <= batch) return { totalSize: result.totalSize, done: true, records };
      const id = newId("01g");
      cursors.set(id, { records, batch });
      const [oldest] = cursors.keys();
      if (cursors.size > maxCursors && oldest !== undefined) cursors.delete(oldest);
      return page(id, 0, base);
    },
    next: (locator, base) => {
      const [, id = "", start = ""] = /^(01g\w{15})-(\d{1,9})$/.exec(locator) ?? [];
      return page(id, start === "" ? Number.POSITIVE_INFINITY : Number(start), base);
    },
  };
}

/** @param header `Sforce-Query-Options`, such as `batchSize=200`. */
function batchSize(header = ""): number {
  const asked = Number(/batchSize\s*=\s*(\d{1,9})/i.exec(header)?.[1] ?? defaultBatch);
  return Math.min(defaultBatch, Math.max(minBatch, asked));
}
