// Wall time, memory and requests of `cpq connectedapp drift` over many orgs with three apps each. The orgs answer 100 ms
// late, in a process of their own. The bound is what the requests alone take: their number, divided by how many may be under
<<<<<<< HEAD
// way at once, times the time of an answer. Usage: npm run bench:drift [-- NUMBERS OF ORGS]
import { type ChildProcess, fork } from "node:child_process";
=======
// way at once, times the time of an answer. Usage: node test/bench/drift.ts [-- NUMBERS OF ORGS]
import { type ChildProcess, fork, spawn } from "node:child_process";
>>>>>>> c007d94 (perf: what a spec's environments share is made once, and drift spares memory)
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FleetQuestion } from "./fleetServer.ts";
<<<<<<< HEAD
import { measure } from "./measure.ts";
=======
>>>>>>> c007d94 (perf: what a spec's environments share is made once, and drift spares memory)

const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(10, 100, 300);
const latency = 100;
const concurrency = 20;
const root = join(import.meta.dirname, "..", "..");
const home = mkdtempSync(join(tmpdir(), "cpq-bench-"));
const env = {
  ...process.env,
  HOME: home,
  USERPROFILE: home,
  SF_USE_GENERIC_UNIX_KEYCHAIN: "true",
  NODE_ENV: "production",
  NODE_NO_WARNINGS: "1",
};
<<<<<<< HEAD
const measured = (...args: string[]) => measure(join(root, "bin", "run.js"), args, home, env);
=======
const memoryFile = join(home, "memory");
// Its own peak, as the operating system counts it, is known to the process alone.
const reportMemory = `process.on("exit",()=>process.getBuiltinModule("node:fs").writeFileSync(${JSON.stringify(memoryFile)},String(process.resourceUsage().maxRSS)+(process.env.SHOW?console.error(process.memoryUsage(),process.resourceUsage().userCPUTime/1e6,process.resourceUsage().systemCPUTime/1e6)??'':'')))`;

/** Runs the plugin, and returns its wall time in seconds and its peak memory in MiB. */
async function measured(...args: string[]): Promise<{ seconds: number; mebibytes: number }> {
  const node = [
    ...(process.env.NODE_ARGS?.split(" ") ?? []),
    "--import",
    `data:text/javascript,${encodeURIComponent(reportMemory)}`,
  ];
  const started = performance.now();
  const child = spawn(process.execPath, [...node, join(root, "bin", "run.js"), ...args], {
    cwd: home,
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
  const seconds = (performance.now() - started) / 1000;
  if (process.env.SHOW) console.error(output);
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}.\n${output}`);
  return { seconds, mebibytes: Number(readFileSync(memoryFile, "utf8")) / 1024 };
}
>>>>>>> c007d94 (perf: what a spec's environments share is made once, and drift spares memory)

async function ask(server: ChildProcess, question: FleetQuestion): Promise<number> {
  const answer = once(server, "message");
  server.send(question);
  return Number((await answer)[0]);
}

const names = ["CPQ_Admin_API", "CPQ_Price_Sync", "CPQ_Quote_Export"];
const specOf = (name: string, orgs: number) =>
  `apiVersion: cpq/v1
kind: ConnectedApp
name: ${name}
label: ${name}
contactEmail: platform@example.com
oauth:
  callbackUrl: https://example.com/callback
  scopes: [api]
  clientCredentials: { runAs: cpq.integration@example.com }
  accessToken: { format: jwt, timeout: 30m }
policy:
  permittedUsers: adminApproved
  permissionSets: [CPQ Integration]
  refreshToken: zero
environments:\n${Array.from(
    { length: orgs },
    (_, index) => `  org-${index + 1}: { targetOrg: local-fleet-${index + 1} }\n`,
  ).join("")}`;

console.error(`Starting ${Math.max(...sizes)} orgs …`);
const server = fork(join(import.meta.dirname, "fleetServer.ts"), [String(Math.max(...sizes))], {
  env,
  stdio: ["ignore", "ignore", "inherit", "ipc"],
});
try {
  await once(server, "message");
  const deploy = ["cpq", "connectedapp", "deploy", "--no-verify", "--environment", "org-1"];
  for (const name of names) {
    writeFileSync(join(home, `${name}.yaml`), specOf(name, 1));
    await measured(...deploy, "--spec", `${name}.yaml`);
  }
  await ask(server, { ask: "copy" });
  await ask(server, { ask: "latency", milliseconds: latency });

  const specs = names.flatMap((name) => ["--spec", `${name}.yaml`]);
  const drift = [
    "cpq",
    "connectedapp",
    "drift",
    ...specs,
    "--all-environments",
    "--concurrency",
    `${concurrency}`,
  ];
  console.log(`${names.length} apps an org, ${latency} ms latency, ${concurrency} requests at once`);
<<<<<<< HEAD
  console.log("orgs  requests  bound s  wall s  wall/bound  ms per org  CPU s  peak MiB");
  for (const orgs of sizes) {
    for (const name of names) writeFileSync(join(home, `${name}.yaml`), specOf(name, orgs));
    const before = await ask(server, { ask: "requests" });
    const { wall, processor, mebibytes } = await measured(
      ...drift,
      "--format",
      "json",
      "--output",
      "drift.json",
    );
=======
  console.log("orgs  requests  bound s  wall s  wall/bound  ms per org  peak MiB");
  for (const orgs of sizes) {
    for (const name of names) writeFileSync(join(home, `${name}.yaml`), specOf(name, orgs));
    const before = await ask(server, { ask: "requests" });
    const { seconds, mebibytes } = await measured(...drift, "--format", "json", "--output", "drift.json");
>>>>>>> c007d94 (perf: what a spec's environments share is made once, and drift spares memory)
    const requests = (await ask(server, { ask: "requests" })) - before;
    const report = JSON.parse(readFileSync(join(home, "drift.json"), "utf8"));
    const inSync = report.apps.filter(({ state }: { state: string }) => state === "inSync").length;
    if (inSync !== orgs * names.length) throw new Error(`Only ${inSync} apps are in sync.`);
    const bound = ((requests / concurrency) * latency) / 1000;
    const cells = [
      String(orgs).padStart(4),
      String(requests).padStart(8),
      bound.toFixed(2).padStart(7),
<<<<<<< HEAD
      wall.toFixed(2).padStart(6),
      (wall / bound).toFixed(2).padStart(10),
      ((wall / orgs) * 1000).toFixed(0).padStart(10),
      processor.toFixed(2).padStart(5),
=======
      seconds.toFixed(2).padStart(6),
      (seconds / bound).toFixed(2).padStart(10),
      ((seconds / orgs) * 1000).toFixed(0).padStart(10),
>>>>>>> c007d94 (perf: what a spec's environments share is made once, and drift spares memory)
      mebibytes.toFixed(0).padStart(8),
    ];
    console.log(cells.join("  "));
  }
  await ask(server, { ask: "stop" });
} finally {
  server.kill();
  rmSync(home, { recursive: true, force: true, maxRetries: 10 });
}
