import * as Flags from "@oclif/core/flags";
import { messagesOf } from "../messages.ts";
import type { DriftReport } from "../results/drift.ts";
import type { DriftRun } from "../results/driftHistory.ts";

/** `--history DIR`, for commands whose report is that of a whole run. */
export const historyFlag = Flags.string({
  helpValue: "DIR",
  summary: messagesOf("connectedapp.drift").getMessage("flags.history.summary"),
});

/**
 * Keeps a report in the folder, if there is one.
 *
 * @returns the last runs, oldest first; none without a folder
 */
export async function history(
  folder: string | undefined,
  report: DriftReport,
  onProblem: (text: string) => void,
): Promise<readonly DriftRun[]> {
  if (folder === undefined) return [];
  const { keepRun } = await import("../runs/drift/history.ts");
  return keepRun(folder, report, onProblem);
}
