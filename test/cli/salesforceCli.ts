import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CommandLine, commandLineOf } from "../commands/commandLine.ts";

const version = "2.150.6";
const root = join(import.meta.dirname, "..", "..");
const folder = join(root, ".cache", "sf-cli");
const installed = join(folder, "node_modules", "@salesforce", "cli");

/** Installs the official CLI below the checkout, unless it is there already. */
export function installSalesforceCli(): void {
  const manifest = join(installed, "package.json");
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).version === version) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  execFileSync(
    "npm",
    ["install", "--no-audit", "--no-fund", "--loglevel=error", `@salesforce/cli@${version}`],
    {
      cwd: folder,
      stdio: ["ignore", 2, 2],
      shell: process.platform === "win32",
    },
  );
}

/** The official CLI, for a user with that home folder. */
export function salesforceCli(home: string): CommandLine {
  return commandLineOf(join(installed, "bin", "run.js"), home);
}
