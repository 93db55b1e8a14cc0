import { Flags } from "@oclif/core";
import { CpqCommand, helpOf, orgFlags } from "../../../cli/cpqCommand.ts";
import { messagesOf } from "../../../messages.ts";
import { migrationText } from "../../../report/migration.ts";
import type { Migration } from "../../../runs/migrate.ts";

const help = helpOf("connectedapp.migrate");
const messages = messagesOf("connectedapp.migrate");

export default class Migrate extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    spec: Flags.string({
      char: "f",
      helpValue: "FILE",
      summary: messages.getMessage("flags.spec.summary"),
      exactlyOne: ["spec", "source-file", "name"],
    }),
    "source-file": Flags.string({
      helpValue: "FILE",
      summary: messages.getMessage("flags.source-file.summary"),
    }),
    name: Flags.string({ char: "n", helpValue: "NAME", summary: messages.getMessage("flags.name.summary") }),
    "target-org": orgFlags["target-org"],
    output: Flags.string({ helpValue: "FILE", summary: messages.getMessage("flags.output.summary") }),
  };

  async run(): Promise<Migration> {
    const { flags } = await this.parse(Migrate);
    const { migrate } = await import("../../../runs/migrate.ts");
    const source = {
      specFile: flags.spec,
      sourceFile: flags["source-file"],
      name: flags.name,
      targetOrg: flags["target-org"],
    };
    const migration = await migrate(source, flags.output);
    this.log(migrationText(migration.rows, messages));
    this.log(`\n${messages.getMessage("written", [migration.file, migration.file])}`);
    return migration;
  }
}
