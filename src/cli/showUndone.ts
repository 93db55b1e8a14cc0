import { undoneText } from "../report/undone.ts";
import { isVerified } from "../results/check.ts";
import type { Undone } from "../results/undone.ts";

/** Shows what `--abort` did, and sets the exit code; the same for all commands that have it. */
export function showUndone(undone: Undone, log: (text: string) => void): void {
  log(undoneText(undone));
  if (undone.outcome === "leftAlone") process.exitCode = 1;
  else if (!isVerified(undone.formerApp)) process.exitCode = 4;
}
