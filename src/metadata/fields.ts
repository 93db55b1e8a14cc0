import type { SettingPath } from "../app/settings.ts";
import type { Codec } from "./codecs.ts";
import type { Field, PresenceField, RecordsField, TextField } from "./kind.ts";
import type { RecordCodec } from "./recordCodecs.ts";

/**
 * Makes the fields of one component: a setting, the path of its element below the root (`oauthConfig/scopes`; several
 * paths if the codec gives several texts), and how it is written.
 */
export function fieldsOf(component: string) {
  return (
    setting: SettingPath,
    elements: string | readonly string[],
    codec: Codec,
    more: Pick<Field, "required" | "initial" | "saysDefault" | "onlyAdds"> = {},
  ): TextField => ({ setting, component, elements: [elements].flat().map(elementPath), codec, ...more });
}

/** The same for settings that are records. The path is that of the repeated element. */
export function recordsOf(component: string) {
  return (setting: SettingPath, path: string, recordCodec: RecordCodec): RecordsField => ({
    setting,
    component,
    elements: [elementPath(path)],
    recordCodec,
  });
}

/** The same for a switch that says whether the elements are there at all. */
export function presenceOf(component: string) {
  return (setting: SettingPath, ...paths: string[]): PresenceField => ({
    setting,
    component,
    elements: paths.map(elementPath),
    isPresence: true,
  });
}

/** The names of a path such as `oauthConfig/scopes`. */
export function elementPath(path: string): string[] {
  return path.split("/");
}
