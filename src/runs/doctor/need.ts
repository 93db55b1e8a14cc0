import { messagesOf } from "../../messages.ts";
import type { Need, NeedId } from "../../results/doctor.ts";

const messages = messagesOf("doctor");

/** What to do about a need: each is a text of messages/doctor.md. */
type Action =
  | "apiCalls"
  | "apiVersion"
  | "asAdmin"
  | "control"
  | "creation"
  | "credentialAccess"
  | "enhancedDomains"
  | "externalClientApps"
  | "flow"
  | "manageUsers"
  | "metadata"
  | "myDomain"
  | "viewExternalClientApps"
  | "viewSetup";

/** A need with the texts of its actions. */
export function need(
  part: Need["part"],
  id: NeedId,
  outcome: Need["outcome"],
  detail: string,
  actions: readonly Action[] = [],
): Need {
  return {
    id,
    part,
    outcome,
    detail,
    actions: actions.map((action) => messages.getMessage(`action.${action}`)),
  };
}
