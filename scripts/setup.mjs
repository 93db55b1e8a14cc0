// Makes the checkout ready to run: dependencies as locked, and a fresh build. Does nothing where nothing changed.
// It runs on any Node that npm runs on, before the pinned Node of the devDependencies is there.
// With arguments, it then runs them on that pinned Node: `setup.mjs scripts/demo.mjs`. A shell that found the machine's own
// Node for this script would go on using that one for `&& node …`.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const windows = process.platform === "win32";
const modified = (path) => (existsSync(join(root, path)) ? statSync(join(root, path)).mtimeMs : 0);
const newest = (path) =>
  Math.max(
    ...readdirSync(join(root, path), { recursive: true, withFileTypes: true }).map(
      (entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs,
    ),
  );
// npm is a script file on Windows, which only a shell can start. What went wrong, it has said itself.
const npm = (args, env = {}) => {
  const options = { cwd: root, stdio: ["ignore", 2, 2], shell: windows, env: { ...process.env, ...env } };
  const { status } = spawnSync("npm", args, options);
  if (status !== 0) process.exit(status ?? 1);
};

const pinnedNode = join(root, "node_modules", "node", "bin", windows ? "node.exe" : "node");
if (modified("node_modules/.package-lock.json") < modified("package-lock.json") || !existsSync(pinnedNode)) {
  npm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
}
const sources = Math.max(
  newest("src"),
  newest("messages"),
  modified("package.json"),
  modified("tsconfig.json"),
  modified("tsconfig.types.json"),
  modified("scripts/bundle.mjs"),
);
if (modified("oclif.manifest.json") < sources || !existsSync(join(root, "lib"))) {
  rmSync(join(root, "lib"), { recursive: true, force: true });
  // In any other mode, the manifest names the sources instead of what was built from them.
  npm(["run", "--silent", "build"], { NODE_ENV: "production" });
}

const script = process.argv.slice(2);
if (script.length > 0) {
  process.exitCode = spawnSync(pinnedNode, script, { stdio: "inherit" }).status ?? 1;
}
