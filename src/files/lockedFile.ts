import { readFileSync, realpathSync } from "node:fs";
import { dirname } from "node:path";
import { lock } from "proper-lockfile";
import { makeFolder } from "./folder.ts";
import { writeWhole } from "./wholeFile.ts";

/** Half a minute in all. An edit takes milliseconds, so whoever waits longer waits for a process that hangs. */
const patience = { retries: { retries: 150, factor: 1, minTimeout: 200, maxTimeout: 200 }, realpath: false };

/**
 * Changes the text of a file. Others who change it through this function wait.
 *
 * @param change gets the text as it is now
 * @throws the error of `change` or of the file system; then the file is as it was
 */
export function changeLockedFile(file: string, change: (text: string) => string): Promise<void> {
  const target = realpathSync(file);
  return whileLocked(target, () => writeWhole(target, change(readFileSync(target, "utf8"))));
}

/**
 * Does some work while nobody else does any under the lock of the same file, which need not exist yet.
 *
 * @throws the error of the work or of the file system
 */
export async function whileLocked<Result>(
  file: string,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  makeFolder(dirname(file), 0o700);
  const release = await lock(file, patience);
  try {
    return await work();
  } finally {
    await release();
  }
}

/**
 * The same, but without waiting: undefined if somebody else holds the lock.
 *
 * @throws the error of the work or of the file system
 */
export async function whileLockedAtOnce<Result>(
  file: string,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  makeFolder(dirname(file), 0o700);
  const release = await lock(file, { realpath: false, retries: 0 }).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === "ELOCKED") return undefined;
    throw error;
  });
  if (release === undefined) return undefined;
  try {
    return await work();
  } finally {
    await release();
  }
}
