import { ComponentProblem } from "../types/componentProblem.ts";
import type { MetadataType } from "../types/metadataType.ts";
import { findMetadataType, metadataTypes } from "../types/metadataTypes.ts";
import { type PackageManifest, readManifestFile } from "./packageManifest.ts";

/** A file of the package, and the component that it holds. */
export interface StagedFile {
  type: MetadataType;
  fullName: string;
  fileName: string;
  bytes: Uint8Array;
}

/** A component that a destructiveChanges file names. */
export interface StagedDeletion {
  type: MetadataType;
  fullName: string;
  fileName: string;
}

/** A package, read and matched with its manifest. */
export interface StagedPackage {
  /** API version of the files, such as `67.0`, if the manifest names one. */
  version: string | undefined;
  manifestFileName: string;
  deletionsBefore: StagedDeletion[];
  files: StagedFile[];
  deletionsAfter: StagedDeletion[];
  problems: StageProblem[];
}

/** What is wrong with a package before any component is checked. */
interface StageProblem {
  fileName: string;
  fullName: string;
  componentType: string;
  problem: ComponentProblem;
  /** The manifest names a component that has no file; `allowMissingFiles` allows it. */
  isMissingFile?: boolean;
}

/**
 * Matches the files of a zip with its manifests.
 *
 * @param root Folder of the package within the zip, with a slash at its end; empty for none.
 */
export function stagePackage(files: ReadonlyMap<string, Uint8Array>, root: string): StagedPackage {
  const manifestFileName = `${root}package.xml`;
  const problems: StageProblem[] = [];
  const staged: StagedPackage = {
    version: undefined,
    manifestFileName,
    deletionsBefore: [],
    files: [],
    deletionsAfter: [],
    problems,
  };
  const manifest = manifestAt(files, manifestFileName, problems);
  if (!manifest) return staged;
  staged.version = manifest.version;
  const manifestNames = ["package.xml", ...destructiveFiles].map((name) => root + name);
  for (const { type, fullName } of members(manifest, manifestFileName, problems)) {
    if (fullName === "*") continue;
    const fileName = fileOf(files, root, type, fullName);
    if (fileName === undefined) {
      const problem = `An object '${fullName}' of type ${type.name} was named in package.xml, but was not found in zipped directory`;
      problems.push({ ...problemRow(manifestFileName, fullName, "", problem), isMissingFile: true });
    }
  }
  for (const [fileName, bytes] of files) {
    if (!fileName.startsWith(root) || manifestNames.includes(fileName)) continue;
    const component = componentOf(fileName.slice(root.length));
    if (component && names(manifest, component)) staged.files.push({ ...component, fileName, bytes });
    else problems.push(unnamedFile(fileName, component));
  }
  // A component comes after what it refers to.
  staged.files.sort((one, other) => metadataTypes.indexOf(one.type) - metadataTypes.indexOf(other.type));
  for (const name of destructiveFiles) {
    if (!files.has(root + name)) continue;
    const destructive = manifestAt(files, root + name, problems);
    const deletions = destructive ? members(destructive, root + name, problems) : [];
    const target = name === "destructiveChangesPost.xml" ? staged.deletionsAfter : staged.deletionsBefore;
    target.push(...deletions.map((deletion) => ({ ...deletion, fileName: root + name })));
  }
  return staged;
}

const destructiveFiles = [
  "destructiveChangesPre.xml",
  "destructiveChanges.xml",
  "destructiveChangesPost.xml",
];

function manifestAt(
  files: ReadonlyMap<string, Uint8Array>,
  fileName: string,
  problems: StageProblem[],
): PackageManifest | undefined {
  const bytes = files.get(fileName);
  const fullName = fileName.slice(fileName.lastIndexOf("/") + 1);
  if (!bytes) {
    problems.push(problemRow(fileName, fullName, "", "No package.xml found"));
    return undefined;
  }
  try {
    return readManifestFile(bytes);
  } catch (error) {
    if (!(error instanceof ComponentProblem)) throw error;
    problems.push({ fileName, fullName, componentType: "", problem: error });
    return undefined;
  }
}

function members(manifest: PackageManifest, fileName: string, problems: StageProblem[]) {
  return manifest.types.flatMap(({ name, members: fullNames }) => {
    const type = findMetadataType(name);
    if (!type) {
      const problem = `Unknown type name '${name}' specified in package.xml`;
      problems.push(problemRow(fileName, fileName.slice(fileName.lastIndexOf("/") + 1), "", problem));
      return [];
    }
    return [...new Set(fullNames)].map((fullName) => ({ type, fullName }));
  });
}

function fileOf(files: ReadonlyMap<string, Uint8Array>, root: string, type: MetadataType, fullName: string) {
  const fileName = `${root}${type.directoryName}/${fullName}.${type.suffix}`;
  return [fileName, `${fileName}-meta.xml`].find((candidate) => files.has(candidate));
}

function componentOf(path: string): { type: MetadataType; fullName: string } | undefined {
  const [directory, file, ...deeper] = path.split("/");
  const type = metadataTypes.find(({ directoryName }) => directoryName === directory);
  if (!type || file === undefined || deeper.length > 0) return undefined;
  const suffix = [`.${type.suffix}-meta.xml`, `.${type.suffix}`].find((candidate) =>
    file.endsWith(candidate),
  );
  return suffix === undefined ? undefined : { type, fullName: file.slice(0, -suffix.length) };
}

function names(
  manifest: PackageManifest,
  { type, fullName }: { type: MetadataType; fullName: string },
): boolean {
  return manifest.types.some(
    ({ name, members: named }) => name === type.name && (named.includes(fullName) || named.includes("*")),
  );
}

function unnamedFile(
  fileName: string,
  component: { type: MetadataType; fullName: string } | undefined,
): StageProblem {
  const componentType = component?.type.name ?? "";
  const fullName = component?.fullName ?? fileName.slice(fileName.lastIndexOf("/") + 1);
  return problemRow(fileName, fullName, componentType, "Not in package.xml");
}

function problemRow(
  fileName: string,
  fullName: string,
  componentType: string,
  problem: string,
): StageProblem {
  return { fileName, fullName, componentType, problem: new ComponentProblem(problem) };
}
