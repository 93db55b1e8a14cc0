import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type RecordedRequest, roundTripsOf } from "../recordedRequests.ts";

/** What a process took. */
export interface Measured {
  /** Seconds from its start to its end. */
  wall: number;
  /** Seconds of the processors. */
  processor: number;
  /** Peak memory in MiB. */
  mebibytes: number;
  /** Seconds from the start of the process to its first request; not a number if it made none. */
  start: number;
}

/**
 * What the operating system counts of a process, and when its first request leaves, is known to the process alone. What it forks
 * is no part of it.
 */
const usageAtExit = `data:text/javascript,${encodeURIComponent(`
  const file = process.env.CPQ_BENCH_FILE;
  delete process.env.CPQ_BENCH_FILE;
  const { getBuiltinModule } = process;
  let start;
  getBuiltinModule("node:diagnostics_channel").subscribe("undici:client:sendHeaders", () => start ??= performance.now());
  if (file) process.on("exit", () => {
    getBuiltinModule("node:fs").writeFileSync(file, JSON.stringify({ ...process.resourceUsage(), start }));
  });
`)}`;

/** Runs a Node script in a process of its own. @throws Error with its output where it fails */
export function measure(
  script: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Measured> {
  return inFolder(async (folder) => {
    const file = join(folder, "usage.json");
    const started = performance.now();
    await run(usageAtExit, script, args, cwd, { ...env, CPQ_BENCH_FILE: file });
    const wall = (performance.now() - started) / 1000;
    const usage: NodeJS.ResourceUsage & { start?: number } = JSON.parse(readFileSync(file, "utf8"));
    return {
      wall,
      processor: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
      mebibytes: usage.maxRSS / 1024,
      start: (usage.start ?? Number.NaN) / 1000,
    };
  });
}

/** How many requests a script makes, and in how many round trips. Recording takes time, so no time is measured. */
export function countRequests(
  script: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ requests: number; roundTrips: number }> {
  return inFolder(async (folder) => {
    const file = join(folder, "requests.json");
    const recorder = pathToFileURL(join(import.meta.dirname, "recordAtExit.ts")).href;
    await run(recorder, script, args, cwd, { ...env, CPQ_BENCH_FILE: file });
    // JSON has no word for a request that got no answer.
    const requests = (JSON.parse(readFileSync(file, "utf8")) as RecordedRequest[]).map((request) => ({
      ...request,
      to: request.to ?? Number.POSITIVE_INFINITY,
    }));
    return { requests: requests.length, roundTrips: roundTripsOf(requests).length };
  });
}

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "cpq-usage-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(
  preload: string,
  script: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const child = spawn(process.execPath, ["--import", preload, script, ...args], {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}.\n${output}`);
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Median and range. */
export function spread(values: readonly number[]): string {
  return `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)})`;
}
