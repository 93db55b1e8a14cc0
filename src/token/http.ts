import { messagesOf } from "../messages.ts";
import { networkActions, networkReason } from "../network/failure.ts";
import { SfError } from "../sfError.ts";

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

const rules = { seconds: 30, mebibytes: 5 };

/**
 * One HTTP request with a time limit, a size limit, and no redirects: a token must go only to the server to which it
 * was sent. It goes through the proxy of the environment.
 *
 * @throws SfError `UnreachableError` if no answer came, with the network's own words; `InvalidProxyError`
 */
export async function request(url: string, sent: HttpRequest = {}): Promise<HttpAnswer> {
  // What only asks how long a token is good, or has no token yet, need not load all of this.
  const [{ fetch }, { transport }] = await Promise.all([import("undici"), import("../network/transport.ts")]);
  try {
    const answer = await fetch(url, {
      ...sent,
      dispatcher: transport(rules),
      redirect: "manual",
    });
    const text = await answer.text();
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
      message: messages.getMessage("unreachable", [new URL(url).origin, networkReason(error)]),
      actions: networkActions(url),
      cause: error,
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
