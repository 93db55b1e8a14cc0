import { createHash } from "node:crypto";
import type { MetadataFile } from "../../metadata/kind.ts";
import { toSourceFiles } from "../../metadata/sourceFiles.ts";

/** `sha256:` and the hash of plain data; equal for equal data, whatever the order of its keys. */
export function digestOf(value: unknown): string {
  return `sha256:${createHash("sha256").update(canonicalJson(value)).digest("hex")}`;
}

/** The digest of metadata files: of what they say, not of how they are formatted. */
export function digestOfFiles(files: readonly MetadataFile[]): string {
  return digestOf(toSourceFiles(files));
}

/** JSON without spaces, with the keys of each object in order. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((entry) => canonicalJson(entry ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(",")}}`;
}
