import { randomUUID } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "./folder.ts";

/**
 * Writes a file whole or not at all, and makes the folders above it. Whoever reads it meanwhile gets the former text.
 * An existing file keeps its mode. For a symbolic link, its target is written. What is not a regular file, such as
 * `/dev/stdout`, is written directly.
 *
 * @param mode of a new file
 * @throws the error of the file system
 */
export function writeWhole(file: string, text: string, mode = 0o666): void {
  const former = statSync(file, { throwIfNoEntry: false });
  if (former !== undefined && !former.isFile()) {
    writeFileSync(file, text);
    return;
  }
  const target = former === undefined ? file : realpathSync(file);
  throughTemporaryFile(target, text, former?.mode ?? mode, (temporary) => renameSync(temporary, target));
}

/**
 * Writes a file that does not exist yet, whole or not at all, and makes the folders above it.
 *
 * @throws the error of the file system, with the code EEXIST if the file exists
 */
export function createWhole(file: string, text: string, mode = 0o666): void {
  // Unlike a rename, a link never replaces a file.
  throughTemporaryFile(file, text, mode, (temporary) => linkSync(temporary, file));
}

/**
 * Writes a file whole that only its owner can read and write, whatever mode it had, and whatever the umask is. If a
 * symbolic link stands there, the file takes its place: nothing is written where the link leads. When this returns, the
 * file is on the disk under its name, and a power cut cannot take it back.
 *
 * @throws the error of the file system
 */
export function writePrivate(file: string, text: string): void {
  throughTemporaryFile(file, text, 0o600, (temporary) => {
    chmodSync(temporary, 0o600);
    renameSync(temporary, file);
  });
  syncFolder(dirname(file));
}

/** The folder holds the file's new name. Windows opens no folders, and its file system keeps a journal of names. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Whether a file system's error says that a file exists already, that there is none, or that links lead in a circle. */
export function isFileError(error: unknown, code: "EEXIST" | "ENOENT" | "ELOOP" | "ESRCH"): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === code;
}

function throughTemporaryFile(
  target: string,
  text: string,
  mode: number,
  putInPlace: (temporary: string) => void,
): void {
  makeFolder(dirname(target));
  // In the same folder, because a rename cannot cross file systems.
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    writeToDisk(temporary, text, mode);
    putInPlace(temporary);
  } catch (error) {
    // That of a full disk does not say which file it was.
    const { path = target } = error as NodeJS.ErrnoException;
    throw Object.assign(error as Error, { path });
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Without the sync, a power cut can leave an empty file under the new name. */
function writeToDisk(file: string, text: string, mode: number): void {
  const descriptor = openSync(file, "wx", mode);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
