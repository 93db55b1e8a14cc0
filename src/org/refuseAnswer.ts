import { messagesOf } from "../messages.ts";
import { syntaxProblem } from "../metadata/xmlText.ts";
import { AnswerFailure, retryAfterOf } from "../network/answerFailure.ts";
import type { WholeAnswer } from "../network/wholeAnswer.ts";

const messages = messagesOf("org");

/** A server that says so will be better, or less busy, in a moment. */
const busy = new Set([429, 500, 502, 503, 504]);

/**
 * Why an answer is none of a Salesforce org: a page of a proxy, a part of an answer, nothing at all, or a redirect. The
 * Salesforce library would take most of them for an empty answer, and follow a redirect with the user's token to any
 * host.
 */
export function refuseAnswer(answer: WholeAnswer): AnswerFailure | undefined {
  const { status, headers, path, origin, body } = answer;
  if (status >= 300 && status < 400 && headers.location !== undefined) {
    const place = URL.parse(String(headers.location), origin)?.origin ?? String(headers.location);
    return new AnswerFailure(messages.getMessage("answer.redirect", [status, place]), { isMomentary: false });
  }
  // The library gets a new session then.
  if (status === 401 || status === 204) return undefined;
  const text = body.toString("utf8");
  const isSoap = path.startsWith("/services/Soap/");
  const oddity = isSoap ? oddityOfSoap(answer, text) : oddityOfJson(answer, text);
  const retryAfter = retryAfterOf(headers["retry-after"]?.toString());
  const isBusy = busy.has(status);
  const circumstances = {
    isMomentary: isBusy || status < 400,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
  if (oddity !== undefined) {
    const words = [`HTTP ${status}`, oddity, beginningOf(text)].filter((part) => part !== "");
    return new AnswerFailure(words.join(": "), circumstances);
  }
  // By SOAP, each fault has this status.
  if (!isBusy || (isSoap && status === 500)) return undefined;
  const words = isSoap ? wordsOfFault(text) : wordsOfError(text);
  return new AnswerFailure(`HTTP ${status}: ${words}`, circumstances);
}

function oddityOfSoap({ headers }: WholeAnswer, text: string): string | undefined {
  if (text.trim() === "") return messages.getMessage("answer.empty");
  if (!/\bxml\b/.test(String(headers["content-type"]))) return messages.getMessage("answer.notXml");
  const problem = syntaxProblem(text);
  if (problem !== undefined) return messages.getMessage("answer.brokenXml", [problem]);
  const [, content = ""] = /<(?:[\w-]+:)?Body\b[^>]*>\s*<(?:[\w-]+:)?(\w+)/.exec(text) ?? [];
  return /(Response|Fault)$/.test(content) ? undefined : messages.getMessage("answer.notSoap");
}

function oddityOfJson({ headers }: WholeAnswer, text: string): string | undefined {
  if (text.trim() === "") return messages.getMessage("answer.empty");
  if (!/\bjson\b/.test(String(headers["content-type"]))) return messages.getMessage("answer.notJson");
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null ? undefined : messages.getMessage("answer.notJson");
  } catch {
    return messages.getMessage("answer.brokenJson");
  }
}

/** The beginning of a page without its markup, which is enough to recognise it. An answer's own data is not shown. */
function beginningOf(text: string): string {
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text.slice(0, 20_000))?.[1];
  return (title ?? "").trim().slice(0, 200);
}

function wordsOfFault(text: string): string {
  const fault = /<faultstring>([^<]*)<\/faultstring>/.exec(text)?.[1];
  return fault?.slice(0, 2000) || messages.getMessage("answer.noReason");
}

/** `[{"errorCode": …, "message": …}]`, as the REST API says what went wrong. */
function wordsOfError(text: string): string {
  const json: unknown = JSON.parse(text);
  const [first] = Array.isArray(json) ? json : [json];
  const { errorCode, message, error, error_description } = (first ?? {}) as Record<string, unknown>;
  const words = [errorCode ?? error, message ?? error_description].filter((part) => typeof part === "string");
  return words.join(": ").slice(0, 2000) || messages.getMessage("answer.noReason");
}
