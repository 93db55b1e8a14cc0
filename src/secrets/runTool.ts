import { spawn } from "node:child_process";
import { messagesOf } from "../messages.ts";
import { redacted } from "./redaction.ts";

/** A minute: a tool may ask a server, or a person for a passphrase. */
const longestRun = 60_000;
/** In bytes. A pair needs less than one kilobyte. */
const longestOutput = 64 * 1024;
const shownOutput = 2000;

/** How a program ended that could be started. */
export interface ToolResult {
  /** Undefined if a signal ended it. */
  exitCode: number | undefined;
  stdout: string;
  stderr: string;
}

/**
 * Runs a program with arguments, without a shell. What is secret goes through its standard input.
 *
 * @throws SfError `ToolMissingError`, `ToolNotStartedError`, `ToolTooSlowError` or `ToolTooLoudError`
 */
export function runTool(args: readonly string[], input: string): Promise<ToolResult> {
  const [program = "", ...rest] = args;
  const messages = messagesOf("store");
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { stdio: ["pipe", "pipe", "pipe"], windowsHide: true });
    const outputs = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    let size = 0;
    let stopped: Error | undefined;
    const stop = (reason: Error) => {
      stopped ??= reason;
      child.kill("SIGKILL");
      // Children of the program may hold these open for longer.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const timer = setTimeout(
      () => stop(messages.createError("toolTooSlow", [program, longestRun / 1000])),
      longestRun,
    );
    for (const name of ["stdout", "stderr"] as const) {
      child[name].on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > longestOutput) stop(messages.createError("toolTooLoud", [program, longestOutput / 1024]));
        else outputs[name].push(chunk);
      });
    }
    child.once("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(
        error.code === "ENOENT"
          ? messages.createError("toolMissing", [program], [program])
          : messages.createError("toolNotStarted", [program, error.message]),
      );
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      if (stopped !== undefined) reject(stopped);
      else
        resolve({
          exitCode: code ?? undefined,
          stdout: Buffer.concat(outputs.stdout).toString("utf8"),
          stderr: Buffer.concat(outputs.stderr).toString("utf8"),
        });
    });
    // A program that ends without reading its input says so by its exit code.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

/** What a program said, for people: without secrets, on one line, and not longer than one can read. */
export function toolWords({ stdout, stderr }: ToolResult, secrets: readonly string[]): string {
  const said = stderr.trim() === "" ? stdout : stderr;
  const text = redacted(said, secrets)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  return text.length > shownOutput ? `${text.slice(0, shownOutput)}…` : text;
}
