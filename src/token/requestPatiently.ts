import { retryAfterOf } from "../network/answerFailure.ts";
import { momentaryFailure } from "../network/failure.ts";
import { withRetries } from "../network/retries.ts";
import { isPage } from "./answerText.ts";
import type { HttpAnswer } from "./http.ts";

/**
 * Whether another answer may come in a moment, because there were too many requests at once, the server is in trouble, or
 * this answer is not whole.
 */
export function isMomentary(answer: HttpAnswer): boolean {
  return answer.status === 429 || answer.status >= 500 || isBroken(answer);
}

/** Whether an answer says that all is well, and is nothing, or no JSON. A page is something else. */
export function isBroken(answer: HttpAnswer): boolean {
  return answer.status === 200 && answer.json === undefined && !isPage(answer);
}

/**
 * Asks again after a moment if the server could not be reached or is in trouble. Only for requests that change nothing.
 *
 * @param isOfUse whether an answer is usable; the last answer is returned in any case
 * @throws SfError `UnreachableError`
 */
export async function requestPatiently(
  ask: () => Promise<HttpAnswer>,
  isOfUse: (answer: HttpAnswer) => boolean = (answer) => !isMomentary(answer),
): Promise<HttpAnswer> {
  return withRetries(ask, (outcome) => {
    if ("error" in outcome) return momentaryFailure(outcome.error);
    const { answer } = outcome;
    return isOfUse(answer) ? undefined : { retryAfter: retryAfterOf(answer.headers.get("retry-after")) };
  });
}
