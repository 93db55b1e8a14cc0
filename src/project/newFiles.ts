import { existsSync } from "node:fs";
import { createWhole } from "../files/wholeFile.ts";
import { messagesOf } from "../messages.ts";

/**
 * Writes files that do not exist yet: all of them or, if one exists, none.
 *
 * @throws SfError `FileExistsError`
 */
export function writeNewFiles(files: readonly (readonly [file: string, text: string])[]): void {
  const existing = files.find(([file]) => existsSync(file));
  if (existing !== undefined) throw messagesOf("connectedapp.init").createError("fileExists", [existing[0]]);
  for (const [file, text] of files) createWhole(file, text);
}
