import { setTimeout as pause } from "node:timers/promises";
import { SfError } from "@salesforce/core/sfError";
import { messagesOf } from "../messages.ts";
import { isNetworkFailure, networkActions, networkReason } from "../network/failure.ts";
import type { TargetOrg } from "./connect.ts";

/** How long one answer of the org may take, in milliseconds. Salesforce itself lets a request run this long. */
const longest = 120_000;

/** Milliseconds before each further try after a momentary failure. */
const pauses = [500, 2000];

type AskedOrg = Pick<TargetOrg, "name" | "instanceUrl" | "limit">;

/** How a call is made. */
interface Question<Answer> {
  /** Whether it is an answer at all. A proxy's page is read without an error, but holds nothing. */
  isAnswer?: (answer: Answer) => boolean;
  /**
   * A call that changes the org is made only once, because nobody knows whether a call whose answer was lost had an
   * effect.
   */
  changes?: boolean;
}

/**
 * Calls the org, within the limit of its connection. A call that only reads is tried again after a momentary failure.
 * What fails in the end becomes an error that names the call and the org.
 *
 * @throws SfError `OrgRequestFailedError` with the org's own text, `OrgUnreachableError` with the network's,
 *   `OrgDidNotAnswerError` or `NoOrgAnswerError`
 */
export async function askOrg<Answer>(
  org: AskedOrg,
  what: string,
  call: () => PromiseLike<Answer>,
  { isAnswer = () => true, changes = false }: Question<Answer> = {},
): Promise<Answer> {
  const inTime = () => org.limit(() => answerInTime(org.name, what, call));
  try {
    const answer = await (changes ? inTime() : withRetries(inTime));
    if (isAnswer(answer)) return answer;
  } catch (error) {
    throw failureOf(org, what, error);
  }
  throw messagesOf("org").createError("noOrgAnswer", [org.name, what], [org.name]);
}

function failureOf(org: AskedOrg, what: string, error: unknown): SfError {
  const messages = messagesOf("org");
  if (error instanceof SfError && error.name === "OrgDidNotAnswerError") return error;
  if (isNetworkFailure(error)) {
    return SfError.create({
      name: "OrgUnreachableError",
      message: messages.getMessage("orgUnreachable", [org.name, what, networkReason(error)]),
      actions: networkActions(org.instanceUrl),
    });
  }
  const { name, message } = SfError.wrap(error);
  const orgText = message.length > 2000 ? `${message.slice(0, 2000)} …` : message;
  return messages.createError("orgRequestFailed", [org.name, what, `${name}: ${orgText}`], [org.name]);
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
  const { name, message } = SfError.wrap(error);
  return /ECONNRESET|ECONNREFUSED|ETIMEDOUT|EPIPE|EAI_AGAIN|other side closed|socket hang up|SERVER_UNAVAILABLE|ERROR_HTTP_(429|502|503|504)\b/.test(
    `${name} ${message} ${networkReason(error)}`,
  );
}

/** Whether the org has given a job its Id. */
export function hasId(answer: unknown): boolean {
  const { id } = (answer ?? {}) as { id?: unknown };
  return typeof id === "string" && id !== "";
}
