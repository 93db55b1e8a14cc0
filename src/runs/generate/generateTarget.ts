import { existsSync } from "node:fs";
import { join } from "node:path";
import { type ComponentFile, findComponentFiles } from "../../project/componentFiles.ts";
import { ignoredIn } from "../../project/forceIgnore.ts";
import { defaultPackageDirectory, projectOf } from "../../project/salesforceProject.ts";

/** Where metadata is generated. */
export interface GenerateTarget {
  /** For what is new. */
  folder: string;
  /** The existing files, of all apps. */
  files(): readonly ComponentFile[];
  /** Whether `.forceignore` keeps a file from orgs. */
  isIgnored(path: string): boolean;
}

/**
 * The folder that the user names or, without one, the project. New files go to `main/default` of its default package
 * directory, and existing ones may be in any package directory.
 *
 * @throws SfError as `defaultPackageDirectory`
 */
export async function generateTarget(outputFolder: string | undefined): Promise<GenerateTarget> {
  const folder = outputFolder ?? join(defaultPackageDirectory(), "main", "default");
  let found: ComponentFile[] | undefined;
  const files = () => {
    found ??= findComponentFiles(foldersOf(outputFolder).filter((path) => existsSync(path)));
    return found;
  };
  return { folder, files, isIgnored: await ignoredIn(folder) };
}

function foldersOf(outputFolder: string | undefined): string[] {
  if (outputFolder !== undefined) return [outputFolder];
  return projectOf(process.cwd())?.packageDirectories.map(({ path }) => path) ?? [];
}
