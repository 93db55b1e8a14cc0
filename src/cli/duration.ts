import { millisecondsOf } from "../app/durations.ts";
import { messagesOf } from "../messages.ts";

/**
 * What a user gave as a duration, such as `30d`; undefined if there is none.
 *
 * @throws SfError `InvalidDurationError` (exit code 2)
 */
export function durationOf(given: string | undefined): { text: string; milliseconds: number } | undefined {
  if (given === undefined) return undefined;
  const milliseconds = millisecondsOf(given);
  if (milliseconds === undefined) throw messagesOf("shared").createError("invalidDuration", [given], [], 2);
  return { text: given.replace(/\s/g, ""), milliseconds };
}
