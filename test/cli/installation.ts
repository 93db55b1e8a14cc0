import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const version = "2.150.6";
const root = join(import.meta.dirname, "..", "..");
const folder = join(root, ".cache", "sf-cli");
const installed = join(folder, "node_modules", "@salesforce", "cli");

/** The official CLI's script. */
export const salesforceCliScript = join(installed, "bin", "run.js");

/** Installs the official CLI below the checkout, unless it is there already. */
export function installSalesforceCli(): void {
  const manifest = join(installed, "package.json");
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).version === version) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  npm(folder, "install", "--no-audit", "--no-fund", "--loglevel=error", `@salesforce/cli@${version}`);
}

/** Packs the plugin, and installs the tarball into the official CLI of a user, as a user would from the registry. */
export function installPackedPlugin(home: string): void {
  const packed = mkdtempSync(join(tmpdir(), "cpq-packed-"));
  try {
    const [{ filename } = { filename: "" }] = JSON.parse(
      npm(packed, "pack", root, "--json", "--ignore-scripts"),
    );
    // The CLI asks before it installs what Salesforce has not signed, unless the user has allowed it.
    const source = `file:${join(packed, filename)}`;
    mkdirSync(join(home, ".config", "sf"), { recursive: true });
    writeFileSync(
      join(home, ".config", "sf", "unsignedPluginAllowList.json"),
      JSON.stringify([source, "sf-plugin-cpq"]),
    );
    const { status, stderr } = spawnSync(
      process.execPath,
      [salesforceCliScript, "plugins", "install", source],
      {
        env: { ...process.env, HOME: home, USERPROFILE: home },
        input: "y\n",
        encoding: "utf8",
      },
    );
    if (status !== 0) throw new Error(`The plugin could not be installed.\n${stderr}`);
  } finally {
    rmSync(packed, { recursive: true, force: true, maxRetries: 10 });
  }
}

function npm(cwd: string, ...args: string[]): string {
  const shell = process.platform === "win32";
  return execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", 2], shell });
}
