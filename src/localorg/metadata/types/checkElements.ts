import type { XmlNode } from "../xml/parseXml.ts";
import { metadataNamespace } from "../xml/writeXml.ts";
import type { XmlElement } from "../xmlElement.ts";
import { ComponentProblem } from "./componentProblem.ts";
import { type ComplexType, type ElementType, isComplex } from "./schema.ts";

/**
 * Checks an element against its type, and gives it back without attributes, positions and white space around words.
 *
 * @throws ComponentProblem if an element is unknown, repeated or missing, or its text does not fit its type
 */
export function checkElements(node: XmlNode, type: ComplexType): XmlElement {
  if (node.text.trim() !== "")
    throw invalid(node, `Element ${node.name} cannot hold text: ${node.text.trim()}`);
  const seen = new Set<string>();
  const children: XmlElement[] = [];
  for (const child of node.children) {
    const schema = Object.hasOwn(type.elements, child.name) ? type.elements[child.name] : undefined;
    if (child.namespace !== metadataNamespace || !schema) {
      const qualified = `{${child.namespace}}${child.name}`;
      throw invalid(child, `Element ${qualified} invalid at this location in type ${type.name}`);
    }
    // Elements of a list stand next to each other; Salesforce takes a later one for a second list.
    const continuesList = schema.occurs === "list" && children.at(-1)?.name === child.name;
    if (seen.has(child.name) && !continuesList) {
      throw invalid(child, `Element ${child.name} is duplicated at this location in type ${type.name}`);
    }
    seen.add(child.name);
    children.push(checkElement(child, schema.type));
  }
  for (const [name, { occurs }] of Object.entries(type.elements)) {
    const found = children.find((child) => child.name === name);
    const isEmpty = found && found.text === "" && found.children.length === 0;
    if (occurs === "required" && (!found || (isEmpty && !isComplex(type.elements[name]?.type ?? "string")))) {
      throw new ComponentProblem(`Required field is missing: ${name}`, node);
    }
  }
  return { name: node.name, text: "", children };
}

function checkElement(node: XmlNode, type: ElementType): XmlElement {
  if (isComplex(type)) return checkElements(node, type);
  if (node.children[0]) {
    const { namespace, name } = node.children[0];
    throw invalid(
      node.children[0],
      `Element {${namespace}}${name} invalid at this location in type ${typeName(type)}`,
    );
  }
  const text = type === "string" ? node.text : node.text.trim();
  const fits = text === "" || isValid(text, type);
  if (!fits && typeof type === "object") {
    throw new ComponentProblem(`'${text}' is not a valid value for the enum '${type.name}'`, node);
  }
  if (!fits) throw invalid(node, `'${text}' is not a valid value for the type ${typeName(type)}`);
  return { name: node.name, text: type === "boolean" ? canonicalBoolean(text) : text, children: [] };
}

function isValid(text: string, type: Exclude<ElementType, ComplexType>): boolean {
  if (type === "string") return true;
  if (type === "boolean") return ["true", "false", "1", "0"].includes(text);
  if (type === "int") return /^[+-]?\d{1,10}$/.test(text) && Math.abs(Number(text)) <= 0x7fffffff;
  return type.words.includes(text);
}

function typeName(type: ElementType): string {
  return typeof type === "object" ? type.name : `xsd:${type}`;
}

function canonicalBoolean(text: string): string {
  return text === "1" ? "true" : text === "0" ? "false" : text;
}

/** What Salesforce finds while it reads the file, before it looks at what the file says. */
function invalid(position: XmlNode, problem: string): ComponentProblem {
  return new ComponentProblem(`Error parsing file: ${problem}`, position);
}
