import * as Flags from "@oclif/core/flags";
import { CpqCommand, helpOf, specFlag } from "../../../../cli/cpqCommand.ts";
import { credentialFlags, whichApp } from "../../../../cli/credentialFlags.ts";
import { messagesOf } from "../../../../messages.ts";
import type { ForgottenCredentials } from "../../../../results/credentials.ts";

const help = helpOf("connectedapp.credentials.forget");
const messages = messagesOf("connectedapp.credentials.forget");

export default class Forget extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    ...credentialFlags,
    spec: Flags.string({ ...specFlag, required: false, exactlyOne: ["spec", "id"] }),
    id: Flags.string({ helpValue: "ID", summary: messages.getMessage("flags.id.summary") }),
  };

  async run(): Promise<ForgottenCredentials> {
    const { flags } = await this.parse(Forget);
    const which = whichApp(flags);
    const { forgetCredentials, forgetEntry } = await import("../../../../runs/credentials/credentials.ts");
    const forgotten = flags.id === undefined ? await forgetCredentials(which) : await forgetEntry(flags.id);
    const text = forgotten.found === false ? "nothing" : "forgotten";
    this.log(messages.getMessage(text, [forgotten.id, forgotten.place]));
    return forgotten;
  }
}
