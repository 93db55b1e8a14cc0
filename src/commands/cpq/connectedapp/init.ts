import * as Flags from "@oclif/core/flags";
import { CpqCommand, helpOf } from "../../../cli/cpqCommand.ts";
import { messagesOf } from "../../../messages.ts";
import type { Initialized } from "../../../results/initialized.ts";
import { type InitChoices, init, templates } from "../../../runs/init/init.ts";
import { pipelineSystems } from "../../../runs/init/pipelineSystems.ts";
import { stores } from "../../../runs/init/starterSpec.ts";

const help = helpOf("connectedapp.init");
const messages = messagesOf("connectedapp.init");

export default class Init extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    template: Flags.option({ options: templates, summary: messages.getMessage("flags.template.summary") })(),
    ci: Flags.option({ options: pipelineSystems, summary: messages.getMessage("flags.ci.summary") })(),
    kind: Flags.option({
      options: ["ExternalClientApp", "ConnectedApp"] as const,
      summary: messages.getMessage("flags.kind.summary"),
    })(),
    name: Flags.string({ char: "n", helpValue: "NAME", summary: messages.getMessage("flags.name.summary") }),
    label: Flags.string({ helpValue: "TEXT", summary: messages.getMessage("flags.label.summary") }),
    "contact-email": Flags.string({
      helpValue: "ADDRESS",
      summary: messages.getMessage("flags.contact-email.summary"),
    }),
    "run-as": Flags.string({ helpValue: "USERNAME", summary: messages.getMessage("flags.run-as.summary") }),
    from: Flags.string({ helpValue: "ENVIRONMENT", summary: messages.getMessage("flags.from.summary") }),
    to: Flags.string({ helpValue: "ENVIRONMENT", summary: messages.getMessage("flags.to.summary") }),
    store: Flags.option({ options: stores, summary: messages.getMessage("flags.store.summary") })(),
    schema: Flags.string({ helpValue: "FILE", summary: messages.getMessage("flags.schema.summary") }),
    output: Flags.string({ helpValue: "FILE", summary: messages.getMessage("flags.output.summary") }),
  };

  async run(): Promise<Initialized> {
    const { flags } = await this.parse(Init);
    const { "contact-email": contactEmail, "run-as": runAs, ...others } = flags;
    const given: InitChoices = { ...others, contactEmail, runAs };
    const canAsk = process.stdin.isTTY && process.stderr.isTTY && !this.jsonEnabled();
    const result = init(canAsk ? await this.ask(given) : given);
    const { files, secrets = [], notes = [], next } = result;
    for (const file of files) this.log(messages.getMessage("written", [file]));
    if (secrets.length > 0) {
      const lines = secrets.map(
        ({ name, place, what }) => `  ${name} (${place})\n    ${what.replaceAll("\n", "\n    ")}`,
      );
      this.log(messages.getMessage("secrets", [lines.join("\n")]));
    }
    if (notes.length > 0)
      this.log(
        messages.getMessage("notes", [notes.map((note) => `  ${note.replaceAll("\n", "\n  ")}`).join("\n")]),
      );
    this.log(messages.getMessage("next", [next.map((command) => `  ${command}`).join("\n")]));
    return result;
  }

  private async ask(given: InitChoices): Promise<InitChoices> {
    const { askForChoices } = await import("../../../cli/initQuestions.ts");
    return askForChoices(given, { input: process.stdin, output: process.stderr });
  }
}
