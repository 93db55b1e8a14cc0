import { endSignal, pause } from "../network/ending.ts";

const mostFailures = 3;

/**
 * Asks until the answer is done: first at once, then at growing intervals, so that a fast org causes no wait and a slow
 * one no endless questions. A few failures in a row are tolerated, because the org goes on working.
 *
 * @param deadline milliseconds since the epoch
 * @returns the last answer, which is not done if the deadline came first
 * @throws what `ask` throws, once it has failed too often in a row
 */
export async function pollUntilDone<Answer extends { done: boolean }>(
  ask: () => Promise<Answer>,
  deadline: number,
  onAnswer: (answer: Answer) => void = () => {},
): Promise<Answer> {
  const signal = endSignal();
  let failures = 0;
  for (let interval = 50; ; interval = Math.min(interval * 1.5, 3000)) {
    try {
      const answer = await ask();
      failures = 0;
      onAnswer(answer);
      if (answer.done || Date.now() + interval > deadline) return answer;
    } catch (error) {
      failures += 1;
      if (failures > mostFailures || signal.aborted) throw error;
      interval = Math.max(interval, 1000);
    }
    await pause(interval, signal);
  }
}
