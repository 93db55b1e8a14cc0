import type { MessageText } from "../messageText.ts";

/** Why a text is not readable XML, and where. Line and column count from 1. */
export class XmlProblem extends Error {
  readonly text: MessageText<"spec">;
  readonly line: number;
  readonly column: number;

  constructor(text: MessageText<"spec">, line: number, column: number) {
    super(`${text.id} (${line}:${column})`);
    this.name = "XmlProblem";
    this.text = text;
    this.line = line;
    this.column = column;
  }
}

/** Comments and CDATA sections, in which nothing has a special meaning. */
const literal = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g;

/**
 * Refuses what the parser would accept: a document type declaration, through which entities could grow without bound,
 * references to unknown entities, and characters that XML does not allow.
 *
 * @throws XmlProblem
 */
export function requireReadable(source: string): void {
  const plain = withoutLiterals(source);
  const refuse = (offset: number, text: MessageText<"spec">) => {
    throw problemAt(source, offset, text);
  };
  // XML allows no control characters except tab, line feed and carriage return.
  const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(source);
  if (forbidden) refuse(forbidden.index, { id: "xml.character", values: [] });
  const declaration = /<!DOCTYPE/i.exec(plain);
  if (declaration) refuse(declaration.index, { id: "xml.doctype", values: [] });
  for (const { 0: reference, 1: name = "", index } of plain.matchAll(/&([^;\s<&]*);?/g)) {
    if (!isKnown(reference, name)) refuse(index, { id: "xml.entity", values: [reference] });
  }
}

/**
 * Refuses attributes, because nobody reads them and they would be lost. Namespaces are allowed, and so is the mark of
 * an empty element.
 *
 * @throws XmlProblem
 */
export function requireNoAttributes(source: string): void {
  for (const tag of withoutLiterals(source).matchAll(/<[^\s<>/!?][^<>]*>/g)) {
    for (const { 1: name = "", index } of tag[0].matchAll(/\s([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')/g)) {
      if (/^(xmlns|xsi)(:|$)/.test(name) && name !== "xsi:type") continue;
      throw problemAt(source, tag.index + index + 1, { id: "xml.attribute", values: [name] });
    }
  }
}

/** Why a text cannot be read, at an offset in it. */
export function problemAt(source: string, offset: number, text: MessageText<"spec">): XmlProblem {
  const { line, column } = placeAt(source, offset);
  return new XmlProblem(text, line, column);
}

function placeAt(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, Math.max(0, offset)).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/** Where the first element of a name stands; line and column count from 1. */
export function placeOfElement(source: string, name: string): { line: number; column: number } {
  const found = new RegExp(`<(?:[\\w.-]+:)?${name}[\\s/>]`).exec(withoutLiterals(source));
  return placeAt(source, found?.index ?? 0);
}

/** The text with blanks instead of comments and CDATA, so that every offset stays. */
function withoutLiterals(source: string): string {
  return source.replace(literal, (part) => part.replace(/[^\n]/g, " "));
}

function isKnown(reference: string, name: string): boolean {
  if (!reference.endsWith(";")) return false;
  if (/^(amp|lt|gt|quot|apos)$/.test(name)) return true;
  const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? [];
  if (hex === undefined && decimal === undefined) return false;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return (
    code <= 0x10ffff &&
    /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]$/u.test(String.fromCodePoint(code))
  );
}
