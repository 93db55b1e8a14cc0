// What `sf cpq connectedapp deploy`, with its verification, takes besides the time that the org itself needs, beside
// `sf project deploy start`, which verifies nothing: for the same app, against the same local org, in turn. The plugin is packed
// and installed into the official CLI, as users have it.
// Usage: npm run bench:deploy -- [--runs 3] [--rows create-4s-100ms] [--without-log] [--json FILE], where --rows is a regular
// expression, or `all`. Without the log, no command writes into the CLI's log, and none waits for its thread when it ends.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { installPackedPlugin, installSalesforceCli, salesforceCliScript } from "../cli/installation.ts";
import { record } from "./baseline.ts";
import { countRequests, type Measured, measure, median, spread } from "./measure.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "3" },
    rows: { type: "string", default: "-4s-100ms|unchanged-0s-100ms" },
    "without-log": { type: "boolean", default: false },
    json: { type: "string" },
  },
});
const runs = Number(values.runs);
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
  ...(values["without-log"] ? { SF_DISABLE_LOG_FILE: "true" } : {}),
});
const { serveOrgs } = await import("../../src/localorg/salesforceCli/serve.ts");

const actions = ["create", "update", "unchanged"] as const;
const latencies = [0, 100, 250];

/** One line of conditions. An app that is as it should be is not deployed, so the org needs no time for it. */
const rows = actions.flatMap((action) =>
  (action === "unchanged" ? [0] : [0, 4, 12, 40]).flatMap((seconds) =>
    latencies.map((latency) => ({ name: `${action}-${seconds}s-${latency}ms`, action, seconds, latency })),
  ),
);
type Row = (typeof rows)[number];
const chosen = rows.filter(({ name }) => values.rows === "all" || new RegExp(values.rows).test(name));
if (chosen.length === 0)
  throw new Error(`No row fits ${values.rows}. Rows: ${rows.map(({ name }) => name).join(", ")}`);

const deployOurs = ["cpq", "connectedapp", "deploy", "--spec", "spec.yaml"];
const deployOfficial = ["project", "deploy", "start", "--source-dir", "force-app"];
const contenders = [
  { id: "Inside", title: "sf cpq connectedapp deploy", script: salesforceCliScript, args: deployOurs },
  { id: "Alone", title: "the plugin without sf around it", script: plugin, args: deployOurs },
  { id: "Official", title: "sf project deploy start", script: salesforceCliScript, args: deployOfficial },
];
type Contender = (typeof contenders)[number];

/** One command that is measured. */
interface Shot extends Pick<Row, "action" | "latency"> {
  contender: Contender;
}

const template = readFileSync(join(root, "templates", "minimal.yaml"), "utf8").replace(
  "kind: ExternalClientApp",
  "kind: ConnectedApp",
);
const specOf = (name: string, version: number) =>
  template.replace("CPQ_Admin_API", name).replace("oauth2/success", `oauth2/v${version}`);
let serial = 0;
let metadata = "";

/** Writes a new app, or a new version of the one that is kept, into the folder in which its command runs. */
function write({ action, latency, contender: { id } }: Shot): string {
  const folder = join(home, `${id}-${latency}-${action === "create" ? "new" : "kept"}`);
  const apps = join(folder, "force-app/main/default/connectedApps");
  serial += 1;
  const name = action === "create" ? `${id}_${serial}` : `${id}_${latency}_kept`;
  rmSync(join(folder, "force-app"), { recursive: true, force: true });
  mkdirSync(apps, { recursive: true });
  const project = '{"packageDirectories":[{"path":"force-app","default":true}],"sourceApiVersion":"67.0"}';
  writeFileSync(join(folder, "sfdx-project.json"), project);
  writeFileSync(join(folder, "spec.yaml"), specOf(name, serial));
  const key = `<consumerKey>Key${name.replaceAll("_", "")}x${process.pid}</consumerKey>`;
  const file = metadata
    .replaceAll("Bench_App", name)
    .replace("oauth2/v0", `oauth2/v${serial}`)
    .replace("</callbackUrl>", `</callbackUrl>${key}`);
  writeFileSync(join(apps, `${name}.connectedApp-meta.xml`), file);
  return folder;
}

const folderOf = (shot: Shot) =>
  shot.action === "unchanged" ? join(home, `${shot.contender.id}-${shot.latency}-kept`) : write(shot);

/** Each command has an org of its own for each latency, because an org works on one deploy after the other. */
function orgOf({ id }: Contender, latency: number): string {
  return `${id.toLowerCase()}${latency}`;
}

/** Commands that wait for their org at the same time, each begun when the one before it has nothing to do but wait. */
async function volley<Result>(
  shots: readonly Shot[],
  gap: number,
  command: (script: string, args: string[], folder: string) => Promise<Result>,
): Promise<Result[]> {
  const prepared = shots.map((shot) => ({ ...shot, folder: folderOf(shot) }));
  return Promise.all(
    prepared.map(async ({ contender, latency, folder }, index) => {
      const { script, args } = contender;
      await pause(index * gap * 1000);
      return command(script, [...args, "--target-org", `local-${orgOf(contender, latency)}`], folder);
    }),
  );
}

const measured = (script: string, args: string[], folder: string) =>
  measure(script, args, folder, process.env);
const counted = (script: string, args: string[], folder: string) =>
  countRequests(script, args, folder, process.env);

/** What was found of one contender in one row. */
interface Found {
  measured: Measured[];
  counted: { requests: number; roundTrips: number };
}

