import { setTimeout as pause } from "node:timers/promises";
import { SfError } from "@salesforce/core/sfError";
import { messagesOf } from "../messages.ts";
import type { TargetOrg } from "./connect.ts";

/** How long one answer of the org may take, in milliseconds: as long as Salesforce itself lets a request run. */
const longest = 120_000;

/** Milliseconds before each further try of a question that failed for a moment. */
const pauses = [500, 2000];

/** How a call is made. */
interface Question<Answer> {
  /** Whether it is an answer at all: a proxy's page is read without an error, and holds nothing. */
  isAnswer?: (answer: Answer) => boolean;
  /** A call that changes the org is made once: nobody knows whether a lost answer had an effect. */
  changes?: boolean;
}

/**
 * Calls the org, within the limit of its connection; what only reads is tried again after a moment's failure. What goes
 * wrong in the end becomes an error that says which call, of which org.
 *
 * @throws SfError `OrgRequestFailedError` with the org's own text, `OrgDidNotAnswerError` or `NoOrgAnswerError`
 */
export async function askOrg<Answer>(
  { name: orgName, limit }: Pick<TargetOrg, "name" | "limit">,
  what: string,
  call: () => PromiseLike<Answer>,
  { isAnswer = () => true, changes = false }: Question<Answer> = {},
): Promise<Answer> {
  const inTime = () => limit(() => answerInTime(orgName, what, call));
  const messages = messagesOf("org");
  try {
    const answer = await (changes ? inTime() : withRetries(inTime));
    if (isAnswer(answer)) return answer;
  } catch (error) {
    if (error instanceof SfError && error.name === "OrgDidNotAnswerError") throw error;
    const { name, message } = SfError.wrap(error);
    const orgText = message.length > 2000 ? `${message.slice(0, 2000)} …` : message;
    throw messages.createError("orgRequestFailed", [orgName, what, `${name}: ${orgText}`], [orgName]);
  }
  throw messages.createError("noOrgAnswer", [orgName, what], [orgName]);
}

async function answerInTime<Answer>(
  orgName: string,
  what: string,
  call: () => PromiseLike<Answer>,
): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    const late = () =>
      reject(messagesOf("org").createError("orgDidNotAnswer", [orgName, what, String(longest / 1000)]));
    timer = setTimeout(late, longest);
  });
  try {
    return await Promise.race([Promise.resolve(call()), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

async function withRetries<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (const milliseconds of pauses) {
    try {
      return await ask();
    } catch (error) {
      if (!isMomentary(error)) throw error;
      await pause(milliseconds);
    }
  }
  return ask();
}

/** A lost connection, a server that is busy for a moment, or too many requests at once. */
function isMomentary(error: unknown): boolean {
  const { name, message, cause } = SfError.wrap(error);
  const code =
    (cause as { code?: unknown } | undefined)?.code ?? (error as { code?: unknown } | undefined)?.code;
  return /ECONNRESET|ECONNREFUSED|ETIMEDOUT|EPIPE|EAI_AGAIN|socket hang up|SERVER_UNAVAILABLE|ERROR_HTTP_(429|502|503|504)\b/.test(
    `${name} ${message} ${String(code)}`,
  );
}

/** Whether the org has given a job its Id. */
export function hasId(answer: unknown): boolean {
  const { id } = (answer ?? {}) as { id?: unknown };
  return typeof id === "string" && id !== "";
}
