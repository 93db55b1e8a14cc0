import type { FaultInput } from "../../src/localorg/faults/fault.ts";
import type { SeenRequest } from "../../src/localorg/faults/faultPlan.ts";

/** A request that a command makes, in the order in which it came. */
export interface RecordedRequest extends SeenRequest {
  org: "sandbox" | "production";
}

/**
 * What a fault does to a run:
 *
 * - `harmless`: nothing that the run may notice
 * - `passing`: the same request is answered a moment later
 * - `lasting`: whoever asks again gets the same, or has waited too long by then
 */
type Weight = "harmless" | "passing" | "lasting";

/** What can happen to a request, and what the user must read of it if the run fails. */
interface NamedFault {
  name: string;
  weight: Weight;
  /** The root cause in the words of the output. */
  words: RegExp;
  fault: FaultInput;
}

/** One fault at one request, or a signal while that request waits for its answer. */
export interface Cell {
  title: string;
  request: RecordedRequest;
  faults: FaultInput[];
  /** Of a cell with a fault. */
  met?: NamedFault;
  /** Of a cell with a signal. */
  signal?: NodeJS.Signals;
}

/** Whether nothing but the end of all patience ends the wait for the answer. */
export function isSilent({ faults }: Cell): boolean {
  return faults.some(({ fault }) => fault === "silence");
}

/** Whether a request changes the org, so that nobody may send it twice. Token requests and queries leave nothing behind. */
export function isChange({ operation, method, path }: SeenRequest): boolean {
  if (operation !== undefined) return /^(deploy|create|update|delete)/i.test(operation);
  return method !== "GET" && !/^\/services\/(oauth2\/token|data\/[^/]+\/composite\/batch)/.test(path);
}

/** What a request is, without what differs from run to run: Ids, the words of a query, its number. */
function kindOf({ org, method, path, operation, job }: RecordedRequest) {
  const [address = "", query = ""] = path.split("?");
  const [, object] = /(?:\+|%20)FROM(?:\+|%20)(\w+)/i.exec(query) ?? [];
  const id = /\/[\dA-Za-z]{15,18}(?=\/|$)/g;
  const pattern = address.replace(/[.]/g, "\\.").replace(id, "/\\w+");
  const name = address.replace(/^\/services\/(data\/[^/]+\/)?(?=.)/, "").replace(id, "/ID");
  return {
    name: [org, operation ?? `${method} ${name}`, object, job].filter((part) => part !== undefined).join(" "),
    meeting: {
      method,
      path:
        object === undefined ? `^${pattern}(\\?|$)` : `^${pattern}\\?.*(\\+|%20)FROM(\\+|%20)${object}\\b`,
      ...(operation === undefined ? {} : { operation }),
      ...(job === undefined ? {} : { job }),
    },
  };
}

/** A request by what it is and how often the same was made before. */
function placeOf(request: RecordedRequest, requests: readonly RecordedRequest[]) {
  const { name, meeting } = kindOf(request);
  const same = requests.filter((one) => kindOf(one).name === name);
  const after = same.findIndex(({ number }) => number === request.number);
  return { name: after === 0 ? name : `${name} (${after + 1})`, meeting: { ...meeting, after } };
}

/** The requests that are tried: how often a status is asked for differs from run to run, so only the first question counts. */
export function triedRequests(requests: readonly RecordedRequest[]): RecordedRequest[] {
  return requests.filter(
    (request) => request.job === undefined || placeOf(request, requests).meeting.after === 0,
  );
}

/** For how long an answer is waited for: see `world.ts`. */
const silence = /no answer within|did not end within/;
/** On a slow machine, the time is over first. */
const tooLarge = new RegExp(`larger than|${silence.source}`);
const lost = /ECONNRESET|closed the connection|EPIPE/;

/** What can happen to a request. */
function faultsAt(
  request: RecordedRequest,
  requests: readonly RecordedRequest[],
  sinkUrl: string,
): NamedFault[] {
  const { meeting: at } = placeOf(request, requests);
  const passing = (name: string, words: RegExp, fault: FaultInput): NamedFault => ({
    name,
    weight: "passing",
    words,
    fault,
  });
  const lasting = (name: string, words: RegExp, fault: FaultInput): NamedFault => ({
    name,
    weight: "lasting",
    words,
    fault,
  });
  return [
    passing("reset", lost, { fault: "reset", ...at }),
    passing("cut connection", lost, { fault: "cutConnection", ...at }),
    lasting("silence", silence, { fault: "silence", ...at }),
    { name: "slow", weight: "harmless", words: /$/, fault: { fault: "slow", milliseconds: 500, ...at } },
    passing("500", /HTTP 500/, { fault: "status", status: 500, ...at }),
    passing("429", /HTTP 429/, { fault: "status", status: 429, retryAfter: "1", ...at }),
    passing("503", /HTTP 503/, { fault: "status", status: 503, ...at }),
    passing("page", /Sign in to the network|no JSON|no XML|HTML/i, { fault: "page", ...at }),
    passing("empty", /empty/, { fault: "empty", ...at }),
    passing("cut text", /broken|not complete|cut|JSON|XML/, { fault: "cutText", ...at }),
    lasting("huge", tooLarge, { fault: "huge", mebibytes: 300, ...at }),
    lasting("gzip bomb", tooLarge, { fault: "gzipBomb", mebibytes: 1000, ...at }),
    lasting("redirect", /HTTP 302|redirect/, { fault: "redirect", to: sinkUrl, ...at }),
    {
      name: "clock",
      weight: "harmless",
      words: /clock/,
      fault: { fault: "clock", seconds: -7200, ...at },
    },
    ...(isChange(request)
      ? [
          passing("lost answer", lost, { fault: "reset", done: true, ...at }),
          lasting("late answer", silence, { fault: "silence", done: true, ...at }),
        ]
      : []),
    ...(request.operation === "checkRetrieveStatus"
      ? [passing("half zip", /zip/i, { fault: "halfZip", ...at })]
      : []),
  ];
}

const signals = ["SIGINT", "SIGTERM", "SIGKILL"] as const;

/** Every fault at every request. */
export function faultCells(requests: readonly RecordedRequest[], sinkUrl: string): Cell[] {
  return triedRequests(requests).flatMap((request) =>
    faultsAt(request, requests, sinkUrl).map((met) => ({
      title: `${met.name} at ${placeOf(request, requests).name}`,
      request,
      faults: [met.fault],
      met,
    })),
  );
}

/** Every signal at every request, before and after the org did what it was asked. */
export function killCells(requests: readonly RecordedRequest[]): Cell[] {
  return triedRequests(requests).flatMap((request) =>
    signals.map((signal, index) => ({
      title: `${signal} at ${placeOf(request, requests).name}`,
      request,
      faults: [{ fault: "silence", ...placeOf(request, requests).meeting, done: index % 2 === 0 } as const],
      signal,
    })),
  );
}

/**
 * The cells that are tried: all; `each` request with the faults in turn; or a fixed `sample` of so many.
 *
 * @param scale by the variable FAULTS
 */
export function chosen(
  cells: readonly Cell[],
  perRequest: number,
  sample: number,
  scale = process.env.FAULTS,
): Cell[] {
  if (scale === "each")
    return cells.filter((_, index) => index % perRequest === Math.floor(index / perRequest) % perRequest);
  if (scale !== "sample") return [...cells];
  // A step without a common divisor comes by all kinds of faults.
  const step = Math.max(Math.floor(cells.length / Math.max(sample, 1)), 1);
  return cells.filter((_, index) => index % step === Math.floor(index / step) % step).slice(0, sample);
}
