import { randomUUID } from "node:crypto";
import { rmSync, statSync, utimesSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { z } from "zod";
import { makeFolder } from "./folder.ts";
import { readJsonFile } from "./jsonFile.ts";
import { createWhole, isFileError } from "./wholeFile.ts";

const holderSchema = z.object({
  pid: z.int(),
  host: z.string(),
  /** What the process was started for, in the words of a command line. */
  command: z.string(),
  /** ISO 8601, UTC. */
  since: z.string(),
  token: z.string(),
});

/** Who holds a lock. */
export type LockHolder = z.output<typeof holderSchema>;

/** A lock that was taken, or who has it. */
export type LockAttempt = { release: () => void } | { holder: LockHolder };

/** How often the holder shows that it still works, and after what silence it counts as gone; in milliseconds. */
const heartbeat = 30_000;
const longestSilence = 10 * 60_000;

/** The locks of this process. Another process may have had the same number before, in a container above all. */
const held = new Set<string>();

/**
 * Takes a lock for a piece of work that may take minutes, if nobody has it: a file that says who holds it. A lock whose
 * process has ended without releasing it is stale, and is taken over.
 *
 * @param file of the lock; the folders above it are made
 * @throws the error of the file system
 */
export async function tryLock(file: string, command: string): Promise<LockAttempt> {
  const folder = dirname(file);
  makeFolder(folder, 0o700);
  // Two that take over the same stale lock at once would take it from each other.
  const options = { realpath: false, lockfilePath: join(folder, ".guard"), retries: guardRetries };
  const leave = await lock(folder, options);
  try {
    const holder = holderOf(file);
    if (holder !== undefined && !isStale(file, holder)) return { holder };
    rmSync(file, { force: true });
    return hold(file, command);
  } finally {
    await leave();
  }
}

/**
 * The same, waiting for a holder until a deadline, in milliseconds since the epoch.
 *
 * @param onHolder is told once of each holder that is waited for
 */
export async function waitForLock(
  file: string,
  command: string,
  { deadline, onHolder }: { deadline: number; onHolder(holder: LockHolder): void },
): Promise<LockAttempt> {
  for (let told: string | undefined; ; await pause(250)) {
    const attempt = await tryLock(file, command);
    if ("release" in attempt || Date.now() > deadline) return attempt;
    if (told !== attempt.holder.token) onHolder(attempt.holder);
    told = attempt.holder.token;
  }
}

/** It is held for milliseconds, except by a process that was killed within them. */
const guardRetries = { retries: 150, factor: 1, minTimeout: 100, maxTimeout: 200 };

function hold(file: string, command: string): LockAttempt {
  const token = randomUUID();
  const holder = { pid: process.pid, host: hostname(), command, since: new Date().toISOString(), token };
  createWhole(file, `${JSON.stringify(holder, null, 2)}\n`, 0o600);
  held.add(token);
  const timer = setInterval(() => showLife(file), heartbeat);
  timer.unref();
  const release = () => {
    clearInterval(timer);
    // Somebody may have taken it over while this machine slept.
    if (held.delete(token) && holderOf(file)?.token === token) rmSync(file, { force: true });
  };
  return { release };
}

function showLife(file: string): void {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // The lock is gone, which its release will find too.
  }
}

/** A lock that cannot be read, after a full disk perhaps, is nobody's. */
function holderOf(file: string): LockHolder | undefined {
  try {
    return readJsonFile(file, holderSchema);
  } catch {
    return undefined;
  }
}

function isStale(file: string, { pid, host, token }: LockHolder): boolean {
  const silence = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (silence > longestSilence) return true;
  if (host !== hostname()) return false;
  return pid === process.pid ? !held.has(token) : !isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user cannot be signalled, but it is there.
    return !isFileError(error, "ESRCH");
  }
}
