import { join } from "node:path";
import * as Flags from "@oclif/core/flags";
import { CpqCommand, helpOf } from "../../../../cli/cpqCommand.ts";
import { messagesOf } from "../../../../messages.ts";
import type { KeyPair } from "../../../../results/receipt.ts";
import { keyFolder, makeKeyPair } from "../../../../runs/receipt/keys.ts";

const help = helpOf("connectedapp.receipt.keygen");
const messages = messagesOf("connectedapp.receipt.keygen");

export default class ReceiptKeygen extends CpqCommand {
  protected static override printsSecrets = true;
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    "private-key": Flags.string({
      helpValue: "FILE",
      exactlyOne: ["private-key", "print"],
      summary: messages.getMessage("flags.private-key.summary"),
    }),
    print: Flags.boolean({ summary: messages.getMessage("flags.print.summary") }),
    "public-key": Flags.string({
      helpValue: "FILE",
      default: join(keyFolder, "receipts.pem"),
      summary: messages.getMessage("flags.public-key.summary"),
    }),
  };

  async run(): Promise<KeyPair> {
    const { flags } = await this.parse(ReceiptKeygen);
    const pair = makeKeyPair(flags["public-key"], flags["private-key"]);
    // Only the key goes to standard output, so that it can be piped into a secret store.
    this.logToStderr(messages.getMessage("made", [pair.keyId, pair.publicKeyFile]));
    if (pair.privateKeyFile !== undefined)
      this.logToStderr(messages.getMessage("keepSecret", [pair.privateKeyFile]));
    if (pair.privateKey !== undefined) this.log(pair.privateKey);
    return pair;
  }
}
