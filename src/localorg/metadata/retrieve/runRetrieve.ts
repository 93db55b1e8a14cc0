import type { Org, OrgUser } from "../../org.ts";
import type { PackageManifest } from "../deploy/packageManifest.ts";
import { textElement } from "../types/elements.ts";
import type { Component, MetadataType } from "../types/metadataType.ts";
import { findMetadataType } from "../types/metadataTypes.ts";
import { contentIn, shownComponents } from "../types/shownComponents.ts";
import { writeMetadataFile } from "../xml/writeXml.ts";
import type { XmlElement } from "../xmlElement.ts";

/** What a client wants to retrieve. */
export interface RetrieveRequest {
  /** Such as `67.0`. */
  apiVersion: string;
  singlePackage: boolean;
  packageNames: string[];
  manifest: PackageManifest;
}

/** A component in a zip. */
interface RetrievedComponent {
  type: MetadataType;
  component: Component;
  fileName: string;
}

/** The zip, and what it holds. */
export interface RetrievedPackage {
  zip: Uint8Array;
  manifestFileName: string;
  components: RetrievedComponent[];
  messages: { fileName: string; problem: string }[];
}

/** Puts the components that a request names into a zip. */
export async function runRetrieve(
  org: Org,
  user: OrgUser,
  request: RetrieveRequest,
): Promise<RetrievedPackage> {
  const root = request.singlePackage ? "" : "unpackaged/";
  const manifestFileName = `${root}package.xml`;
  const messages: RetrievedPackage["messages"] = [];
  const report = (problem: string) => messages.push({ fileName: manifestFileName, problem });
  for (const name of request.packageNames) report(`No package named '${name}' found`);
  const found = new Map<string, RetrievedComponent>();
  for (const { name, members } of request.manifest.types) {
    const type = findMetadataType(name);
    if (!type) {
      report(`Unknown type name '${name}' specified in package.xml`);
      continue;
    }
    const components = shownComponents(org, user, type);
    for (const member of members) {
      const named = components.filter(({ fullName }) => member === "*" || fullName === member);
      if (named.length === 0 && member !== "*") {
        report(`Entity of type '${name}' named '${member}' cannot be found`);
      }
      for (const component of named) {
        const fileName = `${root}${type.directoryName}/${component.fullName}.${type.suffix}`;
        found.set(fileName, { type, component, fileName });
      }
    }
  }
  const components = [...found.values()];
  const version = request.manifest.version ?? request.apiVersion;
  // Many orgs never get a retrieve, and it loads sixty modules.
  const { default: JSZip } = await import("jszip");
  const zip = new JSZip();
  for (const { type, fileName, component } of components) {
    zip.file(fileName, writeMetadataFile(contentIn(Number(version), type, component)));
  }
  zip.file(manifestFileName, writeMetadataFile(manifest(components, version)));
  return {
    zip: await zip.generateAsync({ type: "uint8array", compression: "DEFLATE" }),
    manifestFileName,
    components,
    messages,
  };
}

function manifest(components: RetrievedComponent[], version: string): XmlElement {
  const byType = Map.groupBy(components, ({ type }) => type.name);
  const types = [...byType].map(([name, ofType]) => ({
    name: "types",
    text: "",
    children: [
      ...ofType.map(({ component }) => textElement("members", component.fullName)),
      textElement("name", name),
    ],
  }));
  return { name: "Package", text: "", children: [...types, textElement("version", version)] };
}
