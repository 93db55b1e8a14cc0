import { readdirSync } from "node:fs";
import { join } from "node:path";
import { reasonOf } from "../../app/reasonOf.ts";
import { readJsonFile } from "../../files/jsonFile.ts";
import { writeWhole } from "../../files/wholeFile.ts";
import { messagesOf } from "../../messages.ts";
import type { DriftReport } from "../../results/drift.ts";
import { type DriftRun, driftRunOf, driftRunSchema } from "../../results/driftHistory.ts";

/** How many runs a report draws. */
const drawn = 30;

/** Names begin with the time, so that their order is that of the runs. Windows allows no colons in names. */
const nameOfRun = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z\.json$/;

/**
 * Keeps what a report found as a small file of a folder. What stands in the way is told and does not stop the report.
 *
 * @returns the last runs of the folder, oldest first, this one included
 */
export function keepRun(
  folder: string,
  report: DriftReport,
  onProblem: (text: string) => void,
): readonly DriftRun[] {
  const messages = messagesOf("connectedapp.drift");
  const run = driftRunOf(report);
  try {
    writeWhole(join(folder, fileNameOf(run)), `${JSON.stringify(run)}\n`);
    const names = readdirSync(folder).filter((name) => nameOfRun.test(name));
    return names
      .sort()
      .slice(-drawn)
      .flatMap((name) => readRun(join(folder, name)));
  } catch (error) {
    onProblem(messages.getMessage("historyNotKept", [folder, reasonOf(error)]));
    return [];
  }

  function readRun(file: string): DriftRun[] {
    try {
      return [readJsonFile(file, driftRunSchema)];
    } catch (error) {
      onProblem(messages.getMessage("notARun", [file, reasonOf(error)]));
      return [];
    }
  }
}

/** A report that was read from a file may hold anything as its time, which must not become a path. @throws RangeError */
function fileNameOf({ checkedAt }: DriftRun): string {
  return `${new Date(checkedAt).toISOString().replaceAll(":", "-")}.json`;
}
