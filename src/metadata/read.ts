import type { ActualApp } from "../app/actualApp.ts";
import type { KindName } from "../app/desiredApp.ts";
import type { Settings } from "../app/settings.ts";
import type { MetadataFile } from "./kind.ts";
import { kinds } from "./kinds.ts";
import { textsAt } from "./xmlElement.ts";

/** The app that metadata files describe, in the spec's words. */
export function readApp(kindName: KindName, files: readonly MetadataFile[]): ActualApp {
  const kind = kinds[kindName];
  const textsOf = (component: string, path: readonly string[]) =>
    files.filter((file) => file.component.type === component).flatMap((file) => textsAt(file.content, path));
  const settings: Record<string, unknown> = {};
  for (const field of kind.fields) {
    const value = field.codec.read(textsOf(field.component, field.element));
    if (value !== undefined) settings[field.setting] = value;
  }
  const [consumerKey] = textsOf(kind.consumer.component, kind.consumer.key);
  return { settings: settings as Settings, consumerKey };
}
