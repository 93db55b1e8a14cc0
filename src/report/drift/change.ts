import { messagesOf } from "../../messages.ts";
import type { Change } from "../../results/drift.ts";

/** Who changed an app, and when, in one sentence. */
export function changeText({ by, at, what = "" }: Change): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(at) ?? [];
  const shown = day === undefined ? at : `${day} ${time} UTC`;
  return messagesOf("drift").getMessage("lastChange", [by, shown, what]).trimEnd();
}
