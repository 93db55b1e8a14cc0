import type { Messages } from "@salesforce/core/messages";
import type { Change } from "../../app/drift.ts";

/** Who changed an app, and when, in one sentence. */
export function changeText({ by, at, what = "" }: Change, messages: Messages<string>): string {
  const time = `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
  return messages.getMessage("lastChange", [by, time, what]).trimEnd();
}
