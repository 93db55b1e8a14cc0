import { globSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { nearest } from "../app/nearest.ts";
import { reasonOf } from "../app/reasonOf.ts";
import { beginningOf } from "../files/beginningOf.ts";
import { messagesOf } from "../messages.ts";
import type { MessageText } from "../messageText.ts";
import { SfError } from "../sfError.ts";

const largest = 1024 * 1024;

/**
 * The spec files that `--spec` names, in order and without repetition: files as they are; of folders, every YAML file
 * below them except in hidden folders and in node_modules; and what globs match.
 *
 * @throws SfError `NoSpecsError` if a folder or glob holds none, or `NoSpecFileError` if a file is not there
 */
export function specFiles(patterns: readonly string[]): string[] {
  const found = patterns.flatMap((pattern) => {
    const kind = statSync(pattern, { throwIfNoEntry: false });
    if (kind?.isDirectory()) return matches(join(pattern, "**/*.{yaml,yml}"), pattern);
    if (kind !== undefined) return [pattern];
    if (/[*?[{]/.test(pattern)) return matches(pattern, "");
    throw noSpecFile(pattern);
  });
  return [...new Set(found)];
}

/** In a path: a hidden folder or file, such as the `..data` of a ConfigMap, or node_modules. Not `.` and `..` alone. */
const hidden = /(^|[\\/])(\.(?!\.?([\\/]|$))|node_modules([\\/]|$))/;

function matches(glob: string, folder: string): string[] {
  const files = globSync(glob)
    .filter((file) => !hidden.test(relative(folder, file)))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
    .sort();
  if (files.length === 0) throw messagesOf("spec").createError("noSpecs", [folder || glob]);
  return files;
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
