import { messagesOf } from "../messages.ts";
import type { Drift } from "./drift.ts";
import { shownValue } from "./shownValue.ts";

/** A drift in one sentence. */
export function driftSentence({ kind, path, expected, actual, detail }: Drift): string {
  const messages = messagesOf("drift");
  if (detail !== undefined) return detail;
  return kind === "unmentioned"
    ? messages.getMessage("sentence.unmentioned", [path, shownValue(actual)])
    : messages.getMessage("sentence.setting", [path, shownValue(actual), shownValue(expected)]);
}
