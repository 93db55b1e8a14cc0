import { setTimeout as pause } from "node:timers/promises";
import { SfError } from "@salesforce/core/sfError";
import type { HttpAnswer } from "./http.ts";

/** Milliseconds before each further try. */
const pauses = [500, 2000];

/** Milliseconds after which nothing is tried again: a server that was this slow will be slow again. */
const patience = 10_000;

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
  const end = Date.now() + patience;
  for (const milliseconds of pauses) {
    const answer = await ask().catch(unreachable);
    if (answer !== undefined && isOfUse(answer)) return answer;
    if (Date.now() + milliseconds > end) break;
    await pause(milliseconds);
  }
  return ask();
}

function unreachable(error: unknown): undefined {
  if (!(error instanceof SfError && error.name === "UnreachableError")) throw error;
}
