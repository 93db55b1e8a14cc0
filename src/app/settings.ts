import type { KindName } from "./kindName.ts";
import { canvas, canvasMetadata, mobile, saml } from "./settings/connectedApp.ts";
import type { Flag, SettingDefinition, SettingValue, ValueTypes } from "./settings/definition.ts";
import { componentLabels, packaging, plugins } from "./settings/externalClientApp.ts";
import { besides, general, otherMetadata } from "./settings/general.ts";
import { oauth } from "./settings/oauth.ts";
import { policy } from "./settings/policy.ts";

export type { SettingRecord, SettingValue } from "./settings/definition.ts";

const table = {
  ...general,
  ...oauth,
  ...policy,
  ...plugins,
  ...saml,
  ...canvas,
  ...canvasMetadata,
  ...mobile,
  ...packaging,
  ...componentLabels,
  ...otherMetadata,
};

/** A path such as `oauth.clientCredentials.runAs`. */
export type SettingPath = keyof typeof table;

/**
 * Every setting of an app by its path in the spec, with everything known about it, in the order of a spec. Values are
 * in the spec's words (`jwt`, `30m`, `refresh_token`) in one canonical form.
 */
export const settingDefinitions: Readonly<Record<SettingPath, SettingDefinition>> = table;

/** The path of every setting, in the order of a spec. */
export const settingPaths = Object.keys(table) as SettingPath[];

/** The known settings of an app. A missing path is not set (or, in a spec, not managed). */
export type Settings = {
  -readonly [Path in SettingPath]?: ValueTypes[(typeof table)[Path]["type"]];
};

/** The settings that have a flag, in the order of a spec. */
export function settingsWith(flag: Flag): SettingPath[] {
  return settingPaths.filter((path) => settingDefinitions[path][flag]);
}

/** The same, including what a spec says besides the settings of its app, such as `cpq.url`. */
export function specPathsWith(flag: Flag): string[] {
  return [...settingsWith(flag), ...Object.keys(besides).filter((path) => besides[path]?.[flag])];
}

/** The block of the spec that holds a setting, such as `oauth.clientCredentials`; empty at the top of the spec. */
export function blockOf(path: SettingPath): string {
  return path.split(".").slice(0, -1).join(".");
}

/** Whether a path in a spec is the path of a setting. */
export function isSetting(path: string): path is SettingPath {
  return Object.hasOwn(table, path);
}

/** What Salesforce assumes in an app of this kind if nothing is set; without a kind, in any app. */
export function defaultOf(path: SettingPath, kind?: KindName): SettingValue | undefined {
  const { default: ofAll, defaultOf: ofKinds } = settingDefinitions[path];
  return (kind === undefined ? undefined : ofKinds?.[kind]) ?? ofAll;
}

/** The same settings without some of them. */
export function withoutSettings(settings: Settings, paths: readonly SettingPath[]): Settings {
  return Object.fromEntries(
    Object.entries(settings).filter(([path]) => !paths.some((gone) => gone === path)),
  );
}
