/** The time as the org has it. */
export interface Clock {
  /** Seconds since the epoch. */
  now: number;
  /** At least how many seconds this machine's clock is ahead of the org's; negative if it is behind. */
  ahead: number;
}

/**
 * The org's clock, by the Date header of an answer. The header has whole seconds, and the answer was made at some time
 * between its request and its arrival: only a difference beyond both counts, so that a slow network does not look like
 * a wrong clock.
 *
 * @param date undefined if the answer names no time: then this machine's clock must do
 * @param sentAt milliseconds since the epoch, by this machine's clock
 * @param receivedAt milliseconds since the epoch, by this machine's clock
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1
 */
export function clockOf(date: string | null, sentAt: number, receivedAt: number): Clock {
  const answered = Date.parse(date ?? "");
  if (Number.isNaN(answered)) return { now: receivedAt / 1000, ahead: 0 };
  const ahead = Math.max(sentAt - (answered + 1000), 0) + Math.min(receivedAt - answered, 0);
  return { now: answered / 1000, ahead: Math.round(ahead / 1000) };
}
