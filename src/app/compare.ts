import { certificateBody } from "./certificate.ts";
import { withDaysInHours } from "./durations.ts";
import type { KindName } from "./kindName.ts";
import {
  defaultOf,
  type SettingPath,
  type Settings,
  type SettingValue,
  settingDefinitions,
  settingPaths,
} from "./settings.ts";

/** One setting that is not as desired. If `actual` is undefined, the org has no value. */
export interface Difference {
  path: SettingPath;
  expected: SettingValue;
  actual?: SettingValue | undefined;
}

/** How an app is compared. */
interface Comparison {
  /** The kind of the app, which decides some defaults. Without it, only the defaults that all kinds share apply. */
  kind?: KindName;
  /** Whether the app exists, so that it can have defaults. */
  withDefaults?: boolean;
  /** Settings about which nothing is known. They have no default either. */
  unknown?: readonly SettingPath[];
}

/**
 * Compares meaning, setting by setting. What `desired` does not mention is not compared, and what the org leaves unsaid
 * counts as its default. A value that the org keeps, whatever a deploy says, is not a difference: `keptByOrg` returns
 * those. The order is that of the setting definitions.
 */
export function compare(desired: Settings, actual: Settings, comparison: Comparison = {}): Difference[] {
  return allDifferences(desired, actual, comparison).filter((difference) => !isKept(difference, comparison));
}

/**
 * The settings that are not as desired because the org keeps a value of its own, although a deploy of another one
 * succeeds.
 */
export function keptByOrg(desired: Settings, actual: Settings, comparison: Comparison): Difference[] {
  return allDifferences(desired, actual, comparison).filter((difference) => isKept(difference, comparison));
}

/** The settings of an app that the desired ones do not mention, and that are not as Salesforce makes them by itself. */
export function unmentioned(
  desired: Settings,
  actual: Settings,
  kind?: KindName,
): { path: SettingPath; value: SettingValue }[] {
  return settingPaths.flatMap((path) => {
    const value = actual[path];
    if (value === undefined || desired[path] !== undefined) return [];
    const standard = defaultOf(path, kind);
    return standard !== undefined && isSame(path, standard, value) ? [] : [{ path, value }];
  });
}

function allDifferences(
  desired: Settings,
  actual: Settings,
  { kind, withDefaults = true, unknown = [] }: Comparison,
): Difference[] {
  return settingPaths.flatMap((path) => {
    const expected = desired[path];
    if (expected === undefined) return [];
    const isKnown = withDefaults && !unknown.includes(path);
    const found = actual[path] ?? (isKnown ? defaultOf(path, kind) : undefined);
    // To Salesforce, a missing text and an empty one are the same.
    const same = (isKnown || found !== undefined) && isSame(path, expected, found ?? "");
    return same ? [] : [{ path, expected, actual: found }];
  });
}

function isKept({ path, actual }: Difference, { kind }: Comparison): boolean {
  const kept = kind === undefined ? undefined : settingDefinitions[path].keptByOrg?.[kind];
  return kept !== undefined && kept === actual;
}

function isSame(path: SettingPath, one: SettingValue, other: SettingValue): boolean {
  return comparable(path, one) === comparable(path, other);
}

function comparable(path: SettingPath, value: SettingValue): string {
  if (typeof value !== "object") return comparableText(path, String(value));
  const entries = value.map((entry) =>
    typeof entry === "string" ? comparableText(path, entry) : JSON.stringify(sortedByKey(entry)),
  );
  const { type } = settingDefinitions[path];
  return JSON.stringify((type === "set" ? [...new Set(entries)] : entries).sort());
}

function comparableText(path: SettingPath, text: string): string {
  const { certificate, base64, lifetime, ignoreCase, words } = settingDefinitions[path];
  if (certificate) return certificateBody(text);
  if (base64) return text.replace(/\s/g, "");
  if (lifetime) return withDaysInHours(text).toLowerCase();
  return ignoreCase || words !== undefined ? text.toLowerCase() : text;
}

function sortedByKey(record: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1));
}
