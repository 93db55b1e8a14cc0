import { globSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { nearest } from "../app/nearest.ts";
import { reasonOf } from "../app/reasonOf.ts";
import { beginningOf } from "../files/beginningOf.ts";
import { messagesOf } from "../messages.ts";
import type { MessageText } from "../messageText.ts";
import { SfError } from "../sfError.ts";
import { parseSpecFile } from "../spec/specDocument.ts";

const largest = 1024 * 1024;

/** What `--spec` names. */
export interface FoundSpecs {
  /** In order and without repetition. */
  files: string[];
  /** YAML files of folders and globs that do not say that they are specs. */
  leftOut: string[];
}

/**
 * The spec files that `--spec` names: files as they are; of folders, every YAML file below them except in hidden folders
 * and in node_modules; and what globs match. Of these, other programs' files are left out.
 *
 * @throws SfError `NoSpecsError` if a folder or glob holds none, or `NoSpecFileError` if a file is not there
 */
export function findSpecs(patterns: readonly string[]): FoundSpecs {
  const found = patterns.map((pattern): FoundSpecs => {
    const kind = statSync(pattern, { throwIfNoEntry: false });
    if (kind?.isDirectory()) return matches(join(pattern, yamlFiles), pattern);
    if (kind !== undefined) return { files: [pattern], leftOut: [] };
    if (/[*?[{]/.test(pattern)) return matches(pattern, "");
    throw noSpecFile(pattern);
  });
  const files = new Set(found.flatMap((one) => one.files));
  const leftOut = new Set(found.flatMap((one) => one.leftOut));
  return { files: [...files], leftOut: [...leftOut].filter((file) => !files.has(file)) };
}

/** In a path: a hidden folder or file, such as the `..data` of a ConfigMap, or node_modules. Not `.` and `..` alone. */
const hidden = /(^|[\\/])(\.(?!\.?([\\/]|$))|node_modules([\\/]|$))/;

function matches(glob: string, folder: string): FoundSpecs {
  const found = candidates(glob, folder);
  const { files, leftOut } = found;
  if (files.length > 0) return found;
  const messages = messagesOf("spec");
  const where = folder || glob;
  throw leftOut.length === 0
    ? messages.createError("noSpecs", [where])
    : messages.createError("onlyOthers", [where, namesOf(leftOut)]);
}

/** The specs of a folder, which may be empty or not there. */
export function specsBelow(folder: string): string[] {
  return candidates(join(folder, yamlFiles), folder).files;
}

const yamlFiles = "**/*.{yaml,yml}";

function candidates(glob: string, folder: string): FoundSpecs {
  const all = globSync(glob)
    .filter((file) => !hidden.test(relative(folder, file)))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
    .sort();
  const { spec = [], other = [] } = Object.groupBy(all, (file) => (isNamedSpec(file) ? "spec" : "other"));
  return { files: spec, leftOut: other };
}

/** What was left out, in one sentence; undefined if nothing was. */
export function leftOutText(leftOut: readonly string[]): string | undefined {
  const values = [leftOut.length, namesOf(leftOut)] as const;
  const id = leftOut.length === 1 ? "leftOut.one" : "leftOut.many";
  return leftOut.length === 0 ? undefined : messagesOf("spec").getMessage(id, values);
}

const mostNames = 5;

function namesOf(files: readonly string[]): string {
  const names = files.slice(0, mostNames).join(", ");
  return files.length > mostNames ? `${names} …` : names;
}

const kindOfSpec = /^(ConnectedApp|ExternalClientApp)\b/i;
const versionOfSpec = /^cpq\b/i;
const claim = /\b(apiVersion["']?\s*:\s*["']?cpq\b|kind["']?\s*:\s*["']?(ConnectedApp|ExternalClientApp)\b)/i;
const claimOfLine = new RegExp(`^${claim.source}`, "im");

/** Whether a file says, by its kind or its version, that it is a spec. What nobody can read may be one. */
function isNamedSpec(file: string): boolean {
  const read = readSpecText(file);
  return "text" in read ? claimsToBeSpec(read.text, file) : read.id !== "tooLarge";
}

/** The same of a text: of one of its documents, or of a text that is not YAML. */
export function claimsToBeSpec(text: string, file: string): boolean {
  if (claimOfLine.test(text)) return true;
  // It may be a spec within something else, such as a ConfigMap.
  if (!claim.test(text)) return false;
  return parseSpecFile(text, file).documents.some(
    ({ document, problems }) =>
      problems.length > 0 ||
      kindOfSpec.test(String(document.get("kind"))) ||
      versionOfSpec.test(String(document.get("apiVersion"))),
  );
}

/** It has no line, so there is no place to show; but a name may be mistyped, or the spec not be written yet. */
function noSpecFile(file: string): SfError {
  const messages = messagesOf("spec");
  const neighbour = nearest(basename(file), neighboursOf(file));
  const meant =
    neighbour === undefined ? [] : [messages.getMessage("didYouMean", [join(dirname(file), neighbour)])];
  return SfError.create({
    name: "NoSpecFileError",
    message: [messages.getMessage("noSpecFile", [file]), ...meant].join(" "),
    actions: messages.getMessages("noSpecFile.actions", [file]),
    exitCode: 2,
  });
}

/** The other YAML files of its folder, if there is one. */
function neighboursOf(file: string): string[] {
  try {
    return readdirSync(dirname(file)).filter((name) => /\.ya?ml$/.test(name));
  } catch {
    return [];
  }
}

/** Why the text of a file cannot be read. */
type Unreadable = MessageText<"spec", "tooLarge" | "unreadable" | "utf16" | "nul" | "notText">;

/** A file's text, or why it cannot be read. */
export function readSpecText(file: string): { text: string } | Unreadable {
  let bytes: Buffer;
  try {
    const { size } = statSync(file);
    if (size > largest) return { id: "tooLarge", values: [size, largest] };
    bytes = beginningOf(file, largest + 1);
    if (bytes.length > largest) return { id: "tooLarge", values: [bytes.length, largest] };
  } catch (error) {
    return { id: "unreadable", values: [reasonOf(error)] };
  }
  if (isUtf16(bytes)) return { id: "utf16", values: [] };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const zero = text.indexOf("\0");
    return zero < 0 ? { text } : { id: "nul", values: [text.slice(0, zero).split("\n").length] };
  } catch {
    return { id: "notText", values: [] };
  }
}

/** Whether it begins with a byte order mark, or has a zero in every other byte at its beginning. */
function isUtf16(bytes: Buffer): boolean {
  const [first = 0, second = 0] = bytes;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return marked || (bytes.length >= 2 && (first === 0) !== (second === 0));
}
