import type { LintedApp } from "./rule.ts";

/** Settings by path where the path is not known to be one: what a grown app has, and a new one has not. */
export function rareSettings({ settings }: LintedApp): Readonly<Record<string, unknown>> {
  return settings;
}
