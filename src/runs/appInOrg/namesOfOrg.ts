import type { DesiredApp } from "../../app/desiredApp.ts";
import { type NamedInOrg, namedBy } from "../../app/namesInOrg.ts";
import type { Settings } from "../../app/settings.ts";
import type { AppInOrg } from "./appInOrg.ts";

/**
 * The app in the words that the org's metadata requires: permission sets by API name, and profiles of an external
 * client app by display name. People write either name.
 */
export function inNamesOfOrg({ desired, reading }: Pick<AppInOrg, "desired" | "reading">): DesiredApp {
  const { settings } = desired;
  const named: Settings = {
    "policy.permissionSets": renamed(settings["policy.permissionSets"], reading.permissionSets, "name"),
    "policy.profiles": renamed(settings["policy.profiles"], reading.profiles, "label"),
  };
  return { ...desired, settings: { ...settings, ...named } };
}

function renamed(
  names: readonly string[] | undefined,
  known: readonly NamedInOrg[],
  by: keyof NamedInOrg,
): readonly string[] | undefined {
  if (names === undefined) return undefined;
  return [...new Set(names.map((name) => namedBy(name, known)[0]?.[by] ?? name))];
}
