import type { Messages } from "@salesforce/core/messages";
import { shownValue } from "../app/shownValue.ts";
import type { Drift } from "./drift.ts";

/** A drift in one sentence. */
export function driftSentence(
  { kind, path, expected, actual, detail }: Drift,
  messages: Messages<string>,
): string {
  if (detail !== undefined) return detail;
  return kind === "unmentioned"
    ? messages.getMessage("sentence.unmentioned", [path, shownValue(actual)])
    : messages.getMessage("sentence.setting", [path, shownValue(actual), shownValue(expected)]);
}
