import { exec } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { messagesOf } from "../messages.ts";

const run = promisify(exec);
const longestCommand = 60_000;

/**
 * What a text stands for: itself, or the value behind `${env:NAME}`, `${file:PATH}` or `${command:…}`. A line break at
 * its end does not belong to it. A command runs in the system's shell, so treat a spec with the care that a script
 * needs.
 *
 * @param what names the value in errors, such as `consumer.secret`. Errors never hold the value itself.
 * @throws SfError `UnsetVariableError`, `UnreadableFileError`, `CommandFailedError` or `EmptyValueError`
 */
export async function followReference(text: string, what: string): Promise<string> {
  const [, kind, target] = /^\$\{(env|file|command):([^}]+)\}$/.exec(text) ?? [];
  if (kind === undefined || target === undefined) return text;
  const value = (await readers[kind as keyof typeof readers](target, what)).replace(/\r?\n$/, "");
  if (value === "") throw messagesOf("consumer").createError("emptyValue", [what, text]);
  return value;
}

const readers = {
  env: async (name: string, what: string): Promise<string> => {
    const value = process.env[name];
    if (value === undefined) throw messagesOf("consumer").createError("unsetVariable", [name, what], [name]);
    return value;
  },
  file: async (path: string, what: string): Promise<string> =>
    readFile(path, "utf8").catch((error: Error) => {
      throw messagesOf("consumer").createError("unreadableFile", [path, what, error.message]);
    }),
  command: async (command: string, what: string): Promise<string> => {
    try {
      return (await run(command, { timeout: longestCommand, maxBuffer: 64 * 1024 })).stdout;
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
