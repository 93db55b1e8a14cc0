import { type X2jOptions, XMLParser, XMLValidator } from "fast-xml-parser";
import { decodeEntities } from "./entities.ts";
import { XmlError } from "./xmlError.ts";

/** An element as it stands in a document, with its namespace resolved. */
export interface XmlNode {
  /** Local name, without a prefix. */
  name: string;
  /** Namespace URI; empty for none. */
  namespace: string;
  /** By qualified name, namespace declarations among them. */
  attributes: Record<string, string>;
  /** All text and CDATA directly within, entities decoded, white space kept. */
  text: string;
  children: XmlNode[];
  /** Where the element starts; both count from 1. */
  line: number;
  column: number;
}

type ParsedNode = Record<string, unknown>;

const maxMarks = 200_000;
const attributesKey = ":@";
const parserOptions: X2jOptions = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  // It would decode `&amp;lt;` twice.
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  cdataPropName: "#cdata",
  ignoreDeclaration: true,
  ignorePiTags: true,
  captureMetaData: true,
  onDangerousProperty: (name) => name,
};

/**
 * Parses a whole document from bytes in UTF-8.
 *
 * @throws XmlError if it is not well-formed, or has a document type declaration, a prefix without a namespace, or more
 * markup than any metadata file has
 */
export function parseXmlBytes(bytes: Uint8Array): XmlNode {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new XmlError("Invalid byte 1 of 1-byte UTF-8 sequence.");
  }
  return parseXml(text);
}

function parseXml(source: string): XmlNode {
  const text = source.replace(/^\uFEFF/, "");
  if (text.trim() === "") throw new XmlError("Premature end of file.");
  refuseIllegalCharacters(text);
  refuseDoctype(text);
  refuseTooMuchMarkup(text);
  const verdict = XMLValidator.validate(text, { allowBooleanAttributes: false });
  if (verdict !== true) throw new XmlError(verdict.err.msg, verdict.err.line, verdict.err.col);
  const parsed = parseOrdered(text);
  const roots = parsed.filter((node) => !("#text" in node));
  const [root] = roots;
  // The parser leaves out text after the root element.
  const trailing = text.slice(text.lastIndexOf(">") + 1).trim();
  if (!root || roots.length > 1 || "#cdata" in root || trailing !== "") {
    throw new XmlError("The markup in the document following the root element must be well-formed.");
  }
  return nodeOf(root, { xml: "http://www.w3.org/XML/1998/namespace", "": "" }, linePositions(text));
}

type Position = { line: number; column: number };

function nodeOf(
  parsed: ParsedNode,
  inherited: Record<string, string>,
  positionOf: (offset: number) => Position,
): XmlNode {
  const qualifiedName = Object.keys(parsed).find((key) => key !== attributesKey) ?? "";
  const metadata = (parsed as Record<symbol, unknown>)[XMLParser.getMetaDataSymbol() as unknown as symbol];
  const position = positionOf((metadata as { startIndex?: number } | undefined)?.startIndex ?? 0);
  const attributes: Record<string, string> = {};
  const namespaces = { ...inherited };
  for (const [name, value] of Object.entries((parsed[attributesKey] ?? {}) as Record<string, unknown>)) {
    const decoded = decodeEntities(String(value));
    attributes[name] = decoded;
    if (name === "xmlns") namespaces[""] = decoded;
    if (name.startsWith("xmlns:")) namespaces[name.slice("xmlns:".length)] = decoded;
  }
  const colon = qualifiedName.indexOf(":");
  const prefix = qualifiedName.slice(0, Math.max(0, colon));
  const namespace = Object.hasOwn(namespaces, prefix) ? namespaces[prefix] : undefined;
  if (namespace === undefined) {
    const why = `The prefix "${prefix}" for element "${qualifiedName}" is not bound.`;
    throw new XmlError(why, position.line, position.column);
  }
  let text = "";
  const children: XmlNode[] = [];
  for (const item of (parsed[qualifiedName] ?? []) as ParsedNode[]) {
    if ("#text" in item) text += decodeEntities(String(item["#text"]));
    else if ("#cdata" in item) text += cdataText(item);
    else children.push(nodeOf(item, namespaces, positionOf));
  }
  return { name: qualifiedName.slice(colon + 1), namespace, attributes, text, children, ...position };
}

function cdataText(item: ParsedNode): string {
  return ((item["#cdata"] ?? []) as ParsedNode[]).map((part) => String(part["#text"] ?? "")).join("");
}

function refuseIllegalCharacters(text: string): void {
  const found = /[\p{Cs}\uFFFE\uFFFF]|(?![\t\n\r])[\p{Cc}--[\x7f-\x9f]]/v.exec(text);
  if (!found) return;
  const code = (found[0].codePointAt(0) ?? 0).toString(16);
  const { line, column } = linePositions(text)(found.index);
  const why = `An invalid XML character (Unicode: 0x${code}) was found in the element content of the document.`;
  throw new XmlError(why, line, column);
}

/** Finds `<!DOCTYPE` and its like, but not within comments and CDATA. */
function refuseDoctype(text: string): void {
  for (let at = text.indexOf("<!"); at >= 0; at = text.indexOf("<!", at)) {
    const end = text.startsWith("<!--", at) ? "-->" : text.startsWith("<![CDATA[", at) ? "]]>" : undefined;
    if (end === undefined) {
      throw new XmlError('DOCTYPE is disallowed when the feature "disallow-doctype-decl" set to true.');
    }
    const closed = text.indexOf(end, at + 4);
    // What is not closed is refused later.
    if (closed < 0) return;
    at = closed;
  }
}

/** Each tag and attribute becomes objects in memory, many times its size. */
function refuseTooMuchMarkup(text: string): void {
  for (const mark of ["<", '"', "'"]) {
    let count = 0;
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
      if (++count > maxMarks)
        throw new XmlError(`The document holds more than ${maxMarks} of the character ${mark}`);
    }
  }
}

function parseOrdered(text: string): ParsedNode[] {
  try {
    return new XMLParser(parserOptions).parse(text) as ParsedNode[];
  } catch (error) {
    // It refuses names such as `__proto__`, and elements that are nested too deeply.
    const why = error instanceof Error ? error.message : String(error);
    const [, name] = /Invalid name: "(.*?)"/.exec(why) ?? [];
    throw new XmlError(name === undefined ? why : `Element ${name} is not allowed.`);
  }
}

function linePositions(text: string): (offset: number) => Position {
  const lineStarts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lineStarts.push(at + 1);
  return (offset) => {
    const line = Math.max(1, lineStarts.findLastIndex((start) => start <= offset) + 1);
    return { line, column: offset - (lineStarts[line - 1] ?? 0) + 1 };
  };
}
