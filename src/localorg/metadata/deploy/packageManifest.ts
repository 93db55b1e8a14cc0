import { ComponentProblem } from "../types/componentProblem.ts";
import { parseXmlBytes, type XmlNode } from "../xml/parseXml.ts";
import { metadataNamespace } from "../xml/writeXml.ts";
import { XmlError } from "../xml/xmlError.ts";

/** What a package.xml or a destructiveChanges.xml names. */
export interface PackageManifest {
  types: { name: string; members: string[] }[];
  /** API version, such as `67.0`, if it is given. */
  version: string | undefined;
}

const manifestElements = [
  "apiAccessLevel",
  "description",
  "fullName",
  "namespacePrefix",
  "objectPermissions",
  "packageType",
  "postInstallClass",
  "setupWeblink",
  "types",
  "uninstallClass",
  "version",
];

/**
 * Reads a manifest file.
 *
 * @throws ComponentProblem if it is malformed, or not a `Package`
 */
export function readManifestFile(bytes: Uint8Array): PackageManifest {
  try {
    return readManifest(parseXmlBytes(bytes));
  } catch (error) {
    if (error instanceof XmlError) throw new ComponentProblem(`Error parsing file: ${error.message}`, error);
    throw error;
  }
}

/** Reads a `Package` element, or the `unpackaged` element of a retrieve request. */
export function readManifest(root: XmlNode, rootName = "Package"): PackageManifest {
  if (root.name !== rootName || root.namespace !== metadataNamespace) {
    throw new ComponentProblem(
      `Error parsing file: Element {${root.namespace}}${root.name} is not the expected element {${metadataNamespace}}${rootName}`,
      root,
    );
  }
  const types: PackageManifest["types"] = [];
  for (const child of root.children) {
    if (!manifestElements.includes(child.name) || child.namespace !== metadataNamespace)
      throw unknownElement(child, "Package");
    if (child.name === "types") types.push(readTypes(child));
  }
  const version = root.children.find(({ name }) => name === "version")?.text.trim();
  return { types, version };
}

function readTypes(types: XmlNode): PackageManifest["types"][number] {
  const unknown = types.children.find(({ name }) => name !== "members" && name !== "name");
  if (unknown) throw unknownElement(unknown, "PackageTypeMembers");
  const name = types.children.filter((child) => child.name === "name").map(({ text }) => text.trim());
  if (name.length !== 1 || !name[0]) throw new ComponentProblem("Required field is missing: name", types);
  const members = types.children.filter((child) => child.name === "members").map(({ text }) => text.trim());
  return { name: name[0], members };
}

function unknownElement({ name, namespace, line, column }: XmlNode, type: string): ComponentProblem {
  const problem = `Error parsing file: Element {${namespace}}${name} invalid at this location in type ${type}`;
  return new ComponentProblem(problem, { line, column });
}
