import type { XmlElement } from "../xmlElement.ts";

/** The first child element of this name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** The text of the first child of this name, without white space around it; empty counts as absent. */
export function textOf(element: XmlElement | undefined, name: string): string | undefined {
  return childOf(element, name)?.text.trim() || undefined;
}

/** The texts of all children of this name; empty ones are left out. */
export function textsOf(element: XmlElement | undefined, name: string): string[] {
  return (element?.children ?? [])
    .filter((child) => child.name === name)
    .map((child) => child.text.trim())
    .filter((text) => text !== "");
}

/** Whether a child element holds an XML Schema `true`. */
export function isTrue(element: XmlElement | undefined, name: string): boolean {
  return textsOf(element, name).some((text) => text === "true" || text === "1");
}

/** The words between the commas in the text of the first child of this name; empty ones are left out. */
export function commaSeparated(element: XmlElement | undefined, name: string): string[] {
  const words = (textOf(element, name) ?? "").split(",").map((word) => word.trim());
  return words.filter((word) => word !== "");
}

/** An element that holds text only. */
export function textElement(name: string, text: string): XmlElement {
  return { name, text, children: [] };
}
