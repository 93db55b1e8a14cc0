import type { z } from "zod";
import { beginningOf } from "./beginningOf.ts";
import { writeWhole } from "./wholeFile.ts";

/**
 * Reads a JSON file that must match the schema.
 *
 * @throws Error of the file system or of the parser, or one that names the first place that differs
 */
export function readJsonFile<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> {
  return parsed(textOf(file, largestFile), schema);
}

/** No report on thousands of orgs comes near it, in bytes. */
const largestFile = 256_000_000;

/** No plan and no receipt comes near it, in bytes. */
const largestExactFile = 1_000_000;

/**
 * The same for a file that people review or sign: it must be of a size that people can read, and hold each field once
 * and none that the schema does not know. Else a reader might rely on what no program reads.
 *
 * @param schema of strict objects, without defaults
 * @throws as `readJsonFile`
 */
export function readExactJsonFile<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> {
  const text = textOf(file, largestExactFile);
  const content = parsed(text, schema);
  if (fieldsWritten(text) !== fieldsOf(content)) throw new Error("It holds a field twice.");
  return content;
}

function textOf(file: string, largest: number): string {
  const bytes = beginningOf(file, largest + 1);
  if (bytes.length > largest) throw new Error(`It is larger than ${largest / 1_000_000} MB.`);
  return bytes.toString("utf8");
}

function parsed<Schema extends z.ZodType>(text: string, schema: Schema): z.output<Schema> {
  // Editors on Windows may put a byte order mark at its beginning.
  const json = text.replace(/^\uFEFF/, "");
  if (json.trim() === "") throw new Error("It is empty.");
  const result = schema.safeParse(JSON.parse(json));
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const place = first?.path.join(".") ?? "";
  throw new Error(place === "" ? first?.message : `${place}: ${first?.message}`);
}

/** How many names of fields a JSON text holds. */
function fieldsWritten(json: string): number {
  return [...json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined).length;
}

function fieldsOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inner = Object.values(value);
  return inner.reduce((count: number, one) => count + fieldsOf(one), Array.isArray(value) ? 0 : inner.length);
}

/** Writes data as a JSON file, in lines. @throws the error of the file system */
export function writeJsonFile(file: string, data: object): void {
  writeWhole(file, `${JSON.stringify(data, null, 2)}\n`);
}
