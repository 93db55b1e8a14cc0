import nodeModule from "node:module";
import { setFlagsFromString } from "node:v8";
import { makeFolder } from "../files/folder.ts";
import { messagesOf } from "../messages.ts";

/**
 * How Node treats memory, by what a command works on. These settings have an effect only before the heap has grown.
 *
 * @see https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
const memorySettings = {
  /** A few apps. Node would let the space of young objects grow to several times what they need. */
  few: ["--semi-space-growth-factor=1"],
  /**
   * Many orgs. Node lets hundreds of MiB of garbage pile up if the machine has them, which the small container of a pipeline
   * does not. The heap may grow by half and a little more between two collections: what is alive hardly grows with the number of
   * orgs, so that a collection stays cheap.
   */
  many: ["--optimize-for-size", "--heap-growing-percent=60", "--semi-space-growth-factor=1"],
  /** A server, which Node knows best how to run. */
  server: [],
};
export type MemorySettings = keyof typeof memorySettings;

/**
 * The program alone looks at Node's version before it loads anything (bin/run.js); inside the Salesforce CLI, a command has to.
 *
 * @param version such as `22.19.0`
 * @throws SfError `NodeTooOldError`
 */
export function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < 22 || (major === 22 && minor < 19))
    throw messagesOf("shared").createError("nodeTooOld", ["22.19", version]);
}

/**
 * Settings of the process for the rest of a command, before the code is loaded that talks to orgs: memory, and a folder in
 * which Node keeps what it compiled. Compiled code counts only for the settings that it was compiled with, and Node notices
 * that only if they came first; so where somebody else already keeps compiled code, they stay as they are. Where the folder
 * cannot be made, everything works, a little later: Node itself would try for ever in some homes.
 */
export function prepareNode(memory: MemorySettings, folder: string): void {
  if (nodeModule.getCompileCacheDir() !== undefined) return;
  for (const setting of memorySettings[memory]) setFlagsFromString(setting);
  try {
    makeFolder(folder);
    nodeModule.enableCompileCache(folder);
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
  }
}
