import { CpqCommand, helpOf, specFlag } from "../../../cli/cpqCommand.ts";
import { messagesOf } from "../../../messages.ts";
import { readSpec } from "../../../runs/readSpec.ts";

const help = helpOf("connectedapp.validate");

export interface ValidateResult {
  valid: true;
  file: string;
  kind: string;
  name: string;
}

export default class Validate extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = { spec: specFlag };

  async run(): Promise<ValidateResult> {
    const { flags } = await this.parse(Validate);
    const { kind, name } = readSpec(flags.spec).spec;
    this.log(messagesOf("connectedapp.validate").getMessage("valid", [flags.spec, kind, name]));
    return { valid: true, file: flags.spec, kind, name };
  }
}
