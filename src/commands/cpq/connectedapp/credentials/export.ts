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
import { credentialFormNames, credentialForms } from "../../../../report/credentials.ts";
import type { Credentials } from "../../../../results/credentials.ts";
import { allow } from "../../../../secrets/permissions.ts";

const help = helpOf("connectedapp.credentials.export");
const messages = messagesOf("connectedapp.credentials.export");

export default class Export extends CpqCommand {
  protected static override printsSecrets = true;
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    spec: specFlag,
    environment: environmentFlag,
    "target-org": orgFlags["target-org"],
    format: Flags.option({
      options: credentialFormNames,
      required: true,
      summary: messages.getMessage("flags.format.summary"),
    })(),
    "allow-commands": allowCommandsFlag,
  };

  async run(): Promise<Credentials> {
    const { flags } = await this.parse(Export);
    allow({ commands: flags["allow-commands"], secretHere: false });
    const { findCredentials } = await import("../../../../runs/credentials/credentials.ts");
    const found = await findCredentials({
      specFile: flags.spec,
      environment: flags.environment,
      targetOrg: flags["target-org"],
    });
    // A GitHub runner takes this command from any output of a step, and hides the value from then on.
    if (process.env.GITHUB_ACTIONS) process.stderr.write(`::add-mask::${found.secret}\n`);
    this.log(credentialForms[flags.format](found).trimEnd());
    return found;
  }
}
