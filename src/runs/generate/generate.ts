import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { SfError } from "@salesforce/core/sfError";
import { reasonOf } from "../../app/reasonOf.ts";
import { writeWhole } from "../../files/wholeFile.ts";
import { messagesOf } from "../../messages.ts";
import { kinds } from "../../metadata/kinds.ts";
import { render } from "../../metadata/render.ts";
import { toSourceFiles } from "../../metadata/sourceFiles.ts";
import { ignoredIn } from "../../project/forceIgnore.ts";
import type { ReadSpec } from "../../project/readSpec.ts";
import { defaultPackageDirectory } from "../../project/salesforceProject.ts";
import type { GeneratedApp } from "../../results/generated.ts";
import { resolve } from "../../spec/resolve.ts";

/**
 * Writes the metadata files of a spec. A file that is already right is left alone.
 *
 * @param outputFolder where to write; without it, `main/default` of the project's default package directory
 * @throws SfError `NotWritable`, or as `defaultPackageDirectory`
 */
export async function generate({ spec }: ReadSpec, outputFolder: string | undefined): Promise<GeneratedApp> {
  const app = resolve(spec);
  const folder = outputFolder ?? join(defaultPackageDirectory(), "main", "default");
  const isIgnored = await ignoredIn(folder);
  // Where the org makes the key, its place is no file of a project.
  const key = kinds[app.kind].consumer.madeBy === "tool" ? app.consumerKey : undefined;
  const files = toSourceFiles(render(app, { key })).map(({ path, content }) => {
    const target = join(folder, path);
    const ignored = isIgnored(target);
    return { path: relative(process.cwd(), target) || target, changed: write(target, content), ignored };
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
