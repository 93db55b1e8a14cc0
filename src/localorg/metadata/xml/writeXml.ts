import type { XmlElement } from "../xmlElement.ts";

/** Namespace of all metadata files and of the SOAP messages. */
export const metadataNamespace = "http://soap.sforce.com/2006/04/metadata";

/** Makes text safe between tags and within attributes. */
export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&apos;")
    .replaceAll("\r", "&#xD;");
}

/** A metadata file as a retrieve gives it: four spaces of indentation, and a newline at the end. */
export function writeMetadataFile(root: XmlElement): string {
  const children = root.children.map((child) => writeElement(child, "    ")).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root.name} xmlns="${metadataNamespace}">\n${children}</${root.name}>\n`;
}

function writeElement({ name, text, children }: XmlElement, indent: string): string {
  if (children.length > 0) {
    const inner = children.map((child) => writeElement(child, `${indent}    `)).join("");
    return `${indent}<${name}>\n${inner}${indent}</${name}>\n`;
  }
  return text === "" ? `${indent}<${name}/>\n` : `${indent}<${name}>${escapeXml(text)}</${name}>\n`;
}
