import { keptByOrg } from "../../app/compare.ts";
import { messagesOf } from "../../messages.ts";
import { unknownSettings } from "../../metadata/unseenParts.ts";
import { shownValue } from "../../results/shownValue.ts";
import type { KnownApp } from "./findDrifts.ts";

const messages = messagesOf("connectedapp.drift");

/** What is not as the spec says and is no drift, since the org keeps a value of its own: a sentence each. Pure. */
export function notesOf({ desired, reading }: Pick<KnownApp, "desired" | "reading">): string[] {
  const { kind, settings } = desired;
  if (reading.actual === undefined) return [];
  const unknown = unknownSettings({ kind, files: reading.files });
  return keptByOrg(settings, reading.actual.settings, { kind, unknown }).map(({ path, expected, actual }) =>
    messages.getMessage("keptByOrg", [path, shownValue(expected), shownValue(actual)]),
  );
}
