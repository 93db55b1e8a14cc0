import { endSignal, pause } from "../network/ending.ts";

const mostFailures = 3;

/** How it is asked. */
interface Polling<Answer> {
  /** Milliseconds from one question to the next, by the milliseconds from the first question to the last one. */
  interval?(elapsed: number): number;
  onAnswer?(answer: Answer): void;
}

/**
 * Asks until the answer is done: first at once, then after intervals. A few failures in a row are tolerated,
 * because the org goes on working.
 *
 * @param deadline milliseconds since the epoch; the last question is asked then
 * @returns the last answer, which is not done if the deadline came first
 * @throws what `ask` throws, once it has failed too often in a row
 */
export async function pollUntilDone<Answer extends { done: boolean }>(
  ask: () => Promise<Answer>,
  deadline: number,
  { onAnswer = () => {}, interval: intervalAfter = deployInterval }: Polling<Answer> = {},
): Promise<Answer> {
  const signal = endSignal();
  const started = Date.now();
  for (let failures = 0; ; ) {
    const asked = Date.now();
    let interval = intervalAfter(asked - started);
    try {
      const answer = await ask();
      failures = 0;
      onAnswer(answer);
      if (answer.done || Date.now() >= deadline) return answer;
    } catch (error) {
      failures += 1;
      if (failures > mostFailures || signal.aborted) throw error;
      interval = Math.max(interval, 1000);
    }
    const now = Date.now();
    await pause(Math.max(0, Math.min(pauseAfter(interval, now - asked), deadline - now)), signal);
  }
}

/**
 * Milliseconds from one question to the next. A deploy of one app takes 2 to 15 seconds as a rule, so within that time its
 * end is noticed within 0.3 seconds at the median, and after it as soon as by one question a second, which is the pace of
 * Salesforce's own client. What takes longer than a minute is noticed within 2 %. Over the first minute, these are 12
 * questions more than one a second at most.
 *
 * @param elapsed milliseconds from the first question to the last one
 */
export function deployInterval(elapsed: number): number {
  if (elapsed < 15_000) return 580;
  return Math.min(Math.max(1000, elapsed * 0.02), 10_000);
}

/** The same for a retrieve. It is often done at once, so the first intervals are short. */
export function retrieveInterval(elapsed: number): number {
  return Math.min(100 + elapsed, deployInterval(elapsed));
}

/**
 * The time that an answer takes is part of the interval, so that a distant org is not noticed later than a near one. But
 * an org that answers slowly is left in peace for a third of the interval.
 */
export function pauseAfter(interval: number, answerTook: number): number {
  return Math.max(interval - answerTook, interval / 3);
}
