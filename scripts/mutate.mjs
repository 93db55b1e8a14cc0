// `npm run mutate -- ROOM…`: changes the code of each room in small ways, one at a time, and looks whether a unit test
// notices. Without a name, all rooms are tested, one after the other. What no test noticed is printed.
// The tool is installed below .cache, at exact versions, when it is needed first: `npm ci` need not bring it for all.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rooms } from "../stryker.config.mjs";

const version = "10.1.1";
const root = join(import.meta.dirname, "..");
const folder = join(root, ".cache", "stryker");
const core = join(folder, "node_modules", "@stryker-mutator", "core");

const wanted = process.argv.slice(2);
const unknown = wanted.filter((room) => !Object.hasOwn(rooms, room));
if (unknown.length > 0) {
  console.error(`No such room: ${unknown.join(", ")}. These are: ${Object.keys(rooms).join(", ")}.`);
  process.exit(2);
}

install();
let status = 0;
for (const room of wanted.length > 0 ? wanted : Object.keys(rooms)) {
  console.log(`\n== ${room}`);
  const options = { cwd: root, stdio: "inherit", env: { ...process.env, MUTATED_ROOM: room } };
  const run = spawnSync(process.execPath, [join(core, "bin", "stryker.js"), "run"], options);
  status ||= run.status ?? 1;
}
process.exitCode = status;

function install() {
  const manifest = join(core, "package.json");
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).version === version) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  // The runner finds the project's own vitest above it: one of its own would be another version.
  const flags = ["--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const packages = ["core", "vitest-runner"].map((name) => `@stryker-mutator/${name}@${version}`);
  const shell = process.platform === "win32";
  const { status: failed } = spawnSync("npm", ["install", ...flags, ...packages], {
    cwd: folder,
    stdio: ["ignore", 2, 2],
    shell,
  });
  if (failed !== 0) process.exit(failed ?? 1);
}
