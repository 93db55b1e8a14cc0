import { createRequire } from "node:module";
import type * as FastXmlParser from "fast-xml-parser";
import { element, type XmlElement } from "./xmlElement.ts";
import { requireNoAttributes, requireReadable, XmlProblem } from "./xmlProblem.ts";

const namespace = "http://soap.sforce.com/2006/04/metadata";
const attributes = ":@";
const text = "#text";
const cdata = "#cdata";

type OrderedNode = Record<string, OrderedNode[] | string | Record<string, string>>;

// Loaded when the first XML is read: most specs hold none, and their commands should start at once.
let loaded: typeof FastXmlParser | undefined;
function library(): typeof FastXmlParser {
  loaded ??= createRequire(import.meta.url)("fast-xml-parser") as typeof FastXmlParser;
  return loaded;
}

/**
 * Reads a metadata file. Comments, processing instructions and white space between elements are not part of the result.
 *
 * @throws XmlProblem with line and column if the text is not well-formed, or has a document type declaration (which
 *   metadata never has, and through which entities could grow without bound).
 */
export function parseXml(source: string): XmlElement {
  return fromOrdered(rootOf(source));
}

/** What keeps any text from being well-formed XML; undefined if nothing does. */
export function syntaxProblem(source: string): string | undefined {
  const verdict = library().XMLValidator.validate(source);
  return verdict === true ? undefined : verdict.err.msg;
}

function rootOf(source: string): OrderedNode {
  requireReadable(source);
  const { XMLParser, XMLValidator } = library();
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    parseTagValue: false,
    trimValues: false,
    removeNSPrefix: true,
    cdataPropName: cdata,
    // The parser's own decoding would turn `&amp;lt;` into `<`.
    processEntities: false,
  });
  let nodes: OrderedNode[];
  try {
    const verdict = XMLValidator.validate(source);
    if (verdict !== true) {
      const { msg, line, col } = verdict.err;
      throw new XmlProblem({ id: "xml.syntax", values: [msg] }, line, col ?? 1);
    }
    nodes = parser.parse(source) as OrderedNode[];
  } catch (error) {
    // What the parser refuses for its own safety comes without a place.
    if (error instanceof XmlProblem) throw error;
    throw new XmlProblem({ id: "xml.syntax", values: [(error as Error).message] }, 1, 1);
  }
  const [root, ...others] = nodes.filter((node) => !(text in node) || String(node[text]).trim() !== "");
  // The parser ignores text after the last element.
  const endsWithText = !/>\s*$/.test(source);
  if (root === undefined || text in root || others.length > 0 || endsWithText)
    throw new XmlProblem({ id: "xml.oneRoot", values: [] }, 1, 1);
  return root;
}

/** Writes a metadata file: declaration, namespace, four spaces of indent, elements in alphabetical order. */
export function formatXml(root: XmlElement): string {
  const node = { ...toOrdered(root), [attributes]: { xmlns: namespace } };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${formatNodes([node])}\n`;
}

/** Elements without an element around them, written as in a file. White space alone is not text. */
export function formatFragment(elements: readonly XmlElement[]): string {
  return formatNodes(sorted(elements).map(withoutWhiteSpace).map(toOrdered));
}

function withoutWhiteSpace({ name, text: own, children }: XmlElement): XmlElement {
  return element(name, own.trim() === "" ? "" : own, children.map(withoutWhiteSpace));
}

/**
 * Reads elements without an element around them.
 *
 * @throws XmlProblem as `parseXml`; line and column count from the beginning of the fragment
 */
export function parseFragment(source: string): XmlElement[] {
  requireReadable(source);
  requireNoAttributes(source);
  const before = "<fragment>";
  try {
    const root = rootOf(`${before}${source}</fragment>`);
    if (textOf(root).trim() === "") return fromOrdered(root).children;
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error;
    const { text: why, line, column } = error;
    throw new XmlProblem(why, line, line === 1 ? Math.max(1, column - before.length) : column);
  }
  throw new XmlProblem({ id: "xml.textOutside", values: [] }, 1, 1);
}

function formatNodes(nodes: OrderedNode[]): string {
  if (nodes.length === 0) return "";
  const builder = new (library().XMLBuilder)({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: "",
    format: true,
    indentBy: "    ",
    suppressEmptyNode: true,
  });
  // A literal carriage return in the file would be read as a line feed.
  return (builder.build(nodes) as string).trim().replaceAll("\r", "&#xD;");
}

function fromOrdered(node: OrderedNode): XmlElement {
  const children = contentOf(node)
    .filter((child) => !(text in child || cdata in child))
    .map(fromOrdered);
  return element(nameOf(node), children.length > 0 ? "" : textOf(node), children);
}

function nameOf(node: OrderedNode): string {
  return Object.keys(node).find((key) => key !== attributes) ?? "";
}

function contentOf(node: OrderedNode): OrderedNode[] {
  return node[nameOf(node)] as OrderedNode[];
}

/** The text of an element itself, without that of its children. */
function textOf(node: OrderedNode): string {
  return contentOf(node)
    .map((child) => (cdata in child ? rawText(child[cdata]) : decoded(child[text])))
    .join("");
}

function rawText(nodes: OrderedNode[string] | undefined): string {
  return (nodes as OrderedNode[]).map((node) => node[text] ?? "").join("");
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decoded(source: OrderedNode[string] | undefined): string {
  return String(source ?? "").replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (reference, hex, decimal, name) => {
      if (name !== undefined) return entities[name] ?? reference;
      return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
    },
  );
}

function toOrdered(source: XmlElement): OrderedNode {
  if (source.children.length === 0) {
    return { [source.name]: source.text === "" ? [] : [{ [text]: source.text }] };
  }
  return { [source.name]: sorted(source.children).map(toOrdered) };
}

/** The Metadata API writes elements in alphabetical order; repeated ones keep their order (the sort is stable). */
function sorted(children: readonly XmlElement[]): XmlElement[] {
  return [...children].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
