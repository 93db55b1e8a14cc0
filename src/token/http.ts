import { SfError } from "@salesforce/core/sfError";
import { fetch, type Response } from "undici";
import { messagesOf } from "../messages.ts";
import { networkActions, networkReason } from "../network/failure.ts";
import { proxiesOfEnvironment } from "../network/proxies.ts";

const messages = messagesOf("token");

/** A complete answer; `json` is undefined if the body is not JSON. */
export interface HttpAnswer {
  status: number;
  headers: { get(name: string): string | null };
  text: string;
  json: unknown;
}

/** What is sent to an address. */
export interface HttpRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: URLSearchParams;
}

const longest = 30_000;
const mostBytes = 5 * 1024 * 1024;

/**
 * One HTTP request with a time limit, a size limit, and no redirects: a token must go only to the server to which it
 * was sent. It goes through the proxy of the environment.
 *
 * @throws SfError `UnreachableError` if no answer came, with the network's own words; `InvalidProxyError`
 */
export async function request(url: string, sent: HttpRequest = {}): Promise<HttpAnswer> {
  try {
    const answer = await fetch(url, {
      ...sent,
      dispatcher: proxiesOfEnvironment(),
      redirect: "manual",
      signal: AbortSignal.timeout(longest),
    });
    const text = await readText(answer);
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      json: parsed(text),
    };
  } catch (error) {
    if (error instanceof SfError) throw error;
    throw SfError.create({
      name: "UnreachableError",
      message: messages.getMessage("unreachable", [new URL(url).origin, lateOrNetworkReason(error)]),
      actions: networkActions(url),
    });
  }
}

async function readText(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > mostBytes) throw new Error(messages.getMessage("answerTooLarge", [mostBytes]));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function lateOrNetworkReason(error: unknown): string {
  const isLate = error instanceof Error && error.name === "TimeoutError";
  return isLate ? messages.getMessage("answerTooLate", [longest / 1000]) : networkReason(error);
}
