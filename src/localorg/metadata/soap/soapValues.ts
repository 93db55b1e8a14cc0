import { unreadable } from "../metadataError.ts";
import type { XmlNode } from "../xml/parseXml.ts";
import { textOf } from "./envelope.ts";

/**
 * An `xsd:boolean`.
 *
 * @param absent what an absent element means
 * @throws MetadataError if it is neither true nor false
 */
export function booleanOf(node: XmlNode, name: string, absent = false): boolean {
  const text = textOf(node, name);
  if (text === undefined || text === "") return absent;
  if (text === "true" || text === "1") return true;
  if (text === "false" || text === "0") return false;
  throw unreadable(`'${text}' is not a valid value for the type xsd:boolean`);
}

/**
 * Text that must be there.
 *
 * @throws MetadataError if it is absent or empty
 */
export function requiredText(node: XmlNode, name: string): string {
  const text = textOf(node, name);
  if (!text) throw unreadable(`Required field is missing: ${name}`);
  return text;
}

/** The texts of all children of this name. */
export function textsOf(node: XmlNode, name: string): string[] {
  return node.children.filter((child) => child.name === name).map(({ text }) => text.trim());
}

/**
 * An `xsd:base64Binary`.
 *
 * @throws MetadataError if it is absent, or not base64
 */
export function base64Of(node: XmlNode, name: string): Uint8Array {
  const text = requiredText(node, name).replace(/\s+/g, "");
  // Node accepts anything as base64, so the characters and the padding are checked first.
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw unreadable(`'${text.slice(0, 40)}' is not a valid value for the type xsd:base64Binary`);
  }
  return Buffer.from(text, "base64");
}
