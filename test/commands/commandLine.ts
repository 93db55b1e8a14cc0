import { type ChildProcessByStdio, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { RunState } from "../../src/results/journal.ts";
import { folderWith } from "../temporaryFolders.ts";
import { runInThisProcess } from "./inThisProcess.ts";
import { requirePublishedResult } from "./publishedResults.ts";

const entry = join(import.meta.dirname, "..", "..", "bin", "run.js");

/** How a command ended. */
export interface CommandResult {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** A user with an empty home folder, who types commands. */
export interface CommandLine {
  home: string;
  /** Starts a command as a process of its own, and does not wait for its end. */
  open(...args: string[]): ChildProcessByStdio<null, Readable, Readable>;
  sf(...args: string[]): Promise<CommandResult>;
  /** The same with `--json`; the answer is parsed, and checked against the schema that is published for it. */
  sfJson(...args: string[]): Promise<{ status: number | null; json: JsonAnswer }>;
}

/** Is told what each command printed. */
export type Witness = (args: readonly string[], result: CommandResult) => void;

/** What `--json` prints. */
export interface JsonAnswer {
  status: number;
  result: unknown;
  name?: string;
  message?: string;
  actions?: string[];
  data?: unknown;
  /** What a run that did not end well had done by then. */
  state?: RunState;
  warnings: string[];
}

/**
 * The plugin alone, in a home folder of its own or in one that somebody else cleans up. Its commands run in this process,
 * in the home folder or another one; `open` starts one of its own.
 */
export function commandLine(
  home = folderWith({}),
  {
    folder = home,
    variables = {},
    seen = () => {},
  }: { folder?: string; variables?: Readonly<Record<string, string>>; seen?: Witness } = {},
): CommandLine {
  const env = { ...environmentOf(home), ...variables };
  const sf = witnessed((...args) => runInThisProcess(args, { folder, env }), seen);
  return { home, open: opener(entry, home), sf, sfJson: withJson(sf) };
}

/** The plugin as users start it: each command is a process of its own. */
export function spawnedCommandLine(home = folderWith({}), seen: Witness = () => {}): CommandLine {
  return commandLineOf(entry, home, seen);
}

/** A command line whose `sf` is the given script; each command is a process of its own. */
export function commandLineOf(script: string, home: string, seen: Witness = () => {}): CommandLine {
  const open = opener(script, home);
  const sf = witnessed((...args) => ended(open(...args)), seen);
  return { home, open, sf, sfJson: withJson(sf) };
}

function witnessed(sf: CommandLine["sf"], seen: Witness): CommandLine["sf"] {
  return async (...args) => {
    const result = await sf(...args);
    seen(args, result);
    return result;
  };
}

function opener(script: string, home: string): CommandLine["open"] {
  const env = environmentOf(home);
  return (...args) =>
    spawn(process.execPath, [script, ...args], { cwd: home, env, stdio: ["ignore", "pipe", "pipe"] });
}

/** Variables that the test runner sets. A user has none of them. */
const ofTheRunner = /^(VITEST|FORCE_COLOR$|FORCE_TTY$)|^(BASE_URL|DEV|MODE|PROD|SSR|TEST)$/;

/** All variables of the commands of a user with such a home. */
export function environmentOf(home: string): Record<string, string> {
  const variables = Object.entries(process.env as Record<string, string>);
  return {
    ...Object.fromEntries(variables.filter(([name]) => !ofTheRunner.test(name))),
    // Not the mode of the test runner, in which oclif would take the sources instead of what users get.
    NODE_ENV: "production",
    HOME: home,
    USERPROFILE: home,
    SF_USE_GENERIC_UNIX_KEYCHAIN: "true",
    SF_DISABLE_TELEMETRY: "true",
    SF_AUTOUPDATE_DISABLE: "true",
    SF_SKIP_NEW_VERSION_CHECK: "true",
    NO_COLOR: "1",
    // A user who says so by it that this home lasts, though it is new.
    CPQ_STORE_FOLDER: join(home, ".sf"),
    CPQ_TEST_SECRET: "SecretOfTheEnvironment1",
  };
}

function ended(child: ReturnType<CommandLine["open"]>): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, stdout, stderr }));
  });
}

function withJson(sf: CommandLine["sf"]): CommandLine["sfJson"] {
  return async (...args) => {
    const { status, stdout, stderr } = await sf(...args, "--json");
    const json = parsed(stdout, stderr);
    const isOurs = args[0] === "cpq";
    if (isOurs && json.result !== undefined) requirePublishedResult(args, json.result);
    return { status, json };
  };
}

function parsed(stdout: string, stderr: string): JsonAnswer {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`No JSON on standard output.\n${stdout}\n${stderr}`);
  }
}
