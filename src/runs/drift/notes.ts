import { keptByOrg } from "../../app/compare.ts";
import { messagesOf } from "../../messages.ts";
import { unknownSettings } from "../../metadata/unseenParts.ts";
import { shownValue } from "../../results/shownValue.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";

const messages = messagesOf("connectedapp.drift");

/** What does not match the spec but is not drift, because the org keeps its own value: one sentence each. Pure. */
export function notesOf({ desired, reading }: Pick<AppInOrg, "desired" | "reading">): string[] {
  const { kind, settings } = desired;
  if (reading.actual === undefined) return [];
  const unknown = unknownSettings({ kind, files: reading.files });
  return keptByOrg(settings, reading.actual.settings, { kind, unknown }).map(({ path, expected, actual }) =>
    messages.getMessage("keptByOrg", [path, shownValue(expected), shownValue(actual)]),
  );
}
