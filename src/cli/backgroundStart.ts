import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunningOrgsRecord } from "../localorg/salesforceCli/runningOrgs.ts";
import { messagesOf } from "../messages.ts";
import { SfError } from "../sfError.ts";

/** The flag that makes `start` report to the process that started it, instead of printing. */
export const reportToParent = "--report-to-parent";

/** What the serving process tells the one that started it: the running orgs, or why there are none. */
type Report = { record: RunningOrgsRecord } | { failure: SfErrorOptions };

type SfErrorOptions = Parameters<typeof SfError.create>[0];

/**
 * Runs the same command again as a process that outlives this one, and waits until it serves.
 *
 * @param argv the command's own arguments
 * @throws SfError the error of that process, or `StartFailedError` if it ended without one
 */
export async function startInBackground(argv: readonly string[]): Promise<RunningOrgsRecord> {
  const entry = process.argv[1] ?? "";
  const rest = argv.filter((argument) => argument !== "--background" && argument !== "--json");
  const folder = mkdtempSync(join(tmpdir(), "cpq-localorg-"));
  // A file, because the process goes on when nobody reads its pipes any more.
  const errorFile = join(folder, "stderr");
  const errors = openSync(errorFile, "a");
  const child = spawn(
    process.execPath,
    [...process.execArgv, entry, "cpq", "localorg", "start", ...rest, reportToParent],
    { detached: true, stdio: ["ignore", "ignore", errors, "ipc"] },
  );
  try {
    const report = await new Promise<Report>((resolve, reject) => {
      child.once("message", (message) => resolve(message as Report));
      child.once("error", reject);
      child.once("exit", () => reject(new Error(readFileSync(errorFile, "utf8").trim())));
    }).catch((error: Error) => {
      throw messagesOf("localorg.start").createError("startFailed", [error.message]);
    });
    if ("failure" in report) throw SfError.create(report.failure);
    return report.record;
  } finally {
    if (child.connected) child.disconnect();
    child.unref();
    closeSync(errors);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Tells the process that started this one that the orgs answer. */
export function reportSuccess(record: RunningOrgsRecord): Promise<void> {
  return report({ record });
}

/** Tells the process that started this one why the orgs cannot be started. */
export function reportFailure(error: Error): Promise<void> {
  const { name, message, actions, exitCode } = SfError.wrap(error);
  return report({ failure: { name, message, exitCode, ...(actions ? { actions } : {}) } });
}

function report(message: Report): Promise<void> {
  // If the parent has ended in the meantime, that is no reason to fail.
  return new Promise((resolve) => {
    if (process.connected) process.send?.(message, () => resolve());
    else resolve();
  });
}
