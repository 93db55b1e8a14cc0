import { keptByOrg } from "../../app/compare.ts";
import { messagesOf } from "../../messages.ts";
import { unknownSettings } from "../../metadata/unseenParts.ts";
import { shownValue } from "../../results/shownValue.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";

const messages = messagesOf("connectedapp.drift");

/** What does not match the spec but is not drift, because the org keeps its own value, and which app is being replaced: one sentence each. Pure. */
export function notesOf({
  desired,
  reading,
  spec,
}: Pick<AppInOrg, "desired" | "reading" | "spec">): string[] {
  const { kind, settings } = desired;
  if (reading.actual === undefined) return [];
  const unknown = unknownSettings({ kind, files: reading.files });
  const kept = keptByOrg(settings, reading.actual.settings, { kind, unknown }).map(
    ({ path, expected, actual }) =>
      messages.getMessage("keptByOrg", [path, shownValue(expected), shownValue(actual)]),
  );
  const { former } = spec.app.rotation ?? {};
  return former === undefined ? kept : [...kept, messages.getMessage("formerApp", [former])];
}
