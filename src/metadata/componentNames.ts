import type { ComponentNames, Kind, MetadataFile } from "./kind.ts";
import { textsAt } from "./xmlElement.ts";

/**
 * The fullNames of all of an app's components: existing components keep theirs, the others get the names of new ones.
 */
export function namesOf(
  kind: Kind,
  appName: string,
  existing: readonly Pick<MetadataFile, "component" | "fullName">[],
): ComponentNames {
  const names = new Map<string, string>();
  for (const { type, newName } of kind.components) {
    const found = existing.find(({ component }) => component.type === type);
    names.set(type, found?.fullName ?? newName(appName, names));
  }
  return names;
}

/** The API name of the app to which a component belongs; empty if the component does not say it. */
export function appNameOf({ component: { appElement }, fullName, content }: MetadataFile): string {
  return appElement === undefined ? fullName : (textsAt(content, [appElement])[0]?.trim() ?? "");
}
