import { messagesOf } from "../messages.ts";
import type { TargetOrg } from "../org/connect.ts";
import type { OrgType } from "../org/organization.ts";
import type { Gate } from "../results/promotion.ts";
import { confirm, typedAnswer } from "./questions.ts";

/** What the user answered in advance, by flags. */
export interface GivenAnswers {
  noPrompt: boolean;
  yesProduction: boolean;
}

/** Asks whether to deploy: a plain yes for a sandbox, the org's Id for a production org. */
export async function confirmPromotion(
  org: TargetOrg,
  type: OrgType,
  { noPrompt, yesProduction }: GivenAnswers,
): Promise<Gate> {
  const messages = messagesOf("connectedapp.promote");
  const gate = (outcome: "passed" | "failed", detail: string): Gate => ({
    id: "confirmation",
    outcome,
    detail,
    actions: [],
  });
  const isProduction = type === "production";
  if (isProduction && noPrompt && !yesProduction)
    return gate("failed", messages.getMessage("confirm.needsProduction", [org.name]));
  if (noPrompt || (isProduction && yesProduction))
    return gate("passed", messages.getMessage("confirm.given"));
  const answered = isProduction
    ? isSameId(await typedAnswer(messages.getMessage("confirm.production", [org.name, org.id])), org.id)
    : await confirm(messages.getMessage("confirm.question", [org.name]));
  return answered
    ? gate("passed", messages.getMessage("confirm.typed"))
    : gate("failed", messages.getMessage("confirm.no"));
}

/** An Id can have 15 or 18 characters. */
function isSameId(typed: string, id: string): boolean {
  return typed === id || typed === id.slice(0, 15);
}
