import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { reasonOf } from "../app/reasonOf.ts";
import { isFileError } from "../files/wholeFile.ts";
import { messagesOf } from "../messages.ts";
import { componentOfFile, type FoundFile } from "../metadata/appFiles.ts";
import { isFurtherComponentFile } from "../metadata/furtherComponents.ts";
import { textsAt } from "../metadata/xmlElement.ts";
import { problemAt, requireNoAttributes, XmlProblem } from "../metadata/xmlProblem.ts";
import { parseXml } from "../metadata/xmlText.ts";
import { ignoredIn } from "./forceIgnore.ts";
import { metadataFolders } from "./salesforceProject.ts";

/** A file or link that cannot be read, and what it would be otherwise. */
interface UnreadableFile {
  path: string;
  line: number;
  column: number;
  reason: string;
  component: FoundFile["component"] | undefined;
  fullName: string;
}

/** A component that belongs to an external client app, and that no setting stands for. */
interface FurtherFile {
  path: string;
  type: string;
  appName: string;
}

/** The files of apps in a folder. */
export interface MetadataFolder {
  files: FoundFile[];
  further: FurtherFile[];
  unreadable: UnreadableFile[];
  /** Paths of the files that `.forceignore` keeps from orgs. They are not read. */
  ignored: string[];
}

/** The search of a folder, with what it has found so far. */
interface Search extends MetadataFolder {
  isIgnored(path: string): boolean;
  /** Real paths of folders that were searched. */
  visited: Set<string>;
}

// The largest file that the Metadata API accepts has 10 MB.
const largest = 10 * 1024 * 1024;

/**
 * Reads all metadata files of apps in a folder and below it, in source or metadata format, or the one file that is
 * named. For the folder of a project, it reads those in its package directories. It skips hidden folders and
 * node_modules, and follows symbolic links.
 *
 * @throws SfError `SourceMissingError` or `InvalidProjectError`
 */
export async function readMetadataFiles(path: string): Promise<MetadataFolder> {
  const kind = statSync(path, { throwIfNoEntry: false });
  if (kind === undefined) throw messagesOf("connectedapp.import").createError("sourceMissing", [path]);
  const isIgnored = await ignoredIn(kind.isDirectory() ? path : dirname(path));
  const search: Search = {
    files: [],
    further: [],
    unreadable: [],
    ignored: [],
    isIgnored,
    visited: new Set(),
  };
  if (!kind.isDirectory()) readFile(path, search);
  else for (const folder of metadataFolders(path)) if (existsSync(folder)) walk(folder, [], search);
  return search;
}

function walk(folder: string, above: readonly string[], search: Search): void {
  const real = realpathSync(folder);
  if (above.includes(real)) {
    addUnreadable(search, folder, messagesOf("connectedapp.import").getMessage("linkLoop", [real]));
    return;
  }
  if (search.visited.has(real)) return;
  search.visited.add(real);
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const path = join(folder, entry.name);
    const kind = kindOf(entry, path, search);
    if (kind === "folder") walk(path, [...above, real], search);
    else if (kind === "file" && isComponentFile(entry.name)) readFile(path, search);
  }
}

function kindOf(entry: Dirent, path: string, found: Search): "folder" | "file" | "other" {
  if (entry.isDirectory()) return "folder";
  if (entry.isFile()) return "file";
  if (!entry.isSymbolicLink()) return "other";
  try {
    const target = statSync(path);
    return target.isDirectory() ? "folder" : target.isFile() ? "file" : "other";
  } catch (error) {
    if (isFileError(error, "ELOOP") || isComponentFile(entry.name))
      addUnreadable(found, path, whyUnreadable(error));
    return "other";
  }
}

function isComponentFile(fileName: string): boolean {
  return componentOfFile(fileName) !== undefined || isFurtherComponentFile(fileName);
}

function readFile(path: string, found: Search): void {
  if (found.isIgnored(path)) {
    found.ignored.push(path);
    return;
  }
  const messages = messagesOf("connectedapp.import");
  const known = componentOfFile(basename(path));
  try {
    if (!isComponentFile(basename(path))) throw new Error(messages.getMessage("noComponentFile"));
    const { size } = statSync(path);
    if (size > largest) throw new Error(messages.getMessage("tooLarge", [size, largest]));
    const source = textOf(readFileSync(path));
    const content = parseXml(source);
    if (known === undefined) {
      const [appName = ""] = textsAt(content, ["externalClientApplication"]);
      found.further.push({ path, type: content.name, appName: appName.trim() });
      return;
    }
    const { component, fullName } = known;
    requireNoAttributes(source);
    if (content.name !== component.type)
      throw problemAt(source, source.search(/<[^!?]/), {
        id: "xml.otherRoot",
        values: [content.name, component.type],
      });
    found.files.push({ path, component, fullName, content });
  } catch (error) {
    addUnreadable(found, path, whyUnreadable(error), error);
  }
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error(messagesOf("connectedapp.import").getMessage("notText"));
  }
}

/** Why a metadata file cannot be read, in a sentence. */
export function whyUnreadable(error: unknown): string {
  return error instanceof XmlProblem ? messagesOf("spec").getText(error.text) : reasonOf(error);
}

function addUnreadable(found: MetadataFolder, path: string, reason: string, error?: unknown): void {
  const { line, column } = error instanceof XmlProblem ? error : { line: 1, column: 1 };
  const known = componentOfFile(basename(path));
  found.unreadable.push({
    path,
    line,
    column,
    reason,
    component: known?.component,
    fullName: known?.fullName ?? "",
  });
}
