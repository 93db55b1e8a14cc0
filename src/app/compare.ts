import { withDaysInHours } from "./durations.ts";
import { type SettingPath, type Settings, type SettingValue, settingDefinitions } from "./settings.ts";

/** One setting that is not as desired. An `actual` of undefined is not set in the org. */
export interface Difference {
  path: SettingPath;
  expected: SettingValue;
  actual?: SettingValue | undefined;
}

/**
 * Compares meaning, setting by setting: what `desired` does not mention is not compared, and what the org leaves
 * unsaid counts as its default, unless there is no app that could have defaults. The order is that of the setting
 * definitions.
 */
export function compare(desired: Settings, actual: Settings, { withDefaults = true } = {}): Difference[] {
  const paths = Object.keys(settingDefinitions) as SettingPath[];
  return paths.flatMap((path) => {
    const expected = desired[path];
    if (expected === undefined) return [];
    const found = actual[path] ?? (withDefaults ? defaultOf(path) : undefined);
    // A text that is not there and an empty one are the same to Salesforce.
    const compared = found ?? (withDefaults && expected === "" ? "" : undefined);
    const same = compared !== undefined && comparable(path, expected) === comparable(path, compared);
    return same ? [] : [{ path, expected, actual: found }];
  });
}

/** The settings of an app that the desired ones do not mention, and that are not as Salesforce makes them by itself. */
export function unmentioned(
  desired: Settings,
  actual: Settings,
): { path: SettingPath; value: SettingValue }[] {
  return (Object.keys(settingDefinitions) as SettingPath[]).flatMap((path) => {
    const value = actual[path];
    if (value === undefined || desired[path] !== undefined) return [];
    const standard = defaultOf(path);
    const isStandard = standard !== undefined && comparable(path, standard) === comparable(path, value);
    return isStandard ? [] : [{ path, value }];
  });
}

function defaultOf(path: SettingPath): SettingValue | undefined {
  const definition = settingDefinitions[path];
  return "default" in definition ? definition.default : undefined;
}

function comparable(path: SettingPath, value: SettingValue): string {
  const definition = settingDefinitions[path];
  if (typeof value === "object") {
    const entries = value.map((entry) =>
      JSON.stringify(typeof entry === "string" ? entry : sortedByKey(entry)),
    );
    return JSON.stringify(definition.type === "list" ? entries : entries.sort());
  }
  if ("ignoreUnit" in definition) return withDaysInHours(String(value));
  const text = "ignoreWhiteSpace" in definition ? String(value).replace(/\s/g, "") : String(value);
  return "ignoreCase" in definition ? text.toLowerCase() : text;
}

function sortedByKey(record: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1));
}
