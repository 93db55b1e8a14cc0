import type { XmlElement } from "../../../../src/metadata/xmlElement.ts";

/**
 * Writes an element as people and tools do it: elements in any order, comments, CDATA, character references, odd white
 * space, Windows line ends, a byte order mark, numbers for booleans. The choices follow from the seed.
 */
export function untidyXml(root: XmlElement, seed: number): string {
  const choose = choices(seed);
  const lineEnd = choose(3) === 0 ? "\r\n" : "\n";
  const write = (element: XmlElement, depth: number): string => {
    const indent = choose(4) === 0 ? "" : (["  ", "    ", "\t"][choose(3)] ?? "").repeat(depth);
    const comment = choose(8) === 0 ? `${indent}<!-- ${element.name} & <so> on -->\n` : "";
    const name = element.name;
    if (element.children.length === 0 && element.text === "")
      return (
        comment +
        indent +
        (choose(2) === 0
          ? `<${name}/>`
          : choose(2) === 0
            ? `<${name}></${name}>`
            : `<${name}>\n${indent}</${name}>`)
      );
    if (element.children.length === 0)
      return `${comment}${indent}<${name}>${textOf(element.text, choose)}</${name}>`;
    const inner = grouped(element.children, choose).map((child) => write(child, depth + 1));
    return `${comment}${indent}<${name}>\n${inner.join(choose(6) === 0 ? "\n\n" : "\n")}\n${indent}</${name}>`;
  };
  const declaration = choose(5) === 0 ? "" : '<?xml version="1.0" encoding="UTF-8"?>\n';
  const body = write(root, 0).replace(
    new RegExp(`<${root.name}(/?)>`),
    `<${root.name} xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"$1>`,
  );
  return (
    (choose(6) === 0 ? "\uFEFF" : "") +
    (declaration + body + (choose(2) === 0 ? "\n" : "")).replaceAll("\n", lineEnd)
  );
}

/** Elements of one name stay next to each other, as the Metadata API wants it. */
function grouped(children: readonly XmlElement[], choose: (count: number) => number): XmlElement[] {
  const groups = [...Map.groupBy(children, ({ name }) => name).values()];
  return groups
    .map((group) => ({ group, rank: choose(1000) }))
    .sort((a, b) => a.rank - b.rank)
    .flatMap(({ group }) => group);
}

function textOf(text: string, choose: (count: number) => number): string {
  const space = choose(6) === 0 ? "\n    " : "";
  if (choose(6) === 0 && !text.includes("]]>")) return `${space}<![CDATA[${text}]]>${space}`;
  const written = [...text].map((character) => {
    if (character === "&") return "&amp;";
    if (character === "<") return "&lt;";
    if (character === ">") return "&gt;";
    if (character === '"' && choose(2) === 0) return "&quot;";
    return choose(40) === 0 && character !== "\n"
      ? `&#x${character.codePointAt(0)?.toString(16)};`
      : character;
  });
  return space + written.join("") + space;
}

/** A small generator of numbers, the same for the same seed. */
function choices(seed: number): (count: number) => number {
  let state = seed >>> 0;
  return (count) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % count;
  };
}
