import type { KindName } from "../app/kindName.ts";
import type { MetadataFile, TextField } from "./kind.ts";
import { kinds } from "./kinds.ts";
import { readField } from "./read.ts";
import { withTexts, type XmlElement } from "./xmlElement.ts";

/**
 * The same files, without the list entries that the org already has, for lists to which a deploy only adds: an org may
 * refuse a repetition. A file without repetitions stays the same object.
 */
export function withoutRepeats(
  kind: KindName,
  files: readonly MetadataFile[],
  existing: readonly MetadataFile[],
): MetadataFile[] {
  return files.map((file) => {
    const there = contentOf(existing, file);
    const content = addedTo(kind, file).reduce(
      (result, field) => withoutEntries(result, field, entriesOf(there, field)),
      file.content,
    );
    return content === file.content ? file : { ...file, content };
  });
}

function withoutEntries(content: XmlElement, field: TextField, there: readonly string[]): XmlElement {
  const wanted = entriesOf(content, field);
  const added = wanted.filter((entry) => !there.includes(entry));
  if (added.length === wanted.length) return content;
  const texts = added.length === 0 ? [] : field.codec.write(added);
  return withTexts(content, field.elements[0] ?? [], texts);
}

/** Whether the files name an entry of such a list that is not among the actual ones. */
export function lacksEntries(
  kind: KindName,
  files: readonly MetadataFile[],
  actual: readonly MetadataFile[],
): boolean {
  return files.some((file) =>
    addedTo(kind, file).some((field) => {
      const there = entriesOf(contentOf(actual, file), field);
      return entriesOf(file.content, field).some((entry) => !there.includes(entry));
    }),
  );
}

function addedTo(kind: KindName, { component }: MetadataFile): TextField[] {
  return kinds[kind].fields.filter(
    (field): field is TextField =>
      "codec" in field && field.onlyAdds === true && field.component === component.type,
  );
}

function contentOf(files: readonly MetadataFile[], { component }: MetadataFile): XmlElement | undefined {
  return files.find((file) => file.component.type === component.type)?.content;
}

function entriesOf(content: XmlElement | undefined, field: TextField): readonly string[] {
  const value = content === undefined ? undefined : readField(content, field);
  return typeof value === "object" ? value.map(String) : [];
}
