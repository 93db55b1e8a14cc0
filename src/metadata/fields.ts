import type { SettingPath } from "../app/settings.ts";
import type { Codec } from "./codecs.ts";
import type { Field } from "./kind.ts";

/**
 * Makes the fields of one component: a setting, the path of its element below the root (`oauthConfig/scopes`; several,
 * where the codec gives several texts), how it is written.
 */
export function fieldsOf(component: string) {
  return (
    setting: SettingPath,
    elements: string | readonly string[],
    codec: Codec,
    more: Pick<Field, "required" | "default"> = {},
  ): Field => ({ setting, component, elements: [elements].flat().map(elementPath), codec, ...more });
}

/** The names of a path such as `oauthConfig/scopes`. */
export function elementPath(path: string): string[] {
  return path.split("/");
}
