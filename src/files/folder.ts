import { mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder and those above it. Node's own recursive way never ends where the system says of a folder that exists
 * that it does not, as Linux does of new folders in /proc.
 *
 * @param mode of new folders
 * @throws the error of the file system
 */
export function makeFolder(folder: string, mode = 0o777): void {
  const isThere = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const path = resolve(folder);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (isThere(path)) return;
    const { code } = error as NodeJS.ErrnoException;
    // A file stands there. "It exists" would be taken for the file that is to be in the folder.
    if (code === "EEXIST") throw notFolder(path);
    const above = dirname(path);
    if (code !== "ENOENT" || isThere(above)) throw error;
    makeFolder(above, mode);
    makeFolder(path, mode);
  }
}

function notFolder(path: string): NodeJS.ErrnoException {
  const details = { code: "ENOTDIR", syscall: "mkdir", path };
  return Object.assign(new Error(`ENOTDIR: not a directory, mkdir '${path}'`), details);
}
