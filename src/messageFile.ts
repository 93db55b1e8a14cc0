import { format } from "node:util";

/** The texts of one file of messages/, by key. A list has its items. */
export type MessageFile = ReadonlyMap<string, string | readonly string[]>;

/**
 * Reads a file of messages/: each heading is a key, and what is below it its text. If all of it is list items, it is a
 * list. These are the rules of the Salesforce CLI's own message files.
 *
 * @throws Error if a key has no text, or is there twice
 * @see https://github.com/forcedotcom/sfdx-core/blob/main/src/messages.ts
 */
export function readMessageFile(content: string, file: string): MessageFile {
  const texts = new Map<string, string | readonly string[]>();
  for (const section of content.split(/^#\s*/m)) {
    if (section.trim() === "") continue;
    const [heading = "", ...lines] = section.split("\n");
    const key = heading.trim();
    const text = lines.join("\n").trim();
    if (text === "") throw new Error(`${file}: the key "${key}" has no text.`);
    if (texts.has(key)) throw new Error(`${file}: the key "${key}" is there twice.`);
    texts.set(key, isList(lines) ? itemsOf(text) : text);
  }
  return texts;
}

function isList(lines: readonly string[]): boolean {
  return lines.every((line) => line.trim() === "" || /^([*-]\s+| {2})/.test(line));
}

function itemsOf(text: string): string[] {
  const items = text.split(/^[*-]\s+/m).filter((item) => item.trim() !== "");
  return items.map((item) =>
    item
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => line.trim())
      .join("\n"),
  );
}

/** Puts values in the places of a text that wait for them. The items of a list share one row of values. */
export function fillText(text: string | readonly string[], values: readonly unknown[]): string[] {
  let used = 0;
  return [text].flat().map((item) => {
    const places = item.match(/%[sdifjoO]/g)?.length ?? 0;
    used += places;
    return places === 0 ? item : format(item, ...values.slice(used - places, used));
  });
}
