import type { XmlNode } from "../xml/parseXml.ts";
import { metadataNamespace } from "../xml/writeXml.ts";
import type { XmlElement } from "../xmlElement.ts";
import { ComponentProblem } from "./componentProblem.ts";
import { type ComplexType, type ElementSchema, type ElementType, isComplex, isKnownIn } from "./schema.ts";

/** What files are checked against, besides their types. */
export interface Checking {
  /** Such as 67. */
  apiVersion: number;
  /** Words that an org knows besides those of its release, by the name of their enum. */
  furtherWords: Record<string, readonly string[]>;
}

/**
 * Checks an element against its type, and returns it without attributes, positions and white space around words.
 *
 * @throws ComponentProblem if an element is unknown, repeated or missing, or its text does not fit its type
 */
export function checkElements(node: XmlNode, type: ComplexType, checking: Checking): XmlElement {
  if (node.text.trim() !== "")
    throw invalid(node, `Element ${node.name} cannot hold text: ${node.text.trim()}`);
  const children: XmlElement[] = [];
  for (const child of node.children) {
    const schema = schemaOf(child, type, checking);
    const last = children.at(-1)?.name;
    if (type.losesMisplaced && last !== undefined && child.name < last) continue;
    // Elements of a list stand next to each other. Salesforce takes a later one for a second list.
    const continuesList = schema.occurs === "list" && last === child.name;
    if (children.some(({ name }) => name === child.name) && !continuesList) {
      throw invalid(child, `Element ${child.name} is duplicated at this location in type ${type.name}`);
    }
    children.push(checkElement(child, schema.type, checking));
  }
  refuseMissing(node, type, children);
  return { name: node.name, text: "", children };
}

function schemaOf(child: XmlNode, type: ComplexType, { apiVersion }: Checking): ElementSchema {
  const schema = Object.hasOwn(type.elements, child.name) ? type.elements[child.name] : undefined;
  if (child.namespace === metadataNamespace && schema && isKnownIn(apiVersion, schema)) return schema;
  const qualified = `{${child.namespace}}${child.name}`;
  throw invalid(child, `Element ${qualified} invalid at this location in type ${type.name}`);
}

function refuseMissing(node: XmlNode, type: ComplexType, children: readonly XmlElement[]): void {
  for (const [name, schema] of Object.entries(type.elements)) {
    const found = children.find((child) => child.name === name);
    const isEmpty = found && found.text === "" && found.children.length === 0;
    if (schema.occurs === "required" && (!found || (isEmpty && !isComplex(schema.type)))) {
      throw new ComponentProblem(schema.missing ?? `Required field is missing: ${name}`, node);
    }
  }
}

function checkElement(node: XmlNode, type: ElementType, checking: Checking): XmlElement {
  if (isComplex(type)) return checkElements(node, type, checking);
  if (node.children[0]) {
    const { namespace, name } = node.children[0];
    throw invalid(
      node.children[0],
      `Element {${namespace}}${name} invalid at this location in type ${typeName(type)}`,
    );
  }
  const text = type === "string" ? node.text : node.text.trim();
  if (text !== "" && !isValid(text, type, checking)) throw unfit(node, text, type);
  return { name: node.name, text: type === "boolean" ? canonicalBoolean(text) : text, children: [] };
}

function isValid(text: string, type: Exclude<ElementType, ComplexType>, { furtherWords }: Checking): boolean {
  if (type === "string") return true;
  if (type === "boolean") return ["true", "false", "1", "0"].includes(text);
  if (type === "int") return /^[+-]?\d{1,10}$/.test(text) && Math.abs(Number(text)) <= 0x7fffffff;
  return [...type.words, ...(furtherWords[type.name] ?? [])].includes(text);
}

function unfit(node: XmlNode, text: string, type: Exclude<ElementType, ComplexType>): ComponentProblem {
  if (typeof type !== "object") {
    return invalid(node, `'${text}' is not a valid value for the type ${typeName(type)}`);
  }
  const words = type.isListed ? `. Valid values: ${type.words.join(", ")}` : "";
  return new ComponentProblem(`'${text}' is not a valid value for the enum '${type.name}'${words}`, node);
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
