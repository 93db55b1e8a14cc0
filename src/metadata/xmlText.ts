import { XMLBuilder, XMLParser, XMLValidator } from "fast-xml-parser";
import { element, type XmlElement } from "./xmlElement.ts";

const namespace = "http://soap.sforce.com/2006/04/metadata";
const attributes = ":@";
const text = "#text";
const cdata = "#cdata";

type OrderedNode = Record<string, OrderedNode[] | string | Record<string, string>>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: false,
  removeNSPrefix: true,
  cdataPropName: cdata,
  // The parser's own decoding takes `&amp;lt;` for `<`.
  processEntities: false,
});

const builder = new XMLBuilder({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  format: true,
  indentBy: "    ",
  suppressEmptyNode: true,
});

/**
 * Reads a metadata file. Comments, processing instructions and white space between elements are not part of the result.
 *
 * @throws Error with line and column where the text is not well-formed, or has a document type declaration (which
 *   metadata never has, and through which entities could grow without bound).
 */
export function parseXml(source: string): XmlElement {
  if (/<!DOCTYPE/i.test(source)) throw new Error("A document type declaration (DOCTYPE) is not allowed.");
  const verdict = XMLValidator.validate(source);
  if (verdict !== true) throw new Error(`${verdict.err.msg} (${verdict.err.line}:${verdict.err.col})`);
  const roots = (parser.parse(source) as OrderedNode[]).filter((node) => !(text in node));
  const [root] = roots;
  if (root === undefined || roots.length > 1)
    throw new Error("The file must hold exactly one element at its top.");
  return fromOrdered(root);
}

/** Writes a metadata file: declaration, namespace, four spaces of indent, elements in alphabetical order. */
export function formatXml(root: XmlElement): string {
  const node = { ...toOrdered(root), [attributes]: { xmlns: namespace } };
  const body = builder.build([node]) as string;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body.trim()}\n`;
}

function fromOrdered(node: OrderedNode): XmlElement {
  const name = Object.keys(node).find((key) => key !== attributes) ?? "";
  const content = node[name] as OrderedNode[];
  const children = content.filter((child) => !(text in child || cdata in child)).map(fromOrdered);
  const ownText = content
    .map((child) => (cdata in child ? rawText(child[cdata]) : decoded(child[text])))
    .join("");
  return element(name, children.length > 0 ? "" : ownText, children);
}

function rawText(nodes: OrderedNode[string] | undefined): string {
  return (nodes as OrderedNode[]).map((node) => node[text] ?? "").join("");
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decoded(source: OrderedNode[string] | undefined): string {
  return String(source ?? "").replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (reference, hex, decimal, name) => {
      const character = name === undefined ? codePoint(hex, decimal) : entities[name];
      if (character === undefined) throw new Error(`Unknown entity ${reference}.`);
      return character;
    },
  );
}

function codePoint(hex: string | undefined, decimal: string | undefined): string | undefined {
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
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
