import JSZip from "jszip";
import type { MetadataFile } from "../metadata/kind.ts";
import { element, type XmlElement } from "../metadata/xmlElement.ts";
import { formatXml } from "../metadata/xmlText.ts";

/** A component by metadata type and fullName. */
export interface ComponentName {
  type: string;
  fullName: string;
}

/** The zip of a deploy: the files in metadata format, and the manifest that names them. */
export async function packFiles(files: readonly MetadataFile[], version: string): Promise<Buffer> {
  const zip = new JSZip();
  for (const { component, fullName, content } of files) {
    zip.file(`${component.folder}/${fullName}.${component.suffix}`, formatXml(content));
  }
  const names = files.map(({ component, fullName }) => ({ type: component.type, fullName }));
  zip.file("package.xml", manifest(names, version));
  return packed(zip);
}

/** The zip of a deploy that deletes components. */
export async function packDeletions(names: readonly ComponentName[], version: string): Promise<Buffer> {
  const zip = new JSZip();
  zip.file("package.xml", manifest([], version));
  zip.file("destructiveChanges.xml", manifest(names, version));
  return packed(zip);
}

function packed(zip: JSZip): Promise<Buffer> {
  return zip.generateAsync({ type: "nodebuffer", compression: "DEFLATE" });
}

function manifest(names: readonly ComponentName[], version: string): string {
  const types = names.map(
    ({ type, fullName }): XmlElement =>
      element("types", "", [element("members", fullName), element("name", type)]),
  );
  return formatXml(element("Package", "", [...types, element("version", version)]));
}
