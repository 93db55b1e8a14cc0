import type { Org } from "./org.ts";

/**
 * Whether a setting of the org is on; all are off in a new org.
 *
 * @param name of the settings, as in `settings/NAME.settings`
 */
export function orgSetting({ components }: Org, name: string, element: string): boolean {
  const settings = components.get("Settings")?.get(name);
  return settings?.content.children.some((child) => child.name === element && child.text === "true") ?? false;
}
