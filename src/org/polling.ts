import { setTimeout as pause } from "node:timers/promises";

/**
 * Asks until the answer is done: at first at once, then in growing intervals, so that a fast org is not waited for and a
 * slow one is not asked without end.
 *
 * @param deadline milliseconds since the epoch
 * @returns the last answer, which is not done where the deadline came first
 */
export async function pollUntilDone<Answer extends { done: boolean }>(
  ask: () => Promise<Answer>,
  deadline: number,
  onAnswer: (answer: Answer) => void = () => {},
): Promise<Answer> {
  for (let interval = 50; ; interval = Math.min(interval * 1.5, 3000)) {
    const answer = await ask();
    onAnswer(answer);
    if (answer.done || Date.now() + interval > deadline) return answer;
    await pause(interval);
  }
}
