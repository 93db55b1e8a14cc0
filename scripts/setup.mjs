// Makes the checkout ready to run: dependencies as locked, and a fresh build. Does nothing where nothing changed.
// It runs on any Node that npm runs on, before the pinned Node of the devDependencies is there.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const modified = (path) => (existsSync(join(root, path)) ? statSync(join(root, path)).mtimeMs : 0);
const newest = (path) =>
  Math.max(
    ...readdirSync(join(root, path), { recursive: true, withFileTypes: true }).map(
      (entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs,
    ),
  );
// npm is a script file on Windows, which only a shell can start.
const npm = (...args) =>
  execFileSync("npm", args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
    env: { ...process.env, NODE_ENV: "development" },
  });

if (modified("node_modules/.package-lock.json") < modified("package-lock.json")) {
  npm("ci", "--no-audit", "--no-fund", "--loglevel=error");
}
const sources = Math.max(newest("src"), modified("package.json"), modified("tsconfig.json"));
if (modified("oclif.manifest.json") < sources || !existsSync(join(root, "lib"))) {
  npm("run", "--silent", "build");
}
