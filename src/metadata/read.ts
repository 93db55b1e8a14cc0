import type { ActualApp } from "../app/actualApp.ts";
import type { KindName } from "../app/desiredApp.ts";
import type { Settings, SettingValue } from "../app/settings.ts";
import { elementPath } from "./fields.ts";
import type { Field, MetadataFile } from "./kind.ts";
import { kinds } from "./kinds.ts";
import { textsAt, type XmlElement } from "./xmlElement.ts";

/** The app that metadata files describe, in the spec's words. */
export function readApp(kindName: KindName, files: readonly MetadataFile[]): ActualApp {
  const kind = kinds[kindName];
  const contentOf = (component: string) => files.find((file) => file.component.type === component)?.content;
  const settings: Record<string, SettingValue> = {};
  for (const field of kind.fields) {
    const content = contentOf(field.component);
    if (content === undefined) continue;
    const value = field.codec.read(textsOf(content, field)) ?? field.default;
    if (value !== undefined) settings[field.setting] = both(settings[field.setting], value);
  }
  const consumer = contentOf(kind.consumer.component);
  const [consumerKey] = consumer === undefined ? [] : textsAt(consumer, elementPath(kind.consumer.key));
  return { settings: settings as Settings, consumerKey };
}

/** The texts of a field: all of its element, or the first of each where it has several. */
export function textsOf(content: XmlElement, { elements }: Field): string[] {
  const [only] = elements;
  if (elements.length === 1 && only !== undefined) return textsAt(content, only);
  return elements.map((path) => textsAt(content, path)[0] ?? "");
}

/** What two components say together: a switch is on only where both have it on. */
function both(former: SettingValue | undefined, value: SettingValue): SettingValue {
  return former === false ? false : value;
}
