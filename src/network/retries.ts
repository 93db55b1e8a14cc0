import { AsyncLocalStorage } from "node:async_hooks";
import { endSignal, pause } from "./ending.ts";

/** How a try went: it gave an answer or an error. */
export type Outcome<Answer> = { answer: Answer } | { error: unknown };

/** Milliseconds before each further try, a quarter more or less, so that many clients do not come back together. */
const pauses = [500, 2000];

/** Milliseconds within which the last try must begin. A server that wants a longer wait is not asked again. */
const patience = 30_000;

const deadlines = new AsyncLocalStorage<number>();

/**
 * Does some work whose requests are not tried again beyond a deadline, however deep in it they are made. Each is made once in
 * any case.
 *
 * @param deadline milliseconds since the epoch
 */
export function withinDeadline<Result>(deadline: number, work: () => Result): Result {
  return deadlines.run(deadline, work);
}

/**
 * The one way in which what only reads is tried again: at most three times, after growing pauses or the one that the
 * server asks for.
 *
 * @param again what says that the next try may go better: `undefined` ends it; `retryAfter` has milliseconds
 * @returns the last answer
 * @throws the last error
 */
export async function withRetries<Answer>(
  ask: () => Promise<Answer>,
  again: (outcome: Outcome<Answer>) => { retryAfter?: number | undefined } | undefined,
): Promise<Answer> {
  const signal = endSignal();
  const end = Math.min(Date.now() + patience, deadlines.getStore() ?? Number.POSITIVE_INFINITY);
  for (let tries = 0; ; tries++) {
    const outcome: Outcome<Answer> = await ask().then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error }),
    );
    const wish = again(outcome);
    const usual = (pauses[tries] ?? 0) * (0.75 + Math.random() / 2);
    const wait = Math.max(wish?.retryAfter ?? 0, usual);
    const isLast =
      wish === undefined || pauses[tries] === undefined || Date.now() + wait > end || signal.aborted;
    if (!isLast) await pause(wait, signal);
    else if ("error" in outcome) throw outcome.error;
    else return outcome.answer;
  }
}
