import type { ActualApp } from "../app/actualApp.ts";
import type { KindName } from "../app/desiredApp.ts";
import {
  defaultOf,
  type SettingPath,
  type SettingRecord,
  type Settings,
  type SettingValue,
} from "../app/settings.ts";
import { text } from "./codecs.ts";
import { elementPath } from "./fields.ts";
import type { Field, Kind, MetadataFile, RecordsField, TextField } from "./kind.ts";
import { kinds } from "./kinds.ts";
import { otherMetadataOf, otherMetadataPath } from "./otherMetadata.ts";
import { elementsAt, textsAt, type XmlElement } from "./xmlElement.ts";

/** The app that metadata files describe, in the spec's words. */
export function readApp(kindName: KindName, files: readonly MetadataFile[]): ActualApp {
  const kind = kinds[kindName];
  const contentOf = (component: string) => files.find((file) => file.component.type === component)?.content;
  const settings: Record<string, SettingValue> = {};
  for (const field of kind.fields) {
    const content = contentOf(field.component);
    if (content === undefined) continue;
    const value = valueOfField(kind, content, field);
    if (value !== undefined) settings[field.setting] = value;
  }
  for (const { component, content } of files) {
    const other = otherMetadataOf(kind, component.type, content);
    if (other !== "") settings[otherMetadataPath(component.type)] = other;
  }
  const consumer = contentOf(kind.consumer.component);
  const [consumerKey] = consumer === undefined ? [] : textsAt(consumer, elementPath(kind.consumer.key));
  return { settings: settings as Settings, consumerKey };
}

/** The settings that no element says: they are what Salesforce takes for granted. A new component would say some of them. */
export function impliedSettings(kindName: KindName, files: readonly MetadataFile[]): SettingPath[] {
  return kinds[kindName].fields
    .filter(({ initial }) => initial === undefined)
    .filter((field) => {
      const content = files.find((file) => file.component.type === field.component)?.content;
      return content === undefined || readField(content, field) === undefined;
    })
    .map(({ setting }) => setting);
}

/** Whether files hold the app itself, which is the first component of its kind. The others only add to it. */
export function hasApplication(kindName: KindName, files: readonly MetadataFile[]): boolean {
  return files[0] !== undefined && files[0].component === kinds[kindName].components[0];
}

/** What a component says about a setting, including the default if that counts as given. */
export function valueOfField({ name }: Kind, content: XmlElement, field: Field): SettingValue | undefined {
  return readField(content, field) ?? (field.saysDefault ? defaultOf(field.setting, name) : undefined);
}

/** What the elements of a field say; undefined if they say nothing. */
export function readField(content: XmlElement, field: Field): SettingValue | undefined {
  if ("codec" in field) return field.codec.read(textsOf(content, field));
  if ("isPresence" in field) return field.elements.some((path) => isSaid(content, path)) || undefined;
  const records = recordElements(content, field).map(([, record]) => record);
  return records.length === 0 ? undefined : records;
}

function isSaid(content: XmlElement, path: readonly string[]): boolean {
  return elementsAt(content, path).some(
    ({ text: own, children }) => own.trim() !== "" || children.length > 0,
  );
}

/** The repeated elements of a field, each with the record that it holds. */
export function recordElements(
  content: XmlElement,
  { elements, recordCodec }: RecordsField,
): [XmlElement, SettingRecord][] {
  return elements
    .flatMap((path) => elementsAt(content, path))
    .flatMap((found): [XmlElement, SettingRecord][] => {
      const record = recordCodec.read(textsByName(found, recordCodec.children));
      return Object.keys(record).length === 0 ? [] : [[found, record]];
    });
}

function textsByName(parent: XmlElement, names: readonly string[]): SettingRecord {
  const texts = names.map((name) => [name, text.read(textsAt(parent, [name]))] as const);
  return Object.fromEntries(
    texts.flatMap(([name, found]) => (found === undefined ? [] : [[name, String(found)]])),
  );
}

/** The texts of a field: all texts of its element, or the first text of each if it has several elements. */
function textsOf(content: XmlElement, { elements }: TextField): string[] {
  const [only] = elements;
  if (elements.length === 1 && only !== undefined) return textsAt(content, only);
  return elements.map((path) => textsAt(content, path)[0]?.trim() ?? "");
}
