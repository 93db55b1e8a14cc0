import type { OrgUser } from "../../org.ts";
import type { MetadataContext } from "../metadataContext.ts";
import { checkElements } from "../types/checkElements.ts";
import { ComponentProblem } from "../types/componentProblem.ts";
import { addDefaultPolicies } from "../types/externalClientApp/defaultPolicies.ts";
import type { Draft, SaveContext } from "../types/metadataType.ts";
import { parseXmlBytes, type XmlNode } from "../xml/parseXml.ts";
import { metadataNamespace } from "../xml/writeXml.ts";
import { XmlError } from "../xml/xmlError.ts";
import type { DeployMessage, DeployOptions } from "./deployRequest.ts";
import { type StagedDeletion, type StagedFile, type StagedPackage, stagePackage } from "./stagePackage.ts";

/** What became of the components of a deploy. */
export interface DeployOutcome {
  messages: DeployMessage[];
  /** Whether components were kept, or would have been but for `checkOnly`. */
  kept: boolean;
}

/** Deploys unpacked files, all in one go: nothing else changes the org in between. */
export function runDeploy(
  { org, allOrgs, changed }: MetadataContext,
  user: OrgUser,
  files: ReadonlyMap<string, Uint8Array>,
  options: DeployOptions,
  apiVersion: string,
): DeployOutcome {
  const draft: Draft = {
    connectedApps: new Map(org.connectedApps),
    components: new Map([...org.components].map(([type, components]) => [type, new Map(components)])),
  };
  const messages: DeployMessage[] = [];
  const createdDate = new Date(org.behaviour.now()).toISOString();
  for (const root of packageRoots(files, options.singlePackage)) {
    const staged = stagePackage(files, root);
    const version = Number(staged.version ?? apiVersion);
    const { ignoreWarnings } = options;
    const save: SaveContext = { org, allOrgs, draft, user, apiVersion: version, ignoreWarnings };
    deployPackage(save, staged, options, createdDate, messages);
  }
  addDefaultPolicies({ org, draft, user });
  const failed = messages.some(({ success }) => !success);
  const kept = !(failed && options.rollbackOnError);
  if (kept && !options.checkOnly) {
    org.connectedApps.clear();
    for (const [name, app] of draft.connectedApps) org.connectedApps.set(name, app);
    org.components.clear();
    for (const [type, components] of draft.components) org.components.set(type, components);
    changed();
  }
  return { messages, kept };
}

/**
 * A single package is at the root of the zip, or in its only folder. In a set of packages, each folder is one. So a
 * client that forgets `singlePackage` is told that its folder `connectedApps` holds no package.xml.
 */
function packageRoots(files: ReadonlyMap<string, Uint8Array>, singlePackage: boolean): string[] {
  const folders = new Set([...files.keys()].map((path) => path.slice(0, path.indexOf("/") + 1)));
  if (singlePackage) {
    const [folder = ""] = folders;
    return folders.size === 1 && files.has(`${folder}package.xml`) ? [folder] : [""];
  }
  folders.delete("");
  return folders.size === 0 ? [""] : [...folders];
}

function deployPackage(
  save: SaveContext,
  staged: StagedPackage,
  options: DeployOptions,
  createdDate: string,
  messages: DeployMessage[],
): void {
  const add = (
    row: Pick<DeployMessage, "fileName" | "fullName" | "componentType"> & Partial<DeployMessage>,
  ) => messages.push({ changed: false, created: false, createdDate, deleted: false, success: true, ...row });
  const attempt = (
    row: Pick<DeployMessage, "fileName" | "fullName" | "componentType">,
    work: () => Partial<DeployMessage>,
  ) => {
    try {
      add({ ...row, ...work() });
    } catch (error) {
      if (!(error instanceof ComponentProblem)) throw error;
      add({ ...row, ...failure(error) });
    }
  };
  const removeAll = (deletions: StagedDeletion[]) => {
    for (const { type, fullName, fileName } of deletions) {
      const componentType = type.name;
      const id = type.remove(save.draft, fullName);
      if (id !== undefined) add({ fileName, fullName, componentType, id, deleted: true, changed: true });
      else add({ ...missingDeletion(fileName, fullName, componentType), success: options.ignoreWarnings });
    }
  };
  const problems = options.allowMissingFiles
    ? staged.problems.filter(({ isMissingFile }) => !isMissingFile)
    : staged.problems;
  for (const { problem, fileName, fullName, componentType } of problems) {
    add({ fileName, fullName, componentType, ...failure(problem) });
  }
  // With rollbackOnError nothing would be kept, so only the manifest's own problems are reported.
  if (options.rollbackOnError && problems.some(({ componentType }) => componentType === "")) return;
  removeAll(staged.deletionsBefore);
  for (const file of staged.files) {
    const row = { fileName: file.fileName, fullName: file.fullName, componentType: file.type.name };
    attempt(row, () => saveFile(save, file));
  }
  removeAll(staged.deletionsAfter);
  const manifest = { fileName: staged.manifestFileName, fullName: "package.xml", componentType: "" };
  if (!problems.some(({ fileName }) => fileName === staged.manifestFileName))
    add({ ...manifest, changed: true });
}

function saveFile(save: SaveContext, { type, fullName, bytes }: StagedFile): Partial<DeployMessage> {
  const root = parseComponent(bytes);
  const schema = type.schemaOf(fullName);
  const checking = { apiVersion: save.apiVersion, furtherWords: save.org.behaviour.furtherWords };
  if (root.name !== schema.name || root.namespace !== metadataNamespace) {
    const problem = `Error parsing file: Element {${root.namespace}}${root.name} is not the expected element {${metadataNamespace}}${schema.name}`;
    throw new ComponentProblem(problem, root);
  }
  return { ...type.save(save, fullName, checkElements(root, schema, checking)) };
}

function parseComponent(bytes: Uint8Array): XmlNode {
  try {
    return parseXmlBytes(bytes);
  } catch (error) {
    if (error instanceof XmlError) throw new ComponentProblem(`Error parsing file: ${error.message}`, error);
    throw error;
  }
}

function failure({ message, line, column }: ComponentProblem): Partial<DeployMessage> {
  return {
    success: false,
    problem: message,
    problemType: "Error",
    ...(line === undefined ? {} : { lineNumber: line }),
    ...(column === undefined ? {} : { columnNumber: column }),
  };
}

/** The row names the manifest. The component is only in its text. */
function missingDeletion(fileName: string, fullName: string, componentType: string) {
  return {
    fileName,
    fullName: fileName.slice(fileName.lastIndexOf("/") + 1),
    componentType,
    problem: `No ${componentType} named: ${fullName} found`,
    problemType: "Warning" as const,
  };
}
