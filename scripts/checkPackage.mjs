// Checks the package as npm would publish it: what publint and attw say of it, and whether a TypeScript program that uses
// its libraries compiles, with its declarations checked too.
import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sf-plugin-cpq-package-"));
const modules = join(folder, "node_modules");
const unpacked = join(modules, "sf-plugin-cpq");
const failed = [];

try {
  const tarball = pack();
  await lint();
  const attw = dirname(fileURLToPath(import.meta.resolve("@arethetypeswrong/cli/package.json")));
  run("attw", [join(attw, "dist/index.js"), tarball, "--profile", "esm-only"]);
  compileConsumer();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(failed.length === 0 ? "The package is in order." : `Not in order: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** The package, also unpacked beside its dependencies. */
function pack() {
  const options = { cwd: folder, encoding: "utf8", shell: process.platform === "win32" };
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", root, "--json", "--ignore-scripts"], options),
  );
  mkdirSync(unpacked, { recursive: true });
  execFileSync("tar", ["-xzf", join(folder, filename), "-C", unpacked, "--strip-components", "1"]);
  for (const name of readdirSync(join(root, "node_modules")))
    if (!name.startsWith(".")) symlinkSync(join(root, "node_modules", name), join(modules, name), "junction");
  return join(folder, filename);
}

async function lint() {
  const { messages, pkg } = await publint({ pkgDir: unpacked, pack: false, strict: true });
  for (const message of messages) console.log(`publint: ${formatMessage(message, pkg)}`);
  if (messages.length > 0) failed.push("publint");
}

function compileConsumer() {
  copyFileSync(join(root, "scripts/package/consumer.mts"), join(folder, "consumer.mts"));
  const compilerOptions = {
    target: "es2024",
    lib: ["es2024", "esnext.disposable"],
    types: ["node"],
    module: "nodenext",
    strict: true,
    noEmit: true,
    skipDefaultLibCheck: true,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["consumer.mts"] }));
  const typescript = dirname(fileURLToPath(import.meta.resolve("typescript/package.json")));
  run("a consumer in TypeScript", [join(typescript, "bin/tsc"), "--project", folder]);
}

function run(title, args) {
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) failed.push(title);
}
