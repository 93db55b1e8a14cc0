import { XmlError } from "./xmlError.ts";

const namedEntities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * Decodes the five predefined entities and character references, each once.
 *
 * @throws XmlError if an entity is not declared, or a reference names a character that XML does not allow
 */
export function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&([^;&<\s]*;)?/g, (_reference, body: string | undefined) => {
    const name = body?.slice(0, -1) ?? "";
    if (name === "")
      throw new XmlError("The entity name must immediately follow the '&' in the entity reference.");
    const [, hexadecimal, decimal] = /^#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))$/i.exec(name) ?? [];
    if (hexadecimal !== undefined) return character(Number.parseInt(hexadecimal, 16));
    if (decimal !== undefined) return character(Number.parseInt(decimal, 10));
    if (!Object.hasOwn(namedEntities, name)) {
      throw new XmlError(`The entity "${name}" was referenced, but not declared.`);
    }
    return namedEntities[name] ?? "";
  });
}

/** Whether XML 1.0 allows this code point in a document. */
function isXmlCharacter(codePoint: number): boolean {
  return (
    codePoint === 0x9 ||
    codePoint === 0xa ||
    codePoint === 0xd ||
    (codePoint >= 0x20 && codePoint <= 0xd7ff) ||
    (codePoint >= 0xe000 && codePoint <= 0xfffd) ||
    (codePoint >= 0x10000 && codePoint <= 0x10ffff)
  );
}

function character(codePoint: number): string {
  if (!isXmlCharacter(codePoint)) {
    throw new XmlError(`Character reference "&#${codePoint}" is an invalid XML character.`);
  }
  return String.fromCodePoint(codePoint);
}
