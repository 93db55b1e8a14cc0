import { subscribe, unsubscribe } from "node:diagnostics_channel";

/** A request of this process, from its question to the end of its answer. */
export interface RecordedRequest {
  method: string;
  /** With the query. */
  url: string;
  /** Of the Metadata API's SOAP. */
  operation?: string;
  /** Its place among all questions and ends of answers: no clock is needed to tell what ran at the same time. */
  from: number;
  /** Infinite if no answer came to its end. */
  to: number;
}

/** What undici tells of a request. */
interface Told {
  request: { method: string; origin: string | URL; path: string };
  /** Of a request that is being sent. */
  chunk?: string | Uint8Array;
}

/**
 * Records the requests of this process, whoever makes them: every client of the Salesforce CLI stands on undici.
 *
 * @param isMeant whether a request that is being made is to be recorded
 * @returns ends the recording
 * @see https://undici.nodejs.org/#/docs/api/DiagnosticsChannel
 */
export function recordRequests(isMeant: () => boolean = () => true): () => RecordedRequest[] {
  const recorded = new Map<object, RecordedRequest>();
  let events = 0;
  const onCreate = (message: unknown) => {
    const { request } = message as Told;
    if (!isMeant()) return;
    recorded.set(request, {
      method: request.method,
      url: `${request.origin}${request.path}`,
      from: events++,
      to: Number.POSITIVE_INFINITY,
    });
  };
  const onBody = (message: unknown) => {
    const { request, chunk = "" } = message as Told;
    const found = recorded.get(request);
    const operation = operationIn(Buffer.from(chunk).toString("utf8"));
    if (found !== undefined && operation !== undefined) found.operation = operation;
  };
  const onEnd = (message: unknown) => {
    const found = recorded.get((message as Told).request);
    if (found !== undefined) found.to = events++;
  };
  const channels = [
    ["undici:request:create", onCreate],
    ["undici:request:bodyChunkSent", onBody],
    ["undici:request:trailers", onEnd],
    ["undici:request:error", onEnd],
  ] as const;
  for (const [name, listener] of channels) subscribe(name, listener);
  return () => {
    for (const [name, listener] of channels) unsubscribe(name, listener);
    return [...recorded.values()];
  };
}

function operationIn(body: string): string | undefined {
  return /<soapenv:Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(body)?.[1];
}

/**
 * The longest row of requests of which each began after the former had ended: how often a distant org's latency is paid.
 * Of questions in a row for how a job stands, only the last one counts, since the others run while the org works.
 */
export function roundTripsOf(requests: readonly RecordedRequest[]): RecordedRequest[] {
  const row: RecordedRequest[] = [];
  for (const request of [...requests].sort((a, b) => a.to - b.to)) {
    const last = row.at(-1);
    if (last !== undefined && request.from < last.to) continue;
    if (isPoll(request) && last?.operation === request.operation) row.pop();
    row.push(request);
  }
  return row;
}

function isPoll({ operation = "" }: RecordedRequest): boolean {
  return /^check\w+Status$/.test(operation);
}
