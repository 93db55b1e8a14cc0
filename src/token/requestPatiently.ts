import { retryAfterOf } from "../network/answerFailure.ts";
import { momentaryFailure } from "../network/failure.ts";
import { withRetries } from "../network/retries.ts";
import type { HttpAnswer } from "./http.ts";

/**
 * Whether another answer may come in a moment, because there were too many requests at once, or the server is in
 * trouble.
 */
export function isMomentary({ status }: HttpAnswer): boolean {
  return status === 429 || status >= 500;
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
