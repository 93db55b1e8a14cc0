// What `sf cpq connectedapp deploy`, with its verification, takes besides the time that the org itself needs, beside
// `sf project deploy start`, which verifies nothing: for the same app, against the same local org, in turn. The plugin is packed
// and installed into the official CLI, as users have it.
// Usage: npm run bench:deploy -- [--runs 5] [--rows create-4s-100ms], where --rows is a regular expression, or `all`.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { installPackedPlugin, installSalesforceCli, salesforceCliScript } from "../cli/installation.ts";
import { countRequests, type Measured, measure, median, spread } from "./measure.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    rows: { type: "string", default: "-4s-100ms|unchanged-0s-100ms" },
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
});
const { serveOrgs } = await import("../../src/localorg/salesforceCli/serve.ts");

type Action = "create" | "update" | "unchanged";

/** One line of conditions. An app that is as it should be is not deployed, so the org needs no time for it. */
const rows = (["create", "update", "unchanged"] as const).flatMap((action: Action) =>
  (action === "unchanged" ? [0] : [0, 4, 12, 40]).flatMap((seconds) =>
    [0, 100, 250].map((latency) => ({
      name: `${action}-${seconds}s-${latency}ms`,
      action,
      seconds,
      latency,
    })),
  ),
);
const chosen = rows.filter(({ name }) => values.rows === "all" || new RegExp(values.rows).test(name));
if (chosen.length === 0)
  throw new Error(`No row fits ${values.rows}. Rows: ${rows.map(({ name }) => name).join(", ")}`);

const target = ["--target-org", "local-sandbox"];
const deployOurs = ["cpq", "connectedapp", "deploy", "--spec", "spec.yaml", ...target];
const deployOfficial = ["project", "deploy", "start", "--source-dir", "force-app", ...target];
const contenders = [
  { id: "Inside", title: "sf cpq connectedapp deploy", script: salesforceCliScript, args: deployOurs },
  { id: "Alone", title: "the plugin without sf around it", script: plugin, args: deployOurs },
  { id: "Official", title: "sf project deploy start", script: salesforceCliScript, args: deployOfficial },
];
type Contender = (typeof contenders)[number];

const template = readFileSync(join(root, "templates", "minimal.yaml"), "utf8").replace(
  "kind: ExternalClientApp",
  "kind: ConnectedApp",
);

/** Writes what a contender deploys: a spec, and for the official CLI the same app as metadata. */
async function write({ id }: Contender, name: string, version: number): Promise<void> {
  const spec = template.replace("CPQ_Admin_API", name).replace("oauth2/success", `oauth2/v${version}`);
  if (!spec.includes(`/v${version}`)) throw new Error("The template has no callback URL to change.");
  writeFileSync(join(home, "spec.yaml"), spec);
  if (id !== "Official") return;
  rmSync(join(home, "force-app"), { recursive: true, force: true });
  await measure(plugin, ["cpq", "connectedapp", "generate", "--spec", "spec.yaml"], home, process.env);
  const file = join(home, `force-app/main/default/connectedApps/${name}.connectedApp-meta.xml`);
  const key = `<consumerKey>Key${name.replace(/\W|_/g, "")}x${process.pid}</consumerKey>`;
  writeFileSync(file, readFileSync(file, "utf8").replace("</callbackUrl>", `</callbackUrl>${key}`));
}

installSalesforceCli();
installPackedPlugin(home);
const { orgs, stop } = await serveOrgs({ orgs: [{ name: "sandbox", isSandbox: true }] });
const behaviour = orgs[0]?.org.behaviour;
if (behaviour === undefined) throw new Error("No org was started.");
let serial = 0;

/** Has everything as a row wants it before the command that is measured. */
async function prepare(contender: Contender, action: Action): Promise<void> {
  serial += 1;
  if (action === "create") return write(contender, `${contender.id}_${serial}`, 0);
  Object.assign(behaviour ?? {}, { latency: 0, deployTime: 0 });
  const name = `${contender.id}_kept`;
  await write(contender, name, 2 * serial);
  const { id, args } = contender;
  await measure(id === "Official" ? salesforceCliScript : plugin, args, home, process.env);
  if (action === "update") await write(contender, name, 2 * serial + 1);
}

try {
  const project = '{"packageDirectories":[{"path":"force-app","default":true}],"sourceApiVersion":"67.0"}';
  writeFileSync(join(home, "sfdx-project.json"), project);
  console.log(
    `${runs} runs of each, in turn; median (least to most). Overhead: wall time less what the org needs.\n`,
  );
  for (const { name, action, seconds, latency } of chosen) {
    const figures = new Map(contenders.map(({ id }) => [id, [] as Measured[]]));
    const counts = new Map<string, Awaited<ReturnType<typeof countRequests>>>();
    // The first run fills caches, and counts requests instead of time.
    for (let run = 0; run <= runs; run++) {
      for (const contender of contenders) {
        await prepare(contender, action);
        Object.assign(behaviour, { latency, deployTime: seconds * 1000 });
        const { id, script, args } = contender;
        if (run === 0) counts.set(id, await countRequests(script, args, home, process.env));
        else figures.get(id)?.push(await measure(script, args, home, process.env));
      }
    }
    const overheads = (id: string) => (figures.get(id) ?? []).map(({ wall }) => wall - seconds);
    const official = overheads("Official");
    console.log(
      `${name.padEnd(34)}${"wall s".padEnd(24)}${"overhead s".padEnd(24)}${"of official".padEnd(24)}MiB  requests  round trips`,
    );
    for (const { id, title } of contenders) {
      const measured = figures.get(id) ?? [];
      const own = overheads(id);
      const { requests, roundTrips } = counts.get(id) ?? { requests: 0, roundTrips: 0 };
      const cells = [
        `  ${title}`.padEnd(34),
        spread(measured.map(({ wall }) => wall)).padEnd(24),
        spread(own).padEnd(24),
        spread(own.map((value, index) => value / (official[index] ?? Number.NaN))).padEnd(24),
        median(measured.map(({ mebibytes }) => mebibytes))
          .toFixed(0)
          .padStart(3),
        String(requests).padStart(10),
        String(roundTrips).padStart(13),
      ];
      console.log(cells.join(""));
    }
    console.log("");
  }
} finally {
  await stop();
  rmSync(home, { recursive: true, force: true });
}
