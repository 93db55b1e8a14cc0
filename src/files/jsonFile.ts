import { readFileSync } from "node:fs";
import type { z } from "zod";
import { writeWhole } from "./wholeFile.ts";

/**
 * Reads a JSON file that must match the schema.
 *
 * @throws Error of the file system or of the parser, or one that names the first place that differs
 */
export function readJsonFile<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> {
  // Editors on Windows may put a byte order mark at its beginning.
  const text = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  const result = schema.safeParse(JSON.parse(text));
  if (result.success) return result.data;
  const [first] = result.error.issues;
  throw new Error(`${first?.path.join(".")}: ${first?.message}`);
}

/** Writes data as a JSON file, in lines. @throws the error of the file system */
export function writeJsonFile(file: string, data: object): void {
  writeWhole(file, `${JSON.stringify(data, null, 2)}\n`);
}
