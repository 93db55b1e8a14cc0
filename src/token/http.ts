import { SfError } from "@salesforce/core/sfError";
import { messagesOf } from "../messages.ts";

/** An answer, read to its end; `json` is undefined where the body is none. */
export interface HttpAnswer {
  status: number;
  contentType: string;
  text: string;
  json: unknown;
}

const longest = 30_000;
const mostBytes = 5 * 1024 * 1024;

/**
 * One HTTP request with a time limit, a size limit, and no redirects: a token must go nowhere but where it was sent.
 * Proxies named by the environment (HTTPS_PROXY, NO_PROXY) are used, as the Salesforce CLI does.
 *
 * @throws SfError `UnreachableError` where no answer came, with the network's own words
 */
export async function request(url: string, init: RequestInit = {}): Promise<HttpAnswer> {
  try {
    const proxied = await proxyDispatcher();
    const answer = await fetch(url, {
      ...init,
      ...proxied,
      redirect: "manual",
      signal: AbortSignal.timeout(longest),
    });
    const text = await readText(answer);
    return {
      status: answer.status,
      contentType: answer.headers.get("content-type") ?? "",
      text,
      json: parsed(text),
    };
  } catch (error) {
    if (error instanceof SfError) throw error;
    throw messagesOf("token").createError(
      "unreachable",
      [new URL(url).origin, reasonOf(error)],
      [new URL(url).origin],
    );
  }
}

async function proxyDispatcher(): Promise<object> {
  const named = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"].some((name) => process.env[name]);
  if (!named) return {};
  const { EnvHttpProxyAgent } = await import("undici");
  return { dispatcher: new EnvHttpProxyAgent() };
}

async function readText(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > mostBytes) throw new Error(`The answer is larger than ${mostBytes} bytes.`);
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

/** `fetch` wraps what happened; the innermost cause names it. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === "TimeoutError")
    return `no answer within ${longest / 1000} seconds`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  return cause instanceof Error ? cause.message : String(cause);
}
