import { closeSync, openSync, readSync } from "node:fs";

const partLength = 64 * 1024;

/**
 * The first bytes of a file. A device or a pipe does not say how much is in it, and may never end.
 *
 * @throws the error of the file system
 */
export function beginningOf(file: string, length: number): Buffer {
  const descriptor = openSync(file, "r");
  try {
    const parts: Buffer[] = [];
    for (let left = length; left > 0; ) {
      const part = Buffer.alloc(Math.min(left, partLength));
      const read = readSync(descriptor, part, 0, part.length, null);
      if (read === 0) break;
      parts.push(part.subarray(0, read));
      left -= read;
    }
    return Buffer.concat(parts);
  } finally {
    closeSync(descriptor);
  }
}
