// Wall time and HTTP calls of `sf cpq connectedapp deploy` (create, with its verification) and of
// `sf project deploy start` (which verifies nothing), for the same XML, against the same local org, in turn.
// Both run inside the official CLI, which is installed below the checkout first. Usage: npm run bench [-- RUNS]
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const runs = Number(process.argv[2] ?? 7);
const root = fileURLToPath(new URL("../..", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "cpq-bench-"));
Object.assign(process.env, {
  HOME: home,
  USERPROFILE: home,
  SF_USE_GENERIC_UNIX_KEYCHAIN: "true",
  SF_DISABLE_TELEMETRY: "true",
  SF_AUTOUPDATE_DISABLE: "true",
  SF_SKIP_NEW_VERSION_CHECK: "true",
});

const cliFolder = join(root, ".cache", "sf-cli");
const officialCli = join(cliFolder, "node_modules", "@salesforce", "cli", "bin", "run.js");
if (!existsSync(officialCli)) {
  mkdirSync(cliFolder, { recursive: true });
  writeFileSync(join(cliFolder, "package.json"), '{ "private": true }\n');
  const options = { cwd: cliFolder, stdio: ["ignore", 2, 2], shell: process.platform === "win32" };
  execFileSync(
    "npm",
    ["install", "--no-audit", "--no-fund", "--loglevel=error", "@salesforce/cli@2.150.6"],
    options,
  );
}

/** Runs the CLI in a process of its own while this one serves the org, and returns its wall time in seconds. */
async function timed(script, ...args) {
  const { spawn } = await import("node:child_process");
  const started = performance.now();
  await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: home,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`${args.join(" ")}: ${output}`)),
    );
  });
  return (performance.now() - started) / 1000;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const spread = (values) =>
  `median ${median(values).toFixed(2)}  (${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)})`;

const { serveOrgs } = await import("../../lib/localorg/salesforceCli/serve.js");
const { orgs, stop } = await serveOrgs({ orgs: [{ name: "sandbox", isSandbox: true }] });
const [org] = orgs;
try {
  spawnSync(process.execPath, [officialCli, "plugins", "link", root, "--no-install"], { stdio: "ignore" });
  writeFileSync(
    join(home, "sfdx-project.json"),
    '{"packageDirectories":[{"path":"force-app","default":true}],"sourceApiVersion":"67.0"}',
  );
  const template = readFileSync(join(root, "templates", "connected-app.yaml"), "utf8");
  const target = ["--target-org", "local-sandbox"];
  const ours = { seconds: [], calls: [] };
  const plain = { seconds: [], calls: [] };
  const official = { seconds: [], calls: [] };
  const counted = async (into, script, ...args) => {
    const before = org.requestCount();
    into.seconds.push(await timed(script, ...args));
    into.calls.push(org.requestCount() - before);
  };
  for (let run = 0; run <= runs; run++) {
    if (run === 1) {
      for (const { seconds, calls } of [ours, plain, official]) {
        seconds.length = 0;
        calls.length = 0;
      }
    }
    const name = (who) => `Bench_${who}_${run}`;
    for (const [who, into, script] of [
      ["Plugin", ours, officialCli],
      ["Alone", plain, join(root, "bin", "run.js")],
    ]) {
      writeFileSync(join(home, "spec.yaml"), template.replace("CPQ_Admin_API", name(who)));
      await counted(into, script, "cpq", "connectedapp", "deploy", "--spec", "spec.yaml", ...target);
    }
    rmSync(join(home, "force-app"), { recursive: true, force: true });
    writeFileSync(join(home, "spec.yaml"), template.replace("CPQ_Admin_API", name("Official")));
    await timed(join(root, "bin", "run.js"), "cpq", "connectedapp", "generate", "--spec", "spec.yaml");
    const xml = join(
      home,
      "force-app",
      "main",
      "default",
      "connectedApps",
      `${name("Official")}.connectedApp-meta.xml`,
    );
    const key = `<consumerKey>BenchKey${run}${Date.now()}</consumerKey>`;
    writeFileSync(xml, readFileSync(xml, "utf8").replace("</callbackUrl>", `</callbackUrl>\n        ${key}`));
    await counted(
      official,
      officialCli,
      "project",
      "deploy",
      "start",
      "--source-dir",
      "force-app",
      ...target,
    );
  }
  const ratio = (values) => spread(values.map((seconds, index) => seconds / official.seconds[index]));
  console.log(`${runs} runs of each, in turn, after one that does not count\n`);
  console.log(
    `sf cpq connectedapp deploy, inside sf   ${spread(ours.seconds)} s, ${median(ours.calls)} HTTP calls`,
  );
  console.log(
    `the same, the plugin alone              ${spread(plain.seconds)} s, ${median(plain.calls)} HTTP calls`,
  );
  console.log(
    `sf project deploy start                 ${spread(official.seconds)} s, ${median(official.calls)} HTTP calls`,
  );
  console.log(`\nratio, pair by pair: inside sf ${ratio(ours.seconds)}; alone ${ratio(plain.seconds)}`);
} finally {
  await stop();
  rmSync(home, { recursive: true, force: true });
}
