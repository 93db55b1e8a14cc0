import { messagesOf } from "../messages.ts";
import { AnswerFailure } from "./answerFailure.ts";
import { namedProxy } from "./proxies.ts";

/**
 * Codes of connections that were not made, so that the request was not sent: the next moment may be better.
 */
const momentaryCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_SOCKET",
]);

/** Why no answer came, in the network's own words, such as `connect ECONNREFUSED 127.0.0.1:3128`. */
export function networkReason(error: unknown): string {
  const innermost = innermostCause(error);
  return innermost instanceof Error ? innermost.message : String(innermost);
}

/** Whether a request got no usable answer: that is how `fetch` says so. */
export function isNetworkFailure(error: unknown): boolean {
  return error instanceof TypeError && error.cause instanceof Error;
}

/** Whether a request that got no usable answer had been sent: it may have had an effect. */
export function wasSent(error: unknown): boolean {
  return innermostCause(error) instanceof AnswerFailure;
}

/** Whether the same request may be answered in a moment; with the milliseconds that the server asks to wait. */
export function momentaryFailure(error: unknown): { retryAfter?: number | undefined } | undefined {
  const innermost = innermostCause(error);
  if (innermost instanceof AnswerFailure) return innermost.isMomentary ? innermost : undefined;
  const { code = "" } = (innermost ?? {}) as NodeJS.ErrnoException;
  return momentaryCodes.has(code) ? {} : undefined;
}

/** `fetch` wraps the cause, and a host with several addresses fails once for each. */
function innermostCause(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return innermostCause(error.errors[0]);
  return error instanceof Error && error.cause instanceof Error ? innermostCause(error.cause) : error;
}

/** What to check if an address cannot be reached: the network, and the proxy that the environment names. */
export function networkActions(url: string): string[] {
  const { origin, protocol } = new URL(url);
  const proxy = namedProxy(protocol);
  const messages = messagesOf("network");
  return proxy === undefined
    ? messages.getMessages("unreachable.actions", [origin])
    : messages.getMessages("unreachableByProxy.actions", [proxy.variable, proxy.address, origin]);
}
