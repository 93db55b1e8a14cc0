import { randomUUID } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

/**
 * Writes a file whole or not at all, and makes the folders above it. Who reads it meanwhile gets the former text. A file that
 * is there keeps its mode; of a symbolic link, the target is written. What is no regular file, such as `/dev/stdout`, is
 * written as it is.
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
 * Writes a file that is not there yet, whole or not at all, and makes the folders above it.
 *
 * @throws the error of the file system, with the code EEXIST if the file is there
 */
export function createWhole(file: string, text: string, mode = 0o666): void {
  // Unlike a rename, a link takes nobody's place.
  throughTemporaryFile(file, text, mode, (temporary) => linkSync(temporary, file));
}

/** Whether a file system's error says that a file is there already, or that there is none. */
export function isFileError(error: unknown, code: "EEXIST" | "ENOENT"): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === code;
}

function throughTemporaryFile(
  target: string,
  text: string,
  mode: number,
  putInPlace: (temporary: string) => void,
): void {
  mkdirSync(dirname(target), { recursive: true });
  // In the same folder, since a rename does not cross file systems.
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    writeToDisk(temporary, text, mode);
    putInPlace(temporary);
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
