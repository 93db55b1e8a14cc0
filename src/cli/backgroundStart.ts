import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunningOrgsRecord } from "../localorg/salesforceCli/runningOrgs.ts";
import { messagesOf } from "../messages.ts";

/**
 * Runs the same command again as a process that outlives this one, and waits until it serves.
 *
 * @param argv the command's own arguments
 * @throws SfError `StartFailedError` with the words of that process
 */
export async function startInBackground(argv: readonly string[]): Promise<RunningOrgsRecord> {
  const entry = process.argv[1] ?? "";
  const rest = argv.filter((argument) => argument !== "--background" && argument !== "--json");
  const folder = mkdtempSync(join(tmpdir(), "cpq-localorg-"));
  // A file, since the process goes on when nobody reads its pipes any more.
  const errorFile = join(folder, "stderr");
  const errors = openSync(errorFile, "a");
  const child = spawn(process.execPath, [...process.execArgv, entry, "cpq", "localorg", "start", ...rest], {
    detached: true,
    stdio: ["ignore", "ignore", errors, "ipc"],
  });
  try {
    return await new Promise<RunningOrgsRecord>((resolve, reject) => {
      child.once("message", (record) => resolve(record as RunningOrgsRecord));
      child.once("error", reject);
      child.once("exit", () => reject(new Error(readFileSync(errorFile, "utf8").trim())));
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw messagesOf("localorg.start").createError("startFailed", [reason]);
  } finally {
    if (child.connected) child.disconnect();
    child.unref();
    closeSync(errors);
    rmSync(folder, { recursive: true, force: true });
  }
}
