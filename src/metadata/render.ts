import type { DesiredApp } from "../app/desiredApp.ts";
import type { Settings, SettingValue } from "../app/settings.ts";
import { elementPath } from "./fields.ts";
import type { Field, Kind, MetadataFile } from "./kind.ts";
import { kinds } from "./kinds.ts";
import { textsOf } from "./read.ts";
import { element, textsAt, withTexts, type XmlElement } from "./xmlElement.ts";

/** A consumer key and secret as the metadata takes them; without them, neither element is in the files. */
export interface ConsumerElements {
  key?: string | undefined;
  secret?: string | undefined;
}

/**
 * The metadata files of an app. What the spec does not mention is taken over from `existing` (the org's files), unknown
 * elements included; the consumer key and secret are only ever those that are given here.
 */
export function render(
  app: DesiredApp,
  consumer: ConsumerElements = {},
  existing: readonly MetadataFile[] = [],
): MetadataFile[] {
  const kind = kinds[app.kind];
  return kind.components.map((component) => {
    const base = existing.find((file) => file.component.type === component.type)?.content;
    const settled = settle(kind, component.type, base ?? element(component.type), app.settings);
    const complete = withConstants(kind, component.type, settled, app.name);
    const content =
      kind.consumer.component === component.type ? withConsumer(kind, complete, consumer) : complete;
    return { component, fullName: component.fullName(app.name), content };
  });
}

function settle(kind: Kind, component: string, base: XmlElement, settings: Settings): XmlElement {
  const fields = kind.fields.filter((field) => field.component === component);
  return fields.reduce((content, field) => {
    const value: SettingValue | undefined = settings[field.setting];
    if (value !== undefined) return withField(content, field, value);
    const missing = field.required !== undefined && textsOf(content, field).every((text) => text === "");
    return missing ? withField(content, field, field.required ?? "") : content;
  }, base);
}

function withField(content: XmlElement, { elements, codec }: Field, value: SettingValue): XmlElement {
  const texts = codec.write(value);
  const [only] = elements;
  if (elements.length === 1 && only !== undefined) return withTexts(content, only, texts);
  return elements.reduce((result, path, index) => {
    const text = texts[index] ?? "";
    return withTexts(result, path, text === "" ? [] : [text]);
  }, content);
}

function withConstants(kind: Kind, component: string, content: XmlElement, appName: string): XmlElement {
  const missing = kind.constants.filter(
    (constant) => constant.component === component && textsAt(content, [constant.element]).length === 0,
  );
  return missing.reduce(
    (result, constant) => withTexts(result, [constant.element], [constant.text(appName)]),
    content,
  );
}

function withConsumer(kind: Kind, content: XmlElement, { key, secret }: ConsumerElements): XmlElement {
  const withKey = withTexts(content, elementPath(kind.consumer.key), key === undefined ? [] : [key]);
  return withTexts(withKey, elementPath(kind.consumer.secret), secret === undefined ? [] : [secret]);
}
