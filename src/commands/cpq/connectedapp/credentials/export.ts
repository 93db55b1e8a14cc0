import * as Flags from "@oclif/core/flags";
import { CpqCommand, helpOf } from "../../../../cli/cpqCommand.ts";
import { credentialFlags, whichApp } from "../../../../cli/credentialFlags.ts";
import { messagesOf } from "../../../../messages.ts";
import { type CredentialForm, credentialFormNames, credentialForms } from "../../../../report/credentials.ts";
import type { Credentials } from "../../../../results/credentials.ts";
import type { WhichApp } from "../../../../runs/credentials/credentials.ts";
import { type Sample, sampleNames, sampleText } from "../../../../runs/credentials/samples.ts";

const help = helpOf("connectedapp.credentials.export");
const messages = messagesOf("connectedapp.credentials.export");

export default class Export extends CpqCommand {
  protected static override printsSecrets = true;
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    ...credentialFlags,
    format: Flags.option({
      options: [...credentialFormNames, ...sampleNames],
      required: true,
      summary: messages.getMessage("flags.format.summary"),
    })(),
  };

  async run(): Promise<Credentials> {
    const { flags } = await this.parse(Export);
    const which = whichApp(flags);
    return isSample(flags.format)
      ? this.printSample(which, flags.format)
      : this.printPair(which, flags.format);
  }

  private async printSample(which: WhichApp, sample: Sample): Promise<Credentials> {
    const { findKey } = await import("../../../../runs/credentials/credentials.ts");
    const found = await findKey(which);
    this.log(sampleText(sample, found).trimEnd());
    return found;
  }

  private async printPair(which: WhichApp, form: CredentialForm): Promise<Credentials> {
    const { findCredentials } = await import("../../../../runs/credentials/credentials.ts");
    const found = await findCredentials(which);
    // A GitHub runner takes this command from any output of a step, and hides the value from then on.
    if (process.env.GITHUB_ACTIONS) process.stderr.write(`::add-mask::${found.secret}\n`);
    this.log(credentialForms[form](found).trimEnd());
    return found;
  }
}

function isSample(format: Sample | CredentialForm): format is Sample {
  return sampleNames.some((name) => name === format);
}
