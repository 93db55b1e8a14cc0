import { messagesOf } from "../messages.ts";
import {
  isNetworkFailure,
  momentaryFailure,
  networkActions,
  networkReason,
  wasSent,
} from "../network/failure.ts";
import { type Outcome, withRetries } from "../network/retries.ts";
import { SfError } from "../sfError.ts";

/**
 * Does some work at once or, if too much is running, later.
 *
 * @param calls how many calls the org counts for it against its daily limit: 1 but for a batch
 */
export type Limit = <Result>(work: () => Promise<Result>, calls?: number) => Promise<Result>;

/** An org, as far as a call needs it. */
interface AskedOrg {
  name: string;
  /** My Domain URL without a trailing slash. */
  instanceUrl: string;
  /** Makes a call when the limit of simultaneous calls allows it. */
  limit: Limit;
}

/** How a call is made. */
interface Question<Answer> {
  /** Whether it is an answer at all. A proxy's page is read without an error, but holds nothing. */
  isAnswer?: (answer: Answer) => boolean;
  /**
   * A call that changes the org is made only once, because nobody knows whether a call whose answer was lost had an
   * effect.
   */
  changes?: boolean;
  /** How many calls the org counts for it. */
  calls?: number;
}

/**
 * Calls the org, within the limit of its connection. A call that only reads is tried again after a momentary failure.
 * What fails in the end becomes an error that names the call and the org.
 *
 * @throws SfError `OrgRequestFailedError` with the org's own text, `OrgUnreachableError` with the network's,
 *   or `NoOrgAnswerError`
 */
export async function askOrg<Answer>(
  org: AskedOrg,
  what: string,
  call: () => PromiseLike<Answer>,
  { isAnswer = () => true, changes = false, calls = 1 }: Question<Answer> = {},
): Promise<Answer> {
  const ask = () => org.limit(async () => call(), calls);
  try {
    const answer = await (changes ? ask() : withRetries(ask, isMomentary));
    if (isAnswer(answer)) return answer;
  } catch (error) {
    throw refusedBy(org, what, error);
  }
  throw messagesOf("org").createError("noOrgAnswer", [org.name, what], [org.name]);
}

/** The error of a call that the org, or something on the way to it, refused. */
export function refusedBy(
  org: Pick<AskedOrg, "name" | "instanceUrl">,
  what: string,
  error: unknown,
): SfError {
  // Who limits calls has refused this one.
  if (error instanceof SfError) return error;
  const messages = messagesOf("org");
  if (isNetworkFailure(error)) {
    return SfError.create({
      name: "OrgUnreachableError",
      message: messages.getMessage("orgUnreachable", [org.name, what, networkReason(error)]),
      actions: networkActions(org.instanceUrl),
      cause: error,
    });
  }
  // The library looked for something in the answer that is not there.
  if (error instanceof TypeError) return messages.createError("noOrgAnswer", [org.name, what], [org.name]);
  const { name, message } = SfError.wrap(error);
  const orgText = message.length > 2000 ? `${message.slice(0, 2000)} …` : message;
  const failure = messages.createError(
    "orgRequestFailed",
    [org.name, what, `${name}: ${orgText}`],
    [org.name],
  );
  if (isSecretAccessOff(name, message)) failure.actions = messages.getMessages("secretAccessOff.actions");
  return Object.assign(failure, { cause: error });
}

/** The org's words where its setting lets nobody read consumer secrets by REST. */
function isSecretAccessOff(name: string, message: string): boolean {
  return /FUNCTIONALITY_NOT_ENABLED/.test(`${name}: ${message}`) && /client ?secret/i.test(message);
}

/** Whether the org may have done what it was asked, though no answer says so. @param failure that `askOrg` threw */
export function mayHaveArrived(failure: unknown): boolean {
  const { name, cause } = failure as Error;
  return name === "NoOrgAnswerError" || wasSent(cause) || isBusy(cause);
}

/** A lost connection, a server that is busy for a moment, or too many requests at once. */
function isMomentary(outcome: Outcome<unknown>): ReturnType<typeof momentaryFailure> {
  if (!("error" in outcome)) return undefined;
  return isBusy(outcome.error) ? {} : momentaryFailure(outcome.error);
}

/** The Metadata API says by a fault that it is busy, or in trouble. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && /SERVER_UNAVAILABLE|UNKNOWN_EXCEPTION/.test(SfError.wrap(error).name);
}

/** Whether the org has given a job its Id. */
export function hasId(answer: unknown): boolean {
  const { id } = (answer ?? {}) as { id?: unknown };
  return typeof id === "string" && id !== "";
}
