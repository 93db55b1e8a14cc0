import type { FaultInput } from "../../src/localorg/faults/fault.ts";
import type { SeenRequest } from "../../src/localorg/faults/faultPlan.ts";

/** A request that a command makes, in the order in which it came. */
export interface RecordedRequest extends SeenRequest {
  org: "sandbox" | "production";
}

/** One fault at one request, or a signal while that request waits for its answer. */
export interface Cell {
  title: string;
  org: RecordedRequest["org"];
  faults: FaultInput[];
  signal?: NodeJS.Signals;
}

/**
 * A request by what it is and how often the same was made before: how often a status is asked for differs from run to
 * run, and so do the numbers of the requests.
 */
function placeOf(request: RecordedRequest, requests: readonly RecordedRequest[]) {
  const kind = ({ org, method, path, operation }: RecordedRequest) => {
    // Ids differ from run to run, and the words of a query may hold some.
    const pattern = path
      .replace(/\?.*/, "")
      .replace(/[.]/g, "\\.")
      .replace(/\/[\dA-Za-z]{15,18}(?=\/|$)/g, "/\\w+");
    return JSON.stringify([org, method, `^${pattern}(\\?|$)`, operation]);
  };
  const [, method, path, operation] = JSON.parse(kind(request)) as [string, string, string, string | null];
  const before = requests.filter((one) => kind(one) === kind(request) && one.number < request.number);
  return { method, path, ...(operation === null ? {} : { operation }), after: before.length };
}

/** What can happen to a request, by a name each. */
function faultsAt(
  request: RecordedRequest,
  requests: readonly RecordedRequest[],
  sinkUrl: string,
): { name: string; fault: FaultInput }[] {
  const at = placeOf(request, requests);
  const isChange =
    /^(deploy|create|update|delete)/i.test(request.operation ?? "") || request.method !== "GET";
  const faults: { name: string; fault: FaultInput }[] = [
    { name: "reset", fault: { fault: "reset", ...at } },
    { name: "cut connection", fault: { fault: "cutConnection", ...at } },
    { name: "silence", fault: { fault: "silence", ...at } },
    { name: "slow", fault: { fault: "slow", milliseconds: 500, ...at } },
    { name: "500", fault: { fault: "status", status: 500, ...at } },
    { name: "429", fault: { fault: "status", status: 429, retryAfter: "1", ...at } },
    { name: "503", fault: { fault: "status", status: 503, ...at } },
    { name: "page", fault: { fault: "page", ...at } },
    { name: "empty", fault: { fault: "empty", ...at } },
    { name: "cut text", fault: { fault: "cutText", ...at } },
    { name: "huge", fault: { fault: "huge", mebibytes: 300, ...at } },
    { name: "gzip bomb", fault: { fault: "gzipBomb", mebibytes: 1000, ...at } },
    { name: "redirect", fault: { fault: "redirect", to: sinkUrl, ...at } },
    { name: "clock", fault: { fault: "clock", seconds: -7200, ...at } },
  ];
  if (isChange) faults.push({ name: "lost answer", fault: { fault: "reset", done: true, ...at } });
  if (request.operation === "checkRetrieveStatus")
    faults.push({ name: "half zip", fault: { fault: "halfZip", ...at } });
  return faults;
}

const signals = ["SIGINT", "SIGTERM", "SIGKILL"] as const;

/** Every fault at every request. */
export function faultCells(requests: readonly RecordedRequest[], sinkUrl: string): Cell[] {
  return requests.flatMap((request) =>
    faultsAt(request, requests, sinkUrl).map(({ name, fault }) => ({
      title: `${name} at ${nameOf(request)}`,
      org: request.org,
      faults: [fault],
    })),
  );
}

/** Every signal at every request, before and after the org did what it was asked. */
export function killCells(requests: readonly RecordedRequest[]): Cell[] {
  return requests.flatMap((request) =>
    signals.map((signal, index) => ({
      title: `${signal} at ${nameOf(request)}`,
      org: request.org,
      faults: [{ fault: "silence", ...placeOf(request, requests), done: index % 2 === 0 } as const],
      signal,
    })),
  );
}

function nameOf({ org, number, method, path, operation }: RecordedRequest): string {
  return `${org} ${number} (${operation ?? `${method} ${path.replace(/\?.*/, "").slice(0, 60)}`})`;
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
