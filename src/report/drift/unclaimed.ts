import { messagesOf } from "../../messages.ts";
import type { UnclaimedApp } from "../../results/drift.ts";

const messages = messagesOf("drift");

/** An app that no spec claims, and why it matters, in one sentence. */
export function unclaimedText({ kind, name, org, why }: UnclaimedApp): string {
  const reasons = why.map((reason) => messages.getMessage(`why.${reason}`)).join(", ");
  return messages.getMessage("unclaimed", [kind, name, org.name, reasons]);
}