const began = performance.now();
installSalesforceCli();
installPackedPlugin(home);
const latenciesOf = latencies.flatMap((latency) => contenders.map((contender) => ({ latency, contender })));
const { orgs, stop } = await serveOrgs({
  orgs: latenciesOf.map(({ latency, contender }) => ({ name: orgOf(contender, latency), isSandbox: true })),
});
try {
  mkdirSync(join(home, "generated"));
  writeFileSync(
    join(home, "generated", "sfdx-project.json"),
    '{"packageDirectories":[{"path":"force-app"}]}',
  );
  writeFileSync(join(home, "generated", "spec.yaml"), specOf("Bench_App", 0));
  await measured(plugin, ["cpq", "connectedapp", "generate", "--spec", "spec.yaml"], join(home, "generated"));
  const generated = "force-app/main/default/connectedApps/Bench_App.connectedApp-meta.xml";
  metadata = readFileSync(join(home, "generated", generated), "utf8");
  if (!metadata.includes("oauth2/v0")) throw new Error("The template has no callback URL to change.");

  // Makes the apps that are kept, fills caches, and tells how long a command is busy.
  let gap = 0;
  for (const [index, { latency, contender }] of latenciesOf.entries()) {
    if (!chosen.some((row) => row.latency === latency)) continue;
    Object.assign(orgs[index]?.org.behaviour ?? {}, { latency, deployTime: 0 });
    const [{ wall } = { wall: 0 }] = await volley([{ action: "update", latency, contender }], 0, measured);
    gap = Math.max(gap, wall);
  }

  const found = new Map<string, Map<string, Found>>(chosen.map(({ name }) => [name, new Map()]));
  const groups = Map.groupBy(chosen, ({ action, seconds }) => `${action}-${seconds}s`);
  for (const [group, groupRows] of groups) {
    const seconds = groupRows[0]?.seconds ?? 0;
    for (const { org } of orgs) org.behaviour.deployTime = seconds * 1000;
    const shots = groupRows.flatMap((row) => contenders.map((contender) => ({ ...row, contender })));
    // All have begun before the first one goes on.
    const size = seconds === 0 ? 1 : 1 + Math.floor((seconds - 1) / gap);
    // The first run counts requests instead of time.
    for (let run = 0; run <= runs; run++) {
      for (let from = 0; from < shots.length; from += size) {
        const together = shots.slice(from, from + size);
        const [times, counts] =
          run === 0
            ? [[], await volley(together, gap, counted)]
            : [await volley(together, gap, measured), []];
        for (const [index, { name, contender }] of together.entries()) {
          const none: Found = { measured: [], counted: { requests: 0, roundTrips: 0 } };
          const known = found.get(name)?.get(contender.id) ?? none;
          const [time, count] = [times[index], counts[index]];
          found.get(name)?.set(contender.id, {
            measured: time === undefined ? known.measured : [...known.measured, time],
            counted: count ?? known.counted,
          });
        }
      }
      console.error(`${group}: run ${run} of ${runs}, ${minutes()} min`);
    }
  }

  const heads = ["", "wall s", "overhead s", "of official", "CPU s", "MiB", "requests", "round trips"];
  console.log(`${runs} runs of each, in turn; median (least to most). Overhead: wall time less the org's.`);
  const results = chosen.map(({ name, seconds }) => {
    const contendersOf = found.get(name) ?? new Map<string, Found>();
    const overheadsOf = (id: string) =>
      (contendersOf.get(id)?.measured ?? []).map(({ wall }) => wall - seconds);
    const official = overheadsOf("Official");
    console.log(`\n${line([name, ...heads.slice(1)])}`);
    return {
      name,
      contenders: contenders.map(({ id, title }) => {
        const { measured = [], counted } = contendersOf.get(id) ?? {};
        const overheads = overheadsOf(id);
        const ratios = overheads.map((value, index) => value / (official[index] ?? Number.NaN));
        const [walls, processors, mebibytes] = [
          measured.map(({ wall }) => wall),
          measured.map(({ processor }) => processor),
          measured.map((one) => one.mebibytes),
        ];
        const counts = [counted?.requests, counted?.roundTrips].map(String);
        const memory = median(mebibytes).toFixed(0);
        console.log(
          line([`  ${title}`, ...[walls, overheads, ratios, processors].map(spread), memory, ...counts]),
        );
        if (id !== "Official") {
          record(`deploy ${name}, ${id}: requests`, "count", counted?.requests ?? Number.NaN);
          record(`deploy ${name}, ${id}: round trips`, "count", counted?.roundTrips ?? Number.NaN);
          record(`deploy ${name}, ${id}: overhead of official`, "ratio", median(ratios));
          record(`deploy ${name}, ${id}: MiB`, "memory", median(mebibytes));
        }
        return { id, ...counted, overheads, ratios, processors, mebibytes };
      }),
    };
  });
  console.log(`\n${minutes()} minutes in all.`);
  if (values.json !== undefined) {
    const machine = { node: process.version, processors: cpus().length, model: cpus()[0]?.model ?? "" };
    writeFileSync(values.json, `${JSON.stringify({ machine, runs, rows: results }, undefined, 2)}\n`);
  }
} finally {
  await stop();
  rmSync(home, { recursive: true, force: true, maxRetries: 10 });
}

function line(cells: readonly string[]): string {
  const widths = [34, 24, 24, 24, 24, 5, 10, 13];
  return cells
    .map((cell, index) => (index < 5 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
    .join("");
}

function minutes(): string {
  return ((performance.now() - began) / 60_000).toFixed(1);
}
