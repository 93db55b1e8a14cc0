// Wall time, processor time, memory and requests of `cpq connectedapp drift` over many orgs with three apps each, in pairs with
// a bare client that makes the same requests to the same orgs. The orgs answer 100 ms late. The start is the time until the
// first request leaves. What an org costs the processor is told without the start: by what the smallest number of orgs took;
// and what memory it costs by what the largest number up to 300 took.
// Usage: npm run bench:drift [-- [--runs N] NUMBERS OF ORGS, the smallest first, such as 10 300 3000]
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import type { BareResult, BareWork } from "./bareClient.ts";
import { record } from "./baseline.ts";
import type { FleetAnswers, FleetQuestion } from "./fleetServer.ts";
import { type Measured, measure, median, spread } from "./measure.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: "string", default: "3" } },
});
const runs = Number(values.runs);
const sizes = positionals.length === 0 ? [10, 300] : positionals.map(Number);
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

const names = ["CPQ_Admin_API", "CPQ_Price_Sync", "CPQ_Quote_Export"];
const environmentsOf = (orgs: number) =>
  Array.from({ length: orgs }, (_, index) => `  org-${index + 1}: { targetOrg: fleet-${index + 1} }\n`);
const specOf = (name: string, environments: readonly string[]) =>
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
environments:
${environments.join("")}`;

async function ask<Asked extends keyof FleetAnswers>(
  server: ChildProcess,
  asked: Asked,
  number?: number,
): Promise<FleetAnswers[Asked]> {
  const answer = once(server, "message");
  server.send({ ask: asked, number } satisfies FleetQuestion);
  return (await answer)[0].answer;
}

/** All apps of so many orgs, each in sync. */
async function runDrift(orgs: number): Promise<Measured> {
  for (const name of names) writeFileSync(join(home, `${name}.yaml`), specOf(name, environmentsOf(orgs)));
  const specs = names.flatMap((name) => ["--spec", `${name}.yaml`]);
  const many = ["--all-environments", "--concurrency", `${concurrency}`];
  const output = ["--format", "json", "--output", "drift.json"];
  const taken = await measured("cpq", "connectedapp", "drift", ...specs, ...many, ...output);
  const report = JSON.parse(readFileSync(join(home, "drift.json"), "utf8"));
  const inSync = report.apps.filter(({ state }: { state: string }) => state === "inSync").length;
  if (inSync !== orgs * names.length) throw new Error(`Only ${inSync} apps are in sync.`);
  return taken;
}

async function runBare(work: BareWork): Promise<BareResult> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "bareClient.ts")], {
    env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(JSON.stringify(work));
  return JSON.parse(await text(child.stdout));
}

const server = fork(join(import.meta.dirname, "fleetServer.ts"), { env, stdio: ["ignore", 2, 2, "ipc"] });
try {
  const [{ answer: alias }] = await once(server, "message");
  for (const name of names) {
    writeFileSync(join(home, `${name}.yaml`), specOf(name, [`  first: { targetOrg: ${alias} }\n`]));
    const deploy = ["cpq", "connectedapp", "deploy", "--no-verify", "--environment", "first"];
    await measured(...deploy, "--spec", `${name}.yaml`);
  }
  const addresses = await ask(server, "open", Math.max(...sizes));
  // The answers come from the local org, and modules into Node's cache of compiled code.
  await runDrift(1);
  const questions = await ask(server, "questions");
  await ask(server, "latency", latency);

  console.log(
    `${names.length} apps an org, ${latency} ms latency, ${concurrency} requests at once, ${runs} pairs in turn: median (range)`,
  );
  console.log(
    [
      "orgs",
      "requests",
      "connections",
      "bound s",
      "drift s",
      "of it start s",
      "drift/bound",
      "processor ms/org",
      "bare ms/org",
      "orgs' own ms/org",
      "peak MiB",
      "KiB/org beyond 300",
    ].join(" | "),
  );
  type OfOrgs = { orgs: number; value: number };
  let smallest: { processor: OfOrgs; bare: OfOrgs } | undefined;
  let upTo300: OfOrgs | undefined;
  for (const orgs of sizes) {
    const pairs: {
      drift: Measured;
      bare: BareResult;
      requests: number;
      connections: number;
      fleet: number;
    }[] = [];
    for (let run = 0; run < runs; run++) {
      const bare = await runBare({ addresses: addresses.slice(0, orgs), questions, concurrency });
      const before = await ask(server, "usage");
      const drift = await runDrift(orgs);
      const after = await ask(server, "usage");
      pairs.push({
        drift,
        bare,
        requests: after.requests - before.requests,
        connections: after.connections - before.connections,
        fleet: after.processor - before.processor,
      });
    }
    /** What one org more takes than a smaller number of them. */
    const perOrg = (values: readonly number[], fewer: OfOrgs | undefined) =>
      fewer === undefined ? "-" : spread(values.map((each) => (each - fewer.value) / (orgs - fewer.orgs)));
    const processor = pairs.map(({ drift }) => drift.processor * 1000);
    const bare = pairs.map(({ bare }) => bare.processor * 1000);
    const mebibytes = pairs.map(({ drift }) => drift.mebibytes);
    const kibibytes = mebibytes.map((each) => each * 1024);
    console.log(
      [
        orgs,
        median(pairs.map(({ requests }) => requests)),
        median(pairs.map(({ connections }) => connections)),
        spread(pairs.map(({ bare }) => bare.wall)),
        spread(pairs.map(({ drift }) => drift.wall)),
        spread(pairs.map(({ drift }) => drift.start)),
        spread(pairs.map(({ drift, bare }) => drift.wall / bare.wall)),
        perOrg(processor, smallest?.processor),
        perOrg(bare, smallest?.bare),
        spread(pairs.map(({ fleet }) => (fleet / orgs) * 1000)),
        spread(mebibytes),
        orgs > 300 ? perOrg(kibibytes, upTo300) : "-",
      ].join(" | "),
    );
    const ratio = median(pairs.map(({ drift, bare }) => drift.wall / bare.wall));
    record(`drift ${orgs} orgs: requests`, "count", median(pairs.map(({ requests }) => requests)));
    record(`drift ${orgs} orgs: wall of bound`, "ratio", ratio);
    record(`drift ${orgs} orgs: MiB`, "memory", median(mebibytes));
    const ofOrgs = (values: readonly number[]) => ({ orgs, value: median(values) });
    smallest ??= { processor: ofOrgs(processor), bare: ofOrgs(bare) };
    if (orgs <= 300) upTo300 = ofOrgs(kibibytes);
  }
  await ask(server, "stop");
} finally {
  server.kill();
  rmSync(home, { recursive: true, force: true, maxRetries: 10 });
}
