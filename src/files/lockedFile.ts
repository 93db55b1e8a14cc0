import { readFileSync } from "node:fs";
import { lock } from "proper-lockfile";
import { writeWhole } from "./wholeFile.ts";

/** Half a minute in all. An edit takes milliseconds, so whoever waits longer waits for a process that hangs. */
const patience = { retries: { retries: 150, factor: 1, minTimeout: 200, maxTimeout: 200 }, realpath: true };

/**
 * Changes the text of a file. Others who change it through this function wait.
 *
 * @param change gets the text as it is now
 * @throws the error of `change` or of the file system; then the file is as it was
 */
export async function changeLockedFile(file: string, change: (text: string) => string): Promise<void> {
  const release = await lock(file, patience);
  try {
    writeWhole(file, change(readFileSync(file, "utf8")));
  } finally {
    await release();
  }
}
