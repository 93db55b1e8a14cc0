import { Flags } from "@oclif/core";
import { CpqCommand, helpOf, specFlag } from "../../../cli/cpqCommand.ts";
import { messagesOf } from "../../../messages.ts";
import { type Generated, generate } from "../../../runs/generate.ts";

const help = helpOf("connectedapp.generate");
const messages = messagesOf("connectedapp.generate");

export default class Generate extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    spec: specFlag,
    "output-dir": Flags.string({
      char: "d",
      helpValue: "FOLDER",
      summary: messages.getMessage("flags.output-dir.summary"),
    }),
  };

  async run(): Promise<Generated> {
    const { flags } = await this.parse(Generate);
    const generated = generate(flags.spec, flags["output-dir"]);
    for (const file of generated.files) {
      this.log(messages.getMessage(file.changed ? "written" : "unchanged", [file.path]));
    }
    for (const { path, value } of generated.setupOnly) {
      this.warn(messages.getMessage("setupOnly", [path, value, generated.kind]));
    }
    return generated;
  }
}
