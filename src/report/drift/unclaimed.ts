import type { Messages } from "@salesforce/core/messages";
import type { UnclaimedApp } from "../../results/drift.ts";

/** An app that no spec claims, and why it matters, in one sentence. */
export function unclaimedText({ kind, name, org, why }: UnclaimedApp, messages: Messages<string>): string {
  const reasons = why.map((reason) => messages.getMessage(`why.${reason}`)).join(", ");
  return messages.getMessage("unclaimed", [kind, name, org.name, reasons]);
}
