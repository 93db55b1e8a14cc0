import * as Flags from "@oclif/core/flags";
import { CpqCommand, helpOf } from "../../../../cli/cpqCommand.ts";
import { credentialFlags, whichApp } from "../../../../cli/credentialFlags.ts";
import { secretFromUser } from "../../../../cli/questions.ts";
import { messagesOf } from "../../../../messages.ts";
import type { StoredCredentials } from "../../../../results/credentials.ts";

const help = helpOf("connectedapp.credentials.store");
const messages = messagesOf("connectedapp.credentials.store");

export default class Store extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    ...credentialFlags,
    key: Flags.string({
      helpValue: "KEY",
      required: true,
      summary: messages.getMessage("flags.key.summary"),
    }),
  };

  async run(): Promise<StoredCredentials> {
    const { flags } = await this.parse(Store);
    const which = whichApp(flags);
    const secret = await secretFromUser(messages.getMessage("question", [flags.key]));
    if (secret === "") throw messages.createError("noSecret", [], [], 2);
    const { storeCredentials } = await import("../../../../runs/credentials/credentials.ts");
    const stored = await storeCredentials(which, { key: flags.key, secret });
    this.log(messages.getMessage("stored", [stored.name, stored.org, stored.place]));
    return stored;
  }
}
