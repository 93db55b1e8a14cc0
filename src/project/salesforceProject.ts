import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { reasonOf } from "../app/reasonOf.ts";
import { readJsonFile } from "../files/jsonFile.ts";
import { messagesOf } from "../messages.ts";

const projectFile = "sfdx-project.json";

const projectSchema = z.object({
  packageDirectories: z.array(z.object({ path: z.string(), default: z.boolean().optional() })).min(1),
});

/** A Salesforce DX project, as far as it matters here. */
export interface SalesforceProject {
  /** Its sfdx-project.json. */
  file: string;
  /** The folders of its metadata, in the order of the file. */
  packageDirectories: { path: string; isDefault: boolean }[];
}

/**
 * The project of a folder: the nearest sfdx-project.json in it or above it. It is read here, because the project class
 * of the CLI's library would load that whole library.
 *
 * @throws SfError `InvalidProjectError`
 */
export function projectOf(folder: string): SalesforceProject | undefined {
  const file = nearest(folder, projectFile);
  if (file === undefined) return undefined;
  try {
    const { packageDirectories } = readJsonFile(file, projectSchema);
    return {
      file,
      packageDirectories: packageDirectories.map(({ path, default: isDefault = false }) => ({
        path: join(dirname(file), path),
        isDefault,
      })),
    };
  } catch (error) {
    throw messagesOf("project").createError("invalidProject", [file, reasonOf(error)]);
  }
}

/**
 * The only package directory of the working folder's project, or its default one.
 *
 * @throws SfError `NoProjectError`, `InvalidProjectError` or `DefaultUnclearError`
 */
export function defaultPackageDirectory(): string {
  const messages = messagesOf("project");
  const project = projectOf(process.cwd());
  if (project === undefined) throw messages.createError("noProject");
  const { file, packageDirectories } = project;
  const [only, ...others] = packageDirectories;
  const defaults = packageDirectories.filter(({ isDefault }) => isDefault);
  const chosen = others.length === 0 ? only : defaults.length === 1 ? defaults[0] : undefined;
  if (chosen !== undefined) return chosen.path;
  throw messages.createError("defaultUnclear", [file, packageDirectories.length, defaults.length]);
}

/**
 * Where the metadata of a folder is: in the package directories if the folder is a project's, else in the folder itself.
 *
 * @throws SfError `InvalidProjectError`
 */
export function metadataFolders(folder: string): string[] {
  if (!existsSync(join(folder, projectFile))) return [folder];
  return projectOf(folder)?.packageDirectories.map(({ path }) => path) ?? [];
}

/** The file of that name in a folder or in the nearest folder above it. */
export function nearest(folder: string, name: string): string | undefined {
  const file = join(folder, name);
  if (existsSync(file)) return file;
  return dirname(folder) === folder ? undefined : nearest(dirname(folder), name);
}
