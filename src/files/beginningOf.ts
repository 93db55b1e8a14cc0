import { closeSync, openSync, readSync } from "node:fs";

/**
 * The first bytes of a file. A device or a pipe does not say how much is in it, and may never end.
 *
 * @throws the error of the file system
 */
export function beginningOf(file: string, length: number): Buffer {
  const descriptor = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(length);
    let end = 0;
    for (let read = -1; read !== 0 && end < length; end += read)
      read = readSync(descriptor, bytes, end, length - end, null);
    return bytes.subarray(0, end);
  } finally {
    closeSync(descriptor);
  }
}
