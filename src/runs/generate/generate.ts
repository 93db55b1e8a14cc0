import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { SfError } from "@salesforce/core/sfError";
import { reasonOf } from "../../app/reasonOf.ts";
import { writeWhole } from "../../files/wholeFile.ts";
import { messagesOf } from "../../messages.ts";
import { kinds } from "../../metadata/kinds.ts";
import { render } from "../../metadata/render.ts";
import { toSourceFiles } from "../../metadata/sourceFiles.ts";
import type { ReadSpec } from "../../project/readSpec.ts";
import type { GeneratedApp } from "../../results/generated.ts";
import { resolve } from "../../spec/resolve.ts";

/**
 * Writes the metadata files of a spec. A file that is already right is left alone.
 *
 * @param outputFolder where to write; without it, `main/default` of the project's default package directory
 * @throws SfError `NoProjectError` or `NotWritable`
 */
export function generate({ spec }: ReadSpec, outputFolder: string | undefined): GeneratedApp {
  const app = resolve(spec);
  const folder = outputFolder ?? join(defaultPackageDirectory(process.cwd()), "main", "default");
  // Where the org makes the key, its place is no file of a project.
  const key = kinds[app.kind].consumer.madeBy === "tool" ? app.consumerKey : undefined;
  const files = toSourceFiles(render(app, { key })).map(({ path, content }) => {
    const target = join(folder, path);
    return { path: relative(process.cwd(), target) || target, changed: write(target, content) };
  });
  const setupOnly = kinds[app.kind].setupOnly.flatMap((path) => {
    const value = app.settings[path];
    return value === undefined ? [] : [{ path, value: String(value) }];
  });
  return { kind: app.kind, name: app.name, files, setupOnly };
}

function write(target: string, content: string): boolean {
  try {
    if (existsSync(target) && readFileSync(target, "utf8") === content) return false;
    writeWhole(target, content);
    return true;
  } catch (error) {
    const reason = reasonOf(error);
    throw new SfError(
      messagesOf("connectedapp.generate").getMessage("notWritable", [target, reason]),
      "NotWritable",
    );
  }
}

/** Reads sfdx-project.json itself: the project class of the CLI's library would load all of that library. */
function defaultPackageDirectory(from: string): string {
  const file = join(from, "sfdx-project.json");
  if (existsSync(file)) {
    const project = JSON.parse(readFileSync(file, "utf8")) as {
      packageDirectories?: { path: string; default?: boolean }[];
    };
    const directories = project.packageDirectories ?? [];
    const chosen = directories.find((directory) => directory.default) ?? directories[0];
    if (chosen !== undefined) return join(from, chosen.path);
  } else if (dirname(from) !== from) {
    return defaultPackageDirectory(dirname(from));
  }
  throw messagesOf("connectedapp.generate").createError("noProject");
}
