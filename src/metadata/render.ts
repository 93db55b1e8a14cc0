import { compare } from "../app/compare.ts";
import { type DesiredApp, type KindName, usesOAuth } from "../app/desiredApp.ts";
import type { SettingRecord, Settings, SettingValue } from "../app/settings.ts";
import { namesOf } from "./componentNames.ts";
import { elementPath } from "./fields.ts";
import type { ComponentType, Field, Kind, MetadataFile, RecordsField } from "./kind.ts";
import { kinds } from "./kinds.ts";
import { otherMetadataPath, withOtherMetadata } from "./otherMetadata.ts";
import { changeableComponents } from "./packagedApp.ts";
import { readField, recordElements, valueOfField } from "./read.ts";
import { element, elementsAt, textsAt, withElements, withTexts, type XmlElement } from "./xmlElement.ts";

/** A consumer key and secret for the metadata. Without them, neither element is in the files. */
export interface ConsumerElements {
  key?: string | undefined;
  secret?: string | undefined;
}

/** An existing component. Without content, only its name is kept. */
type Existing = Pick<MetadataFile, "component" | "fullName"> & Partial<Pick<MetadataFile, "content">>;

/**
 * The metadata files of an app. What the spec does not mention is taken from `existing` (the org's files), including
 * unknown elements. The consumer key and secret are always those that are given here. An existing app gets only those
 * new components that its spec mentions.
 */
export function render(
  app: DesiredApp,
  consumer: ConsumerElements = {},
  existing: readonly Existing[] = [],
): MetadataFile[] {
  const kind = kinds[app.kind];
  const names = namesOf(kind, app.name, existing);
  return changeableComponents(app).flatMap((component) => {
    const there = existing.find((file) => file.component.type === component.type);
    const isWanted =
      isSaid(kind, component, app.settings) || (existing.length === 0 && isUsual(component, app));
    if (there === undefined && !isWanted) return [];
    const settled = settle(kind, component.type, there?.content, app.settings);
    const clean = withoutNeverSettings(kind, component.type, settled);
    const complete = withAppName(component, clean, app.name);
    const content =
      kind.consumer.component === component.type ? withConsumer(kind, complete, consumer) : complete;
    return [{ component, fullName: names.get(component.type) ?? "", content }];
  });
}

/** A new app has all components, but those for OAuth only if the spec says anything about OAuth. */
function isUsual({ onlyForOAuth }: ComponentType, app: DesiredApp): boolean {
  return !onlyForOAuth || usesOAuth(app);
}

/** Whether the spec says anything about a component. */
function isSaid(kind: Kind, { type }: ComponentType, settings: Settings): boolean {
  const own = kind.fields.filter(({ component }) => component === type).map(({ setting }) => setting);
  return [...own, otherMetadataPath(type)].some((path) => settings[path] !== undefined);
}

/** The content of a component with the settings in it. Elements that already say the same stay as they are. */
function settle(kind: Kind, component: string, base: XmlElement | undefined, settings: Settings): XmlElement {
  const other = settings[otherMetadataPath(component)];
  const start = base ?? element(component);
  const fields = kind.fields.filter((field) => field.component === component);
  const settled = fields.reduce(
    (content, field) => {
      const value = settings[field.setting] ?? (base === undefined ? field.initial : undefined);
      const stays = value === undefined || (base !== undefined && alreadySays(kind, content, field, value));
      return stays ? content : withField(content, field, value);
    },
    other === undefined ? start : withOtherMetadata(kind, component, start, other),
  );
  return fields.reduce(withRequired, settled);
}

function alreadySays(kind: Kind, content: XmlElement, field: Field, value: SettingValue): boolean {
  const found = valueOfField(kind, content, field);
  return compare({ [field.setting]: value }, { [field.setting]: found }).length === 0;
}

/** If a parent is there, Salesforce requires certain elements in it. Without the parent, it requires none of them. */
function withRequired(content: XmlElement, field: Field): XmlElement {
  const { required, elements } = field;
  const parent = elements[0]?.slice(0, -1) ?? [];
  const isMissing = required !== undefined && readField(content, field) === undefined;
  return isMissing && elementsAt(content, parent).length > 0 ? withField(content, field, required) : content;
}

function withField(content: XmlElement, field: Field, value: SettingValue): XmlElement {
  const { elements } = field;
  if ("recordCodec" in field) return withRecords(content, field, value as readonly SettingRecord[]);
  if ("isPresence" in field)
    return value === false
      ? elements.reduce((result, path) => withElements(result, path, []), content)
      : content;
  const texts = field.codec.write(value);
  const [only] = elements;
  if (elements.length === 1 && only !== undefined) return withTexts(content, only, texts);
  return elements.reduce((result, path, index) => {
    const text = texts[index] ?? "";
    return withTexts(result, path, text === "" ? [] : [text]);
  }, content);
}

/** An existing record keeps its element, with whatever else that holds. */
function withRecords(
  content: XmlElement,
  field: RecordsField,
  records: readonly SettingRecord[],
): XmlElement {
  const left = recordElements(content, field);
  const [path = []] = field.elements;
  const elements = records.map((record) => {
    const same = left.findIndex(([, found]) => isSame(found, record));
    const [kept] = same < 0 ? [] : left.splice(same, 1);
    return kept?.[0] ?? recordElement(path.at(-1) ?? "", field.recordCodec.write(record));
  });
  return withElements(content, path, elements);
}

function recordElement(name: string, texts: SettingRecord): XmlElement {
  return element(
    name,
    "",
    Object.entries(texts).map(([child, text]) => element(child, text)),
  );
}

function isSame(one: SettingRecord, other: SettingRecord): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => one[key] === other[key]);
}

function withoutNeverSettings(kind: Kind, component: string, content: XmlElement): XmlElement {
  return kind.neverSettings
    .filter((never) => never.component === component)
    .reduce((result, never) => withTexts(result, elementPath(never.element), []), content);
}

function withAppName({ appElement }: ComponentType, content: XmlElement, appName: string): XmlElement {
  const isNeeded = appElement !== undefined && textsAt(content, [appElement]).length === 0;
  return isNeeded ? withTexts(content, [appElement], [appName]) : content;
}

/** The same files with neither consumer key nor secret. */
export function withoutConsumer(kindName: KindName, files: readonly MetadataFile[]): MetadataFile[] {
  const kind = kinds[kindName];
  return files.map((file) =>
    file.component.type === kind.consumer.component
      ? { ...file, content: withConsumer(kind, file.content, {}) }
      : file,
  );
}

function withConsumer(kind: Kind, content: XmlElement, { key, secret }: ConsumerElements): XmlElement {
  const withKey = withTexts(content, elementPath(kind.consumer.key), key === undefined ? [] : [key]);
  return withTexts(withKey, elementPath(kind.consumer.secret), secret === undefined ? [] : [secret]);
}
