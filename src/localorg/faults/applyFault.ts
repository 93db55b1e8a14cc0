import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, MiddlewareHandler } from "hono";
import { faultEnvelope } from "../metadata/soap/envelope.ts";
import type { Fault } from "./fault.ts";
import type { FaultPlan } from "./faultPlan.ts";

const mebibyte = 1024 * 1024;
const pieces = 10;

/** Lets the faults of a plan happen to the requests of an app. */
export function faultsOf(plan: FaultPlan): MiddlewareHandler {
  return async (context, next) => {
    const { pathname, search } = new URL(context.req.url);
    const { operation, jobId } = await soapOf(context);
    const named = operation === undefined ? {} : { operation };
    const fault = plan.take({ method: context.req.method, path: `${pathname}${search}`, ...named }, jobId);
    if (fault === undefined) return next();
    if (isDoneBefore(fault)) await next();
    plan.tellMet();
    const answer = await applied(fault, context);
    // Else the headers of the former answer would stay.
    context.res = undefined;
    context.res = answer;
    return;
  };
}

/** Whether the org does what it was asked before its answer fails. */
function isDoneBefore(fault: Fault): boolean {
  if ("done" in fault) return fault.done;
  return !["huge", "gzipBomb", "redirect"].includes(fault.fault);
}

async function soapOf({
  req,
}: Context): Promise<{ operation?: string | undefined; jobId?: string | undefined }> {
  if (!req.path.startsWith("/services/Soap/")) return {};
  const [, operation, content = ""] =
    /<(?:[\w-]+:)?Body\b[^>]*>\s*<(?:[\w-]+:)?(\w+)([\s\S]*)/.exec(await req.text()) ?? [];
  if (!/^check(Deploy|Retrieve)Status$/.test(operation ?? "")) return { operation };
  const [, jobId] = /<(?:[\w-]+:)?(?:asyncProcessId|id)>\s*(\w+)/.exec(content) ?? [];
  return { operation, jobId };
}

/** The answer as the fault leaves it. What HTTP itself does not allow is written to the connection. */
async function applied(fault: Fault, context: Context): Promise<Response> {
  const { incoming, outgoing } = context.env as { incoming: IncomingMessage; outgoing: ServerResponse };
  const isSoap = context.req.path.startsWith("/services/Soap/");
  const type = isSoap ? "text/xml; charset=utf-8" : "application/json; charset=utf-8";
  switch (fault.fault) {
    case "reset":
      incoming.socket.resetAndDestroy();
      return RESPONSE_ALREADY_SENT;
    case "silence":
      if (!outgoing.closed) await once(outgoing, "close");
      return RESPONSE_ALREADY_SENT;
    case "cutConnection": {
      const body = await head(context, outgoing);
      outgoing.write(body.subarray(0, body.length / 2), () => incoming.socket.destroySoon());
      return RESPONSE_ALREADY_SENT;
    }
    case "slow": {
      const body = await head(context, outgoing);
      for (let piece = 0; piece < pieces && !outgoing.closed; piece++) {
        await delay(fault.milliseconds / pieces);
        outgoing.write(body.subarray((body.length * piece) / pieces, (body.length * (piece + 1)) / pieces));
      }
      outgoing.end();
      return RESPONSE_ALREADY_SENT;
    }
    case "status":
      return errorAnswer(fault.status, fault.retryAfter, isSoap ? type : undefined);
    case "page":
      return new Response("<!doctype html><html><head><title>Sign in to the network</title></head></html>", {
        headers: { "content-type": "text/html; charset=utf-8" },
      });
    case "empty":
      return new Response("", { headers: { "content-type": type } });
    case "cutText": {
      const text = await context.res.text();
      return new Response(text.slice(0, text.length / 2), withoutLength(context.res));
    }
    case "halfZip":
      return new Response(withHalfZip(await context.res.text()), withoutLength(context.res));
    case "huge":
      outgoing.writeHead(200, { "content-type": type });
      await repeat(outgoing, Buffer.alloc(mebibyte, " "), fault.mebibytes, Buffer.from("[]"));
      return RESPONSE_ALREADY_SENT;
    case "gzipBomb":
      outgoing.writeHead(200, { "content-type": type, "content-encoding": "gzip" });
      // One compressed part after the other is a compressed whole.
      await repeat(
        outgoing,
        await promisify(gzip)(Buffer.alloc(mebibyte, " ")),
        fault.mebibytes,
        await promisify(gzip)("[]"),
      );
      return RESPONSE_ALREADY_SENT;
    case "redirect":
      return new Response(null, { status: 302, headers: { location: fault.to } });
    case "clock": {
      const date = new Date(Date.now() + fault.seconds * 1000).toUTCString();
      return new Response(context.res.body, {
        status: context.res.status,
        headers: [...context.res.headers, ["date", date]],
      });
    }
  }
}

/** Writes the head of the answer, which promises all of the body, and returns the body. */
async function head({ res }: Context, outgoing: ServerResponse): Promise<Buffer> {
  const body = Buffer.from(await res.arrayBuffer());
  outgoing.writeHead(res.status, { ...Object.fromEntries(res.headers), "content-length": body.length });
  return body;
}

function withoutLength({ status, headers }: Response): ResponseInit {
  return { status, headers: [...headers].filter(([name]) => name !== "content-length") };
}

function withHalfZip(text: string): string {
  return text.replace(/<zipFile>([^<]*)<\/zipFile>/, (_whole, base64: string) => {
    const half = base64.length / 2;
    return `<zipFile>${base64.slice(0, half - (half % 4))}</zipFile>`;
  });
}

async function repeat(outgoing: ServerResponse, part: Buffer, times: number, end: Buffer): Promise<void> {
  function* parts() {
    for (let time = 0; time < times; time++) yield part;
    yield end;
  }
  // A client that goes away in the middle is what this is for.
  await pipeline(Readable.from(parts()), outgoing).catch(() => {});
}

/** The error codes that Salesforce gives with a status. */
const errorCodes: Readonly<Record<number, string>> = {
  403: "INSUFFICIENT_ACCESS",
  429: "REQUEST_LIMIT_EXCEEDED",
  503: "SERVER_UNAVAILABLE",
};

function errorAnswer(status: number, retryAfter: string | undefined, xmlType: string | undefined): Response {
  const errorCode = errorCodes[status] ?? "UNKNOWN_EXCEPTION";
  const message = `The fault plan says HTTP ${status}.`;
  const body =
    xmlType === undefined
      ? JSON.stringify([{ message, errorCode }])
      : faultEnvelope(`sf:${errorCode}`, `${errorCode}: ${message}`);
  const headers = { "content-type": xmlType ?? "application/json; charset=utf-8" };
  return new Response(body, {
    status,
    headers: retryAfter === undefined ? headers : { ...headers, "retry-after": retryAfter },
  });
}
