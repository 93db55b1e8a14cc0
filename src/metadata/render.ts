import type { DesiredApp } from "../app/desiredApp.ts";
import type { Settings, SettingValue } from "../app/settings.ts";
import type { Kind, MetadataFile } from "./kind.ts";
import { kinds } from "./kinds.ts";
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
    const content =
      kind.consumer.component === component.type ? withConsumer(kind, settled, consumer) : settled;
    return { component, fullName: component.fullName(app.name), content };
  });
}

function settle(kind: Kind, component: string, base: XmlElement, settings: Settings): XmlElement {
  const fields = kind.fields.filter((field) => field.component === component);
  return fields.reduce((content, field) => {
    const value: SettingValue | undefined = settings[field.setting];
    if (value !== undefined) return withTexts(content, field.element, field.codec.write(value));
    const missing = field.required !== undefined && textsAt(content, field.element).length === 0;
    return missing ? withTexts(content, field.element, field.codec.write(field.required ?? "")) : content;
  }, base);
}

function withConsumer(kind: Kind, content: XmlElement, consumer: ConsumerElements): XmlElement {
  const withKey = withTexts(content, kind.consumer.key, consumer.key === undefined ? [] : [consumer.key]);
  return withTexts(withKey, kind.consumer.secret, consumer.secret === undefined ? [] : [consumer.secret]);
}
