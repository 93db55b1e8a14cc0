import { setMaxListeners } from "node:events";
import { setTimeout as timeout } from "node:timers/promises";

let ending = newEnding();

function newEnding(): AbortController {
  const made = new AbortController();
  // Each request listens as long as it runs, and there may be any number of them.
  setMaxListeners(0, made.signal);
  return made;
}

/** Aborted when the command that runs has its result: whoever still waits for another machine stops. */
export function endSignal(): AbortSignal {
  return ending.signal;
}

/**
 * Ends every request that nobody waits for any more, and every pause before a further try, so that the process ends with
 * its command. A later command in the same process starts afresh.
 */
export function endConnections(): void {
  const ended = ending;
  ending = newEnding();
  ended.abort(new Error("The command has ended."));
}

/** Waits before a further try, unless the command ends meanwhile. */
export async function pause(milliseconds: number, signal = endSignal()): Promise<void> {
  await timeout(milliseconds, undefined, { signal });
}
