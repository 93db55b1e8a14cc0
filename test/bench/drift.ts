// Wall time, processor time, memory and requests of `cpq connectedapp drift` over many orgs with three apps each. The orgs
// answer 100 ms late, in a process of their own. The bound is what the requests alone take: their number, divided by how many
// may be under way at once, times the time of an answer. What an org costs the processor is told without the start: by what
// the smallest number of orgs took. Usage: npm run bench:drift [-- NUMBERS OF ORGS, the smallest first, such as 10 300 3000]
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FleetQuestion } from "./fleetServer.ts";
import { measure } from "./measure.ts";

const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(10, 300);
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
const measured = (...args: string[]) => measure(join(root, "bin", "run.js"), args, home, env);

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
  console.log("orgs  requests  bound s  wall s  wall/bound  ms per org  CPU s  CPU ms per org  peak MiB");
  let smallest: { orgs: number; processor: number } | undefined;
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
    const requests = (await ask(server, { ask: "requests" })) - before;
    const report = JSON.parse(readFileSync(join(home, "drift.json"), "utf8"));
    const inSync = report.apps.filter(({ state }: { state: string }) => state === "inSync").length;
    if (inSync !== orgs * names.length) throw new Error(`Only ${inSync} apps are in sync.`);
    const bound = ((requests / concurrency) * latency) / 1000;
    const cells = [
      String(orgs).padStart(4),
      String(requests).padStart(8),
      bound.toFixed(2).padStart(7),
      wall.toFixed(2).padStart(6),
      (wall / bound).toFixed(2).padStart(10),
      ((wall / orgs) * 1000).toFixed(0).padStart(10),
      processor.toFixed(2).padStart(5),
      (smallest === undefined
        ? "-"
        : (((processor - smallest.processor) / (orgs - smallest.orgs)) * 1000).toFixed(1)
      ).padStart(14),
      mebibytes.toFixed(0).padStart(8),
    ];
    console.log(cells.join("  "));
    smallest ??= { orgs, processor };
  }
  await ask(server, { ask: "stop" });
} finally {
  server.kill();
  rmSync(home, { recursive: true, force: true, maxRetries: 10 });
}
