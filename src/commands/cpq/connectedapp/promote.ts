import * as Flags from "@oclif/core/flags";
import {
  allowCommandsFlag,
  CpqCommand,
  endingFlags,
  endingOf,
  flagWords,
  helpOf,
  keepSecretHereFlag,
  specFlag,
  waitFlag,
} from "../../../cli/cpqCommand.ts";
import { runPromotion } from "../../../cli/runPromotion.ts";
import { maxAgeFlag, signingKeyFlag, trustedKeysFlag } from "../../../cli/trustFlags.ts";
import { messagesOf } from "../../../messages.ts";
import { readSpec } from "../../../project/readSpec.ts";
import type { Promotion } from "../../../results/promotion.ts";
import { signingKey, trustedKeys } from "../../../runs/receipt/keys.ts";

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
    "receipt-max-age": maxAgeFlag(
      "receipt-max-age",
      messages.getMessage("flags.receipt-max-age.summary"),
      "30d",
    ),
    "signing-key": signingKeyFlag,
    "trusted-keys": trustedKeysFlag,
    "plan-out": Flags.string({
      helpValue: "FILE",
      exclusive: ["receipt"],
      summary: messages.getMessage("flags.plan-out.summary"),
    }),
    wait: waitFlag(messages.getMessage("flags.wait.summary")),
    "assign-run-as": Flags.boolean({
      default: false,
      summary: deployMessages.getMessage("flags.assign-run-as.summary"),
    }),
    "enable-credential-access": Flags.boolean({
      default: false,
      summary: deployMessages.getMessage("flags.enable-credential-access.summary"),
    }),
    ...endingFlags({ exclusive: ["plan-out"] }),
    "keep-secret-here": keepSecretHereFlag,
    "allow-commands": allowCommandsFlag,
  };

  async run(): Promise<Promotion> {
    const { flags } = await this.parse(Promote);
    if (flags.from === flags.to) throw messages.createError("sameEnvironment", [flags.from], [], 2);
    const specs = { source: readSpec(flags.spec, flags.from), target: readSpec(flags.spec, flags.to) };
    const options = {
      allowed: { commands: flags["allow-commands"], secretHere: flags["keep-secret-here"] },
      receipt: flags.receipt ?? `${specs.target.app.name}.${flags.to}.receipt.json`,
      receiptFrom: flags["receipt-from"],
      trust: { keys: trustedKeys(flags["trusted-keys"]), maxAgeMinutes: flags["receipt-max-age"] },
      signingKey: signingKey(flags["signing-key"]),
      planOut: flags["plan-out"],
      assignRunAs: flags["assign-run-as"],
      enableCredentialAccess: flags["enable-credential-access"],
      waitMinutes: flags.wait,
      flags: flagWords(flags, [
        "assign-run-as",
        "enable-credential-access",
        "keep-secret-here",
        "allow-commands",
        "receipt",
        "receipt-from",
        "signing-key",
      ]),
      ending: endingOf(flags),
    };
    return runPromotion(specs, options, {
      json: this.jsonEnabled(),
      noPrompt: flags["no-prompt"] || this.jsonEnabled(),
      yesProduction: flags["yes-production"],
      log: (text) => this.log(text),
      logToStderr: (text) => this.logToStderr(text),
    });
  }
}
