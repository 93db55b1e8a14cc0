import { messagesOf } from "../messages.ts";
import type { TargetOrg } from "../org/connect.ts";
import type { OrgType } from "../org/organization.ts";
import type { ReadSpec } from "../project/readSpec.ts";
import { deployText } from "../report/deploy.ts";
import { planText } from "../report/plan.ts";
import { gateText, promotionText } from "../report/promotion.ts";
import { isVerified } from "../results/check.ts";
import type { Gate, Promotion } from "../results/promotion.ts";
import type { PromoteOptions, PromotionDialog } from "../runs/promote/promote.ts";
import { progressDisplay } from "./progressDisplay.ts";
import { confirm, typedAnswer } from "./questions.ts";
import { showUndone } from "./showUndone.ts";

/** The command that promotes, and where it writes. */
export interface PromotionScreen extends GivenAnswers {
  json: boolean;
  log(text: string): void;
  logToStderr(text: string): void;
}

/** Promotes, shows how it goes, and sets the exit code; the same for `promote` and for a plan of it. */
export async function runPromotion(
  specs: { source: ReadSpec; target: ReadSpec },
  options: PromoteOptions,
  screen: PromotionScreen,
): Promise<Promotion> {
  const { promote } = await import("../runs/promote/promote.ts");
  const promotion = await promote(specs.source, specs.target, options, dialogOn(screen));
  const { deploy, undone } = promotion;
  if (undone !== undefined) {
    showUndone(undone, screen.log);
    return promotion;
  }
  if (deploy !== undefined)
    screen.log(`\n${deployText(deploy, { isKept: promotion.notRestored === undefined, isPlanShown: true })}`);
  const isSigned = options.signingKey !== undefined;
  screen.log(`\n${promotionText(promotion, { specFile: specs.target.file, isSigned })}`);
  if (!isVerified(deploy?.verification)) process.exitCode = 4;
  else if (deploy === undefined && promotion.planFile === undefined) process.exitCode = 1;
  return promotion;
}

function dialogOn(screen: PromotionScreen): PromotionDialog {
  const messages = messagesOf("connectedapp.promote");
  return {
    gate: (gate) => screen.log(gateText(gate)),
    plan: (plan, app, org) => {
      const { action } = plan;
      // Nothing is put back where nothing was deployed.
      const promise = action === "nothing" ? [] : [messages.getMessage(`restorable.${action}`, [org])];
      screen.log(`\n${[planText(plan, app, org), ...promise].join("\n\n")}\n`);
    },
    confirm: (org, type) => confirmPromotion(org, type, screen),
    progress: () =>
      progressDisplay(messagesOf("connectedapp.deploy").getMessage("deploying"), screen.json, (line) =>
        screen.logToStderr(line),
      ),
    restoring: (text) => {
      if (!screen.json) screen.logToStderr(text);
    },
  };
}

/** What the user answered in advance, by flags. */
interface GivenAnswers {
  noPrompt: boolean;
  yesProduction: boolean;
}

/** Asks whether to deploy: a plain yes for a sandbox, the org's Id for a production org. */
export async function confirmPromotion(
  org: TargetOrg,
  type: OrgType,
  { noPrompt, yesProduction }: GivenAnswers,
  ask: (question: string) => Promise<string> = typedAnswer,
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
    ? await isIdTyped(org, ask)
    : await confirm(messages.getMessage("confirm.question", [org.name]));
  return answered
    ? gate("passed", messages.getMessage("confirm.typed"))
    : gate("failed", messages.getMessage("confirm.no"));
}

/** How often a production org's Id is asked for: a slip of the finger costs no whole promotion. */
const mostTries = 3;

/** Asks for the org's Id again if another text was typed. Who types nothing says no. */
async function isIdTyped(
  { name, id }: TargetOrg,
  ask: (question: string) => Promise<string>,
): Promise<boolean> {
  const messages = messagesOf("connectedapp.promote");
  let question = messages.getMessage("confirm.production", [name, id]);
  for (let tries = 0; tries < mostTries; tries++) {
    const typed = await ask(question);
    if (typed === "" || isSameId(typed, id)) return typed !== "";
    question = messages.getMessage("confirm.wrongId", [typed, name, id]);
  }
  return false;
}

/** An Id can have 15 or 18 characters. */
function isSameId(typed: string, id: string): boolean {
  return typed === id || typed === id.slice(0, 15);
}
