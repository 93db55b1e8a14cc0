import { Flags } from "@oclif/core";
import {
  allowCommandsFlag,
  CpqCommand,
  environmentFlag,
  helpOf,
  orgFlags,
  specFlag,
} from "../../../../cli/cpqCommand.ts";
import { messagesOf } from "../../../../messages.ts";
import type { ForgottenCredentials } from "../../../../results/credentials.ts";
import { allow } from "../../../../secrets/permissions.ts";

const help = helpOf("connectedapp.credentials.forget");
const messages = messagesOf("connectedapp.credentials.forget");

export default class Forget extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    spec: Flags.string({ ...specFlag, required: false, exactlyOne: ["spec", "id"] }),
    environment: environmentFlag,
    "target-org": orgFlags["target-org"],
    id: Flags.string({ helpValue: "ID", summary: messages.getMessage("flags.id.summary") }),
    "allow-commands": allowCommandsFlag,
  };

  async run(): Promise<ForgottenCredentials> {
    const { flags } = await this.parse(Forget);
    allow({ commands: flags["allow-commands"], secretHere: false });
    const { forgetCredentials, forgetEntry } = await import("../../../../runs/credentials/credentials.ts");
    const forgotten =
      flags.id === undefined
        ? await forgetCredentials({
            specFile: flags.spec ?? "",
            environment: flags.environment,
            targetOrg: flags["target-org"],
          })
        : await forgetEntry(flags.id);
    const text = forgotten.found === false ? "nothing" : "forgotten";
    this.log(messages.getMessage(text, [forgotten.id, forgotten.place]));
    return forgotten;
  }
}
