import type { WholeAnswer } from "../network/wholeAnswer.ts";

/** By origin: how many milliseconds a server's clock was ahead of this machine's when it last answered. */
const ahead = new Map<string, number>();

/** Takes the time from an answer that names one. */
export function noteTime({ origin, headers }: Pick<WholeAnswer, "origin" | "headers">): void {
  const date = Date.parse(String(headers.date ?? ""));
  if (!Number.isNaN(date)) ahead.set(origin, date - Date.now());
}

/**
 * What time it is at a server, in milliseconds since the epoch: by its last answer, to a second or two, or by this
 * machine's clock if it has not answered yet.
 */
export function timeAt(url: string): number {
  return Date.now() + (ahead.get(new URL(url).origin) ?? 0);
}
