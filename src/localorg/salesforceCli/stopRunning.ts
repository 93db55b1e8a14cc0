import { setTimeout as pause } from "node:timers/promises";
import { removeAuthorizations } from "./authorizations.ts";
import {
  isRecorded,
  isRunning,
  processExists,
  type RunningOrgsRecord,
  readRecord,
  removeRecord,
} from "./runningOrgs.ts";

const longest = 15_000;

/** The orgs that run now. What a dead process left behind in the Salesforce CLI is removed. */
export async function runningOrgs(): Promise<RunningOrgsRecord | undefined> {
  const record = await readRecord();
  if (record === undefined || (await isRunning(record))) return record;
  await clean(record);
  return undefined;
}

/**
 * Stops the process that serves local orgs. It removes its authorizations, and whatever it leaves is removed here.
 *
 * @returns what was stopped, or undefined if nothing ran
 * @throws Error if the process does not end
 */
export async function stopRunningOrgs(): Promise<RunningOrgsRecord | undefined> {
  const record = await runningOrgs();
  if (record === undefined) return undefined;
  process.kill(record.pid, "SIGTERM");
  const deadline = Date.now() + longest;
  while (processExists(record.pid) && (await isRecorded(record))) {
    if (Date.now() > deadline) {
      throw new Error(`The process ${record.pid} did not end within ${longest / 1000} seconds.`);
    }
    await pause(50);
  }
  await clean(record);
  return record;
}

async function clean(record: RunningOrgsRecord): Promise<void> {
  await removeAuthorizations(record.orgs);
  await removeRecord(record);
}
