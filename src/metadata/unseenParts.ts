import type { KindName } from "../app/desiredApp.ts";
import type { SettingPath } from "../app/settings.ts";
import type { ComponentType, MetadataFile } from "./kind.ts";
import { kinds } from "./kinds.ts";
import { otherMetadataPath } from "./otherMetadata.ts";

/** Metadata that says what an app is made of, as far as it was seen. */
interface SeenApp {
  kind: KindName;
  files: readonly MetadataFile[];
}

/** A component that was not seen, and the settings that it holds. */
interface UnseenPart {
  component: ComponentType;
  settings: SettingPath[];
}

/**
 * The components of its kind that are not among an app's files. Nothing is known about what they hold: an org does not
 * show them to everybody, and a repository may lack them.
 */
export function unseenParts({ kind, files }: SeenApp): UnseenPart[] {
  const { components, fields } = kinds[kind];
  return components
    .filter((component) => !files.some((file) => file.component === component))
    .map((component) => {
      const own = fields.filter((field) => field.component === component.type);
      return {
        component,
        settings: [...own.map(({ setting }) => setting), otherMetadataPath(component.type)],
      };
    });
}

/** All settings about which nothing is known. */
export function unknownSettings(app: SeenApp): SettingPath[] {
  return unseenParts(app).flatMap(({ settings }) => settings);
}
