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
import type { Credentials } from "../../../../results/credentials.ts";
import { allow } from "../../../../secrets/permissions.ts";

const help = helpOf("connectedapp.credentials.show");
const messages = messagesOf("connectedapp.credentials.show");

export default class Show extends CpqCommand {
  protected static override printsSecrets = true;
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    spec: specFlag,
    environment: environmentFlag,
    "target-org": orgFlags["target-org"],
    "show-secret": Flags.boolean({
      default: false,
      summary: messages.getMessage("flags.show-secret.summary"),
    }),
    "allow-commands": allowCommandsFlag,
  };

  async run(): Promise<Credentials> {
    const { flags } = await this.parse(Show);
    allow({ commands: flags["allow-commands"], secretHere: false });
    const { findCredentials } = await import("../../../../runs/credentials/credentials.ts");
    const { secret, ...shown } = await findCredentials({
      specFile: flags.spec,
      environment: flags.environment,
      targetOrg: flags["target-org"],
    });
    const rows = [
      ["tokenUrl", shown.tokenUrl],
      ["key", shown.key],
      ["secret", flags["show-secret"] ? secret : messages.getMessage("hidden")],
    ] as const;
    for (const [id, value] of rows) this.log(`${messages.getMessage(id).padEnd(17)}${value}`);
    return flags["show-secret"] ? { ...shown, secret } : shown;
  }
}
