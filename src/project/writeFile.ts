import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes a file, and makes the folders above it.
 *
 * @param failed the error to throw, made from the reason
 */
export function writeFile(file: string, text: string, failed: (reason: string) => Error): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw failed(error instanceof Error ? error.message : String(error));
  }
}
