import { messagesOf } from "../../messages.ts";
import type { AppDrift, Change } from "../../results/drift.ts";

const messages = messagesOf("drift");

/** Who changed an app last, and when, in one sentence; for an app that drifted and whose changes nobody tells, where to look. */
export function changeText({ changes, org, drifts }: AppDrift): string {
  const [last] = changes;
  if (last !== undefined) return lastChangeText(last);
  return drifts.length === 0 ? "" : messages.getMessage("lastChange.unknown", [org.name]);
}

function lastChangeText({ by, delegate, at, what = "" }: Change): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(at) ?? [];
  const shown = day === undefined ? at : `${day} ${time} UTC`;
  const who = by === "" ? "Salesforce" : by;
  const text =
    delegate === undefined
      ? messages.getMessage("lastChange", [who, shown, what])
      : messages.getMessage("lastChange.delegate", [delegate, who, shown, what]);
  return text.trimEnd();
}
