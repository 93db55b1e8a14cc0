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
    const above = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || isThere(above)) throw error;
    makeFolder(above, mode);
    makeFolder(path, mode);
  }
}
