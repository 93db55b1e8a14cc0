import * as Args from "@oclif/core/args";
import ansis from "ansis";
import { CpqCommand, helpOf } from "../../../../cli/cpqCommand.ts";
import { maxAgeFlag, trustedKeysFlag } from "../../../../cli/trustFlags.ts";
import { messagesOf } from "../../../../messages.ts";
import type { CheckedReceipt } from "../../../../results/receipt.ts";
import { timeText } from "../../../../results/times.ts";
import { trustedKeys } from "../../../../runs/receipt/keys.ts";
import { checkReceipt } from "../../../../runs/receipt/receipt.ts";

const help = helpOf("connectedapp.receipt.check");
const messages = messagesOf("connectedapp.receipt.check");

export default class ReceiptCheck extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override args = {
    file: Args.string({ required: true, description: messages.getMessage("args.file.description") }),
  };
  static override flags = {
    "trusted-keys": trustedKeysFlag,
    "receipt-max-age": maxAgeFlag(
      "receipt-max-age",
      messages.getMessage("flags.receipt-max-age.summary"),
      "30d",
    ),
  };

  async run(): Promise<CheckedReceipt> {
    const { args, flags } = await this.parse(ReceiptCheck);
    const trust = { keys: trustedKeys(flags["trusted-keys"]), maxAgeMinutes: flags["receipt-max-age"] };
    const checked = checkReceipt(args.file, trust);
    const { receipt, reason } = checked;
    const { app, to, by, at, signature } = receipt;
    if (reason === undefined) {
      const about = [
        args.file,
        app.kind,
        app.name,
        to.instanceUrl,
        by,
        timeText(at),
        signature?.keyId ?? "",
      ] as const;
      this.log(ansis.green(messages.getMessage("valid", about)));
    } else {
      process.exitCode = 1;
      this.log(ansis.red(messages.getMessage("invalid", [args.file, reason])));
    }
    return checked;
  }
}
