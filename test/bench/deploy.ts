// Wall time and HTTP calls of `sf cpq connectedapp deploy` (create, with its verification) and of
// `sf project deploy start` (which verifies nothing), for the same XML, against the same local org, in turn.
// The plugin is packed and installed into the official CLI, as users have it. Usage: npm run bench:deploy [-- RUNS]
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPackedPlugin, installSalesforceCli, salesforceCliScript } from "../cli/installation.ts";

const runs = Number(process.argv[2] ?? 7);
const root = join(import.meta.dirname, "..", "..");
const plugin = join(root, "bin", "run.js");
const home = mkdtempSync(join(tmpdir(), "cpq-bench-"));
Object.assign(process.env, {
  HOME: home,
  USERPROFILE: home,
  SF_USE_GENERIC_UNIX_KEYCHAIN: "true",
  SF_DISABLE_TELEMETRY: "true",
  SF_AUTOUPDATE_DISABLE: "true",
  SF_SKIP_NEW_VERSION_CHECK: "true",
  // A user who says by it that this home lasts, though it is new.
  CPQ_STORE_FOLDER: join(home, ".sf"),
});
const { serveOrgs } = await import("../../src/localorg/salesforceCli/serve.ts");

interface Figures {
  seconds: number[];
  calls: number[];
}

/** Runs a command in a process of its own, while this one serves the org, and returns its wall time in seconds. */
async function timed(script: string, ...args: string[]): Promise<number> {
  const started = performance.now();
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: home,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`${args.join(" ")}\n${output}`)),
    );
  });
  return (performance.now() - started) / 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function spread(values: readonly number[]): string {
  return `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)})`;
}

installSalesforceCli();
installPackedPlugin(home);
const { orgs, stop } = await serveOrgs({ orgs: [{ name: "sandbox", isSandbox: true }] });
try {
  const project = '{"packageDirectories":[{"path":"force-app","default":true}],"sourceApiVersion":"67.0"}';
  writeFileSync(join(home, "sfdx-project.json"), project);
  const template = readFileSync(join(root, "templates", "minimal.yaml"), "utf8").replace(
    "kind: ExternalClientApp",
    "kind: ConnectedApp",
  );
  const target = ["--target-org", "local-sandbox"];
  const none = (): Figures => ({ seconds: [], calls: [] });
  const figures = { inside: none(), alone: none(), official: none() };
  const measure = async (into: Figures, script: string, ...args: string[]) => {
    const before = orgs[0]?.requestCount() ?? 0;
    into.seconds.push(await timed(script, ...args));
    into.calls.push((orgs[0]?.requestCount() ?? 0) - before);
  };
  const writeSpec = (name: string) =>
    writeFileSync(join(home, "spec.yaml"), template.replace("CPQ_Admin_API", name));

  for (let run = 0; run <= runs; run++) {
    // The first run fills caches and does not count.
    if (run === 1) Object.assign(figures, { inside: none(), alone: none(), official: none() });
    const deploy = ["cpq", "connectedapp", "deploy", "--spec", "spec.yaml", ...target];
    writeSpec(`Inside_${run}`);
    await measure(figures.inside, salesforceCliScript, ...deploy);
    writeSpec(`Alone_${run}`);
    await measure(figures.alone, plugin, ...deploy);
    writeSpec(`Official_${run}`);
    rmSync(join(home, "force-app"), { recursive: true, force: true });
    await timed(plugin, "cpq", "connectedapp", "generate", "--spec", "spec.yaml");
    const file = join(home, `force-app/main/default/connectedApps/Official_${run}.connectedApp-meta.xml`);
    const key = `<consumerKey>BenchKey${run}x${process.pid}</consumerKey>`;
    writeFileSync(file, readFileSync(file, "utf8").replace("</callbackUrl>", `</callbackUrl>${key}`));
    await measure(
      figures.official,
      salesforceCliScript,
      "project",
      "deploy",
      "start",
      "--source-dir",
      "force-app",
      ...target,
    );
  }

  const row = (title: string, { seconds, calls }: Figures) => {
    const ratios = seconds.map((value, index) => value / (figures.official.seconds[index] ?? Number.NaN));
    console.log(
      `${title.padEnd(40)}${spread(seconds).padEnd(24)}${String(median(calls)).padEnd(13)}${spread(ratios)}`,
    );
  };
  console.log(`${runs} runs of each, in turn; median (least to most)\n`);
  console.log(`${"".padEnd(40)}${"seconds".padEnd(24)}${"HTTP calls".padEnd(13)}ratio, pair by pair`);
  row("sf cpq connectedapp deploy", figures.inside);
  row("the plugin without sf around it", figures.alone);
  row("sf project deploy start", figures.official);
} finally {
  await stop();
  rmSync(home, { recursive: true, force: true });
}
