import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import type { CommandResult } from "./commandLine.ts";

const root = join(import.meta.dirname, "..", "..");

/** Where a command runs: its working folder, and all of its environment. */
export interface Surroundings {
  folder: string;
  env: Readonly<Record<string, string>>;
}

let lastCommand: Promise<unknown> = Promise.resolve();

/**
 * Runs a command as `bin/run.js` does, in this process: oclif, the manifest and the built commands are those that users
 * get. Folder, environment, output and exit code belong to the process, so one command waits for the other.
 */
export function runInThisProcess(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<CommandResult> {
  const result = lastCommand.then(() => run(args, surroundings));
  lastCommand = result.catch(() => undefined);
  return result;
}

async function run(args: readonly string[], { folder, env }: Surroundings): Promise<CommandResult> {
  const former = { ...process.env };
  const { argv, exitCode } = process;
  const formerFolder = process.cwd();
  setEnvironment(env);
  process.chdir(folder);
  process.argv = [process.execPath, join(root, "bin", "run.js"), ...args];
  process.exitCode = undefined;
  const streams = captureStreams();
  try {
    await forget();
    const status = await execute(args);
    return { status, ...streams.texts() };
  } finally {
    await forget();
    // A check for drift has its process spare memory. This one goes on, and would be a third slower.
    setFlagsFromString("--no-optimize-for-size");
    streams.release();
    process.exitCode = exitCode;
    process.argv = argv;
    process.chdir(formerFolder);
    setEnvironment(former);
  }
}

/** Loaded only here: what decides about colors reads the environment once, when it is loaded. */
async function execute(args: readonly string[]): Promise<number> {
  const [{ execute }, { Exit }] = await Promise.all([
    import("@oclif/core/execute"),
    import("@oclif/core/handle"),
  ]);
  let status: number | undefined;
  const { exit } = Exit;
  // The process goes on, and the first end is the one that counts.
  Exit.exit = ((code = 0) => {
    status ??= code;
  }) as typeof exit;
  try {
    await execute({ args: [...args], dir: root });
    return status ?? Number(process.exitCode ?? 0);
  } finally {
    Exit.exit = exit;
  }
}

/** Lets go of what the CLI's library keeps in memory of files: another process would read them anew. */
async function forget(): Promise<void> {
  const { ConfigAggregator, Lifecycle, Logger, SfProject, StateAggregator } = await import(
    "@salesforce/core"
  );
  await StateAggregator.clearInstanceAsync();
  await ConfigAggregator.clearInstance();
  SfProject.clearInstances();
  Logger.destroyRoot();
  const lifecycle = Lifecycle.getInstance();
  lifecycle.removeAllListeners(Lifecycle.warningEventName);
  lifecycle.removeAllListeners(Lifecycle.telemetryEventName);
}

/** Changes the variables one by one: native code, such as that which finds the home folder, sees no other object. */
function setEnvironment(env: Readonly<Record<string, string | undefined>>): void {
  for (const name of Object.keys(process.env)) if (env[name] === undefined) delete process.env[name];
  for (const [name, value] of Object.entries(env)) if (value !== undefined) process.env[name] = value;
}

/** Keeps what is written, as a pipe would: no stream is a terminal. */
function captureStreams() {
  const outputs = (["stdout", "stderr"] as const).map((name) => capture(process[name]));
  const input = Object.getOwnPropertyDescriptor(process.stdin, "isTTY");
  Object.defineProperty(process.stdin, "isTTY", { configurable: true, value: false });
  return {
    texts: () => ({ stdout: outputs[0]?.text() ?? "", stderr: outputs[1]?.text() ?? "" }),
    release: () => {
      for (const output of outputs) output.release();
      if (input === undefined) Reflect.deleteProperty(process.stdin, "isTTY");
      else Object.defineProperty(process.stdin, "isTTY", input);
    },
  };
}

function capture(stream: NodeJS.WriteStream) {
  const { write, isTTY } = stream;
  const removeAddedListeners = rememberListeners(stream, ["drain", "error"]);
  const chunks: Buffer[] = [];
  const written = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const [encoding] = rest;
    chunks.push(
      typeof chunk === "string" ? Buffer.from(chunk, encoding as BufferEncoding) : Buffer.from(chunk),
    );
    const done = rest.at(-1);
    if (typeof done === "function") done();
    return true;
  };
  Object.assign(stream, { write: written, isTTY: false });
  return {
    text: () => Buffer.concat(chunks).toString("utf8"),
    release: () => {
      Object.assign(stream, { write, isTTY });
      removeAddedListeners();
    },
  };
}

/** Commands leave their listeners to the end of the process. */
function rememberListeners(stream: NodeJS.WriteStream, events: readonly string[]): () => void {
  const former = events.map((event) => ({ event, listeners: stream.rawListeners(event) }));
  return () => {
    for (const { event, listeners } of former)
      for (const listener of stream.rawListeners(event) as (() => void)[])
        if (!listeners.includes(listener)) stream.off(event, listener);
  };
}
