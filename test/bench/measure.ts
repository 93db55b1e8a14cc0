import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a process took. */
export interface Measured {
  /** Seconds from its start to its end. */
  wall: number;
  /** Seconds of the processors. */
  processor: number;
  /** Peak memory in MiB. */
  mebibytes: number;
}

/** Runs a Node script in a process of its own. @throws Error with its output where it fails */
export async function measure(
  script: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "cpq-usage-"));
  const file = join(folder, "usage.json");
  // What the operating system counts of a process is known to the process alone.
  const report = `process.on("exit",()=>process.getBuiltinModule("node:fs").writeFileSync(${JSON.stringify(file)},JSON.stringify(process.resourceUsage())))`;
  const node = ["--import", `data:text/javascript,${encodeURIComponent(report)}`];
  try {
    const started = performance.now();
    const child = spawn(process.execPath, [...node, script, ...args], {
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
    const wall = (performance.now() - started) / 1000;
    if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}.\n${output}`);
    const usage: NodeJS.ResourceUsage = JSON.parse(readFileSync(file, "utf8"));
    return {
      wall,
      processor: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
      mebibytes: usage.maxRSS / 1024,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
