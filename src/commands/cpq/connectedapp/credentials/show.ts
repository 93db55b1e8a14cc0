import * as Flags from "@oclif/core/flags";
import { CpqCommand, helpOf } from "../../../../cli/cpqCommand.ts";
import { credentialFlags, whichApp } from "../../../../cli/credentialFlags.ts";
import { messagesOf } from "../../../../messages.ts";
import type { Credentials } from "../../../../results/credentials.ts";

const help = helpOf("connectedapp.credentials.show");
const messages = messagesOf("connectedapp.credentials.show");

export default class Show extends CpqCommand {
  protected static override printsSecrets = true;
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    ...credentialFlags,
    "show-secret": Flags.boolean({
      default: false,
      summary: messages.getMessage("flags.show-secret.summary"),
    }),
  };

  async run(): Promise<Credentials> {
    const { flags } = await this.parse(Show);
    const which = whichApp(flags);
    const { findCredentials } = await import("../../../../runs/credentials/credentials.ts");
    const { secret, ...shown } = await findCredentials(which);
    const rows = [
      ["tokenUrl", shown.tokenUrl],
      ["key", shown.key],
      ["secret", flags["show-secret"] ? secret : messages.getMessage("hidden")],
    ] as const;
    for (const [id, value] of rows) this.log(`${messages.getMessage(id).padEnd(17)}${value}`);
    return flags["show-secret"] ? { ...shown, secret } : shown;
  }
}
