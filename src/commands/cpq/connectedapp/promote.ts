import { Flags } from "@oclif/core";
import { confirmPromotion } from "../../../cli/confirmPromotion.ts";
import { CpqCommand, helpOf, specFlag } from "../../../cli/cpqCommand.ts";
import { progressDisplay } from "../../../cli/progressDisplay.ts";
import { messagesOf } from "../../../messages.ts";
import { readSpec } from "../../../project/readSpec.ts";
import { deployText } from "../../../report/deploy.ts";
import { planText } from "../../../report/plan.ts";
import { gateText, promotionText } from "../../../report/promotion.ts";
import { isVerified } from "../../../results/check.ts";
import type { Promotion } from "../../../results/promotion.ts";
import type { PromotionDialog } from "../../../runs/promote/promote.ts";

const help = helpOf("connectedapp.promote");
const messages = messagesOf("connectedapp.promote");
const deployMessages = messagesOf("connectedapp.deploy");

const environment = (summary: string) => Flags.string({ helpValue: "ENVIRONMENT", required: true, summary });

export default class Promote extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    spec: specFlag,
    from: environment(messages.getMessage("flags.from.summary")),
    to: environment(messages.getMessage("flags.to.summary")),
    "no-prompt": Flags.boolean({ default: false, summary: messages.getMessage("flags.no-prompt.summary") }),
    "yes-production": Flags.boolean({
      default: false,
      summary: messages.getMessage("flags.yes-production.summary"),
    }),
    receipt: Flags.string({ helpValue: "FILE", summary: messages.getMessage("flags.receipt.summary") }),
    "receipt-from": Flags.string({
      helpValue: "FILE",
      summary: messages.getMessage("flags.receipt-from.summary"),
    }),
    "plan-out": Flags.string({
      helpValue: "FILE",
      exclusive: ["receipt"],
      summary: messages.getMessage("flags.plan-out.summary"),
    }),
    wait: Flags.integer({
      char: "w",
      helpValue: "MINUTES",
      min: 0,
      default: 15,
      summary: deployMessages.getMessage("flags.wait.summary"),
    }),
    "assign-run-as": Flags.boolean({
      default: false,
      summary: deployMessages.getMessage("flags.assign-run-as.summary"),
    }),
    "enable-credential-access": Flags.boolean({
      default: false,
      summary: deployMessages.getMessage("flags.enable-credential-access.summary"),
    }),
  };

  async run(): Promise<Promotion> {
    const { flags } = await this.parse(Promote);
    if (flags.from === flags.to) throw messages.createError("sameEnvironment", [flags.from]);
    const source = readSpec(flags.spec, flags.from);
    const target = readSpec(flags.spec, flags.to);
    const { promote } = await import("../../../runs/promote/promote.ts");
    const options = {
      receipt: flags.receipt ?? `${target.app.name}.${flags.to}.receipt.json`,
      receiptFrom: flags["receipt-from"],
      planOut: flags["plan-out"],
      assignRunAs: flags["assign-run-as"],
      enableCredentialAccess: flags["enable-credential-access"],
      waitMinutes: flags.wait,
    };
    const given = {
      noPrompt: flags["no-prompt"] || this.jsonEnabled(),
      yesProduction: flags["yes-production"],
    };
    const promotion = await promote(source, target, options, this.dialog(given));
    const { deploy } = promotion;
    if (deploy !== undefined) this.log(`\n${deployText(deploy)}`);
    this.log(`\n${promotionText(promotion, flags.spec)}`);
    if (!isVerified(deploy?.verification)) process.exitCode = 4;
    else if (deploy === undefined && promotion.planFile === undefined) process.exitCode = 1;
    return promotion;
  }

  private dialog(given: { noPrompt: boolean; yesProduction: boolean }): PromotionDialog {
    return {
      gate: (gate) => this.log(gateText(gate)),
      plan: (plan, app, org, notRestorable) => {
        const remarks = notRestorable.length > 0 ? notRestorable : [messages.getMessage("restorable", [org])];
        this.log(`\n${planText(plan, app, org)}\n\n${remarks.join("\n")}\n`);
      },
      confirm: (org, type) => confirmPromotion(org, type, given),
      progress: () =>
        progressDisplay(deployMessages.getMessage("deploying"), this.jsonEnabled(), (line) =>
          this.logToStderr(line),
        ),
    };
  }
}
