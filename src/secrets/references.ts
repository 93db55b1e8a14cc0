import { exec } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { reasonOf } from "../app/reasonOf.ts";
import { beginningOf } from "../files/beginningOf.ts";
import { messagesOf } from "../messages.ts";
import { noPermissions, type Permissions, requireCommandsAllowed } from "./permissions.ts";
import { hideFromNowOn } from "./redaction.ts";

const run = promisify(exec);
const longestCommand = 60_000;
/** In bytes. A secret needs less than one kilobyte. */
const longestValue = 64 * 1024;
const reference = /^\$\{(env|file|command):([^}]+)\}$/;

/**
 * What a text stands for: itself, or the value behind `${env:NAME}`, `${file:PATH}` or `${command:…}`. A line break at
 * its end does not belong to it. A command runs in the system's shell, so treat a spec with the care that a script
 * needs.
 *
 * @param what names the value in errors, such as `consumer.secret`. Errors never hold the value itself.
 * @param allowed whether a command may run even in the pull request of a stranger
 * @throws SfError `UnsetVariableError`, `UnreadableFileError`, `CommandFailedError` or `EmptyValueError`
 */
export async function followReference(
  text: string,
  what: string,
  allowed: Permissions = noPermissions,
): Promise<string> {
  const [, kind, target] = reference.exec(text) ?? [];
  if (kind === undefined || target === undefined) return text;
  const value = (await readers[kind as keyof typeof readers](target, what, allowed)).replace(/\r?\n$/, "");
  if (value === "") throw messagesOf("consumer").createError("emptyValue", [what, text]);
  hideFromNowOn(value);
  return value;
}

/**
 * The same, but undefined if it is not there yet: a variable that is not set or empty, or a file that does not exist.
 *
 * @throws SfError as `followReference` for everything else
 */
export async function followIfThere(
  text: string,
  what: string,
  allowed: Permissions = noPermissions,
): Promise<string | undefined> {
  const [, kind, target = ""] = reference.exec(text) ?? [];
  if (kind === "env" && !process.env[target]) return undefined;
  if (kind === "file" && !existsSync(target)) return undefined;
  return followReference(text, what, allowed);
}

/** Whether following a reference reads a file or runs a command. */
export function runsOrReads(text: string): boolean {
  return /^\$\{(file|command):/.test(text);
}

const readers = {
  env: async (name: string, what: string): Promise<string> => {
    const value = process.env[name];
    if (value === undefined) throw messagesOf("consumer").createError("unsetVariable", [name, what], [name]);
    return value;
  },
  file: async (path: string, what: string): Promise<string> => textOf(path, what),
  command: async (command: string, what: string, allowed: Permissions): Promise<string> => {
    requireCommandsAllowed(command, allowed);
    try {
      return (await run(command, { timeout: longestCommand, maxBuffer: longestValue })).stdout;
    } catch (error) {
      const { code, stderr } = error as { code?: unknown; stderr?: string };
      throw messagesOf("consumer").createError("commandFailed", [
        command,
        what,
        String(code),
        stderr?.trim() ?? "",
      ]);
    }
  },
};

function textOf(path: string, what: string): string {
  const messages = messagesOf("consumer");
  const unreadable = (reason: string) => messages.createError("unreadableFile", [path, what, reason]);
  let bytes: Buffer;
  try {
    bytes = beginningOf(path, longestValue + 1);
  } catch (error) {
    throw unreadable(reasonOf(error));
  }
  if (bytes.length > longestValue) throw unreadable(messages.getMessage("tooLong", [longestValue / 1024]));
  return bytes.toString("utf8");
}
