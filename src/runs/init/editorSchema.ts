import { existsSync, readFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { writeWhole } from "../../files/wholeFile.ts";
import { packageFile } from "../../packageFile.ts";

/** The first line of a spec, by which editors find its schema. */
export function schemaLine(spec: string, schema: string): string {
  const path = relative(dirname(spec), schema).replaceAll("\\", "/");
  return `# yaml-language-server: $schema=${path.startsWith(".") ? path : `./${path}`}\n`;
}

/**
 * Writes the schema of specs, as this version of the plugin knows them.
 *
 * @returns whether the file is new or changed
 * @throws the error of the file system
 */
export function writeSchema(file: string): boolean {
  const schema = readFileSync(packageFile("schemas/connectedapp.schema.json"), "utf8");
  if (existsSync(file) && readFileSync(file, "utf8") === schema) return false;
  writeWhole(file, schema);
  return true;
}
