import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { namespaceOf } from "../../app/apiName.ts";
import type { DesiredApp } from "../../app/desiredApp.ts";
import { placeOf } from "../../app/place.ts";
import { writeWhole } from "../../files/wholeFile.ts";
import { messagesOf } from "../../messages.ts";
import type { MetadataFile } from "../../metadata/kind.ts";
import { kinds } from "../../metadata/kinds.ts";
import { changeableComponents } from "../../metadata/packagedApp.ts";
import { render } from "../../metadata/render.ts";
import { sourcePath } from "../../metadata/sourceFiles.ts";
import { formatXml } from "../../metadata/xmlText.ts";
import { notWritable } from "../../project/fileFailure.ts";
import type { ReadSpec } from "../../project/readSpec.ts";
import type { GeneratedApp } from "../../results/generated.ts";
import { resolve } from "../../spec/resolve.ts";
import type { GenerateTarget } from "./generateTarget.ts";
import { obstaclesOf } from "./obstacles.ts";

const messages = messagesOf("connectedapp.generate");

/**
 * Writes the metadata files of a spec: over existing ones, whatever their names, and new ones into the target's folder.
 * A file that is already right is left alone.
 *
 * @throws SfError `PackagedConnectedAppError`, `SeveralFilesError`, `FileOfOtherAppError` or `NotWritableError`
 */
export function generate(read: ReadSpec, target: GenerateTarget): GeneratedApp {
  const app = resolve(read.app);
  if (changeableComponents(app).length === 0)
    throw messages.createError("packagedConnectedApp", [app.name, namespaceOf(app.name) ?? ""]);
  // If the org makes the key, it does not belong in a file of a project.
  const key = kinds[app.kind].consumer.madeBy === "tool" ? app.consumerKey : undefined;
  const { there, kept } = filesOfApp(app, target);
  const files = render(app, { key }, there).map((file) => {
    const existing = there.find(({ component }) => component === file.component)?.path;
    return { path: existing ?? newPath(file, target), content: formatXml(file.content), isNew: !existing };
  });
  const added = there.length === 0 ? [] : files.filter(({ isNew }) => isNew).map(({ path }) => shown(path));
  const setupOnly = kinds[app.kind].setupOnly.flatMap((path) => {
    const value = app.settings[path];
    return value === undefined ? [] : [{ path, value: String(value) }];
  });
  return {
    kind: app.kind,
    name: app.name,
    files: files.map(({ path, content }) => ({
      path: shown(path),
      changed: write(path, content),
      ignored: target.isIgnored(path),
    })),
    setupOnly,
    notes: [
      ...obstaclesOf(read),
      ...added.map((path) => messages.getMessage("note.added", [path])),
      ...kept.map(({ path }) => messages.getMessage("note.kept", [shown(path)])),
      ...labelNotes(read, app),
    ],
  };
}

/** An API name has no spaces. A label is looked up if there is an org. */
function labelNotes({ locate }: ReadSpec, { settings }: DesiredApp): string[] {
  const labels = (settings["policy.permissionSets"] ?? []).filter((name) => /\W/.test(name));
  const place = placeOf(locate("policy.permissionSets"));
  return labels.map((label) => messages.getMessage("note.label", [place, label]));
}

function shown(path: string): string {
  return relative(process.cwd(), path) || path;
}

/** The files of an app in the target: those that are generated, and others that belong to it. */
function filesOfApp({ kind, name }: DesiredApp, target: GenerateTarget) {
  const files = target.files().filter((file) => file.kind === kind && file.appName === name);
  const there = files.flatMap(({ component, fullName, path }) =>
    component === undefined ? [] : [{ component, fullName, path }],
  );
  for (const { component, path } of there) {
    const other = there.find((file) => file.component === component && file.path !== path);
    if (other !== undefined)
      throw messages.createError("severalFiles", [component.type, name, path, other.path]);
  }
  return { there, kept: files.filter(({ component }) => component === undefined) };
}

/** @throws SfError `FileOfOtherAppError` */
function newPath(file: MetadataFile, { folder, files }: GenerateTarget): string {
  const path = join(folder, sourcePath(file));
  const other = files().find((found) => found.path === path);
  if (other !== undefined) throw messages.createError("fileOfOtherApp", [path, other.appName]);
  return path;
}

function write(path: string, content: string): boolean {
  try {
    if (existsSync(path) && readFileSync(path, "utf8") === content) return false;
    writeWhole(path, content);
    return true;
  } catch (error) {
    throw notWritable(path, error);
  }
}
