import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { messagesOf } from "../messages.ts";

/**
 * Writes files that are not there yet: all of them or, where one is there, none.
 *
 * @throws SfError `FileExistsError`
 */
export function writeNewFiles(files: readonly (readonly [file: string, text: string])[]): void {
  const existing = files.find(([file]) => existsSync(file));
  if (existing !== undefined) throw messagesOf("connectedapp.init").createError("fileExists", [existing[0]]);
  for (const [file, text] of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx" });
  }
}
