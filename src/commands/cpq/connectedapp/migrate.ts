import * as Flags from "@oclif/core/flags";
import {
  CpqCommand,
  endingFlags,
  endingOf,
  flagWords,
  helpOf,
  orgFlags,
  waitFlag,
} from "../../../cli/cpqCommand.ts";
import { confirm } from "../../../cli/questions.ts";
import { messagesOf } from "../../../messages.ts";
import { migrationText } from "../../../report/migration.ts";
import type { MigrationResult } from "../../../results/migration.ts";
import type { DeletionOptions } from "../../../runs/migrate/deleteConnectedApp.ts";

const help = helpOf("connectedapp.migrate");
const messages = messagesOf("connectedapp.migrate");

export default class Migrate extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  // Made from the flags, it would name all of them, and nest those that exclude each other.
  static override usage = [
    "<%= command.id %> --spec FILE | --source-file FILE | --name NAME [--target-org ALIAS] [flags]",
    "<%= command.id %> --name NAME [--target-org ALIAS] --delete-old [flags]",
  ];
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
    "delete-old": Flags.boolean({
      dependsOn: ["name"],
      summary: messages.getMessage("flags.delete-old.summary"),
    }),
    "even-if-used": Flags.boolean({
      dependsOn: ["delete-old"],
      summary: messages.getMessage("flags.even-if-used.summary"),
    }),
    "even-if-unverified": Flags.boolean({
      dependsOn: ["delete-old"],
      summary: messages.getMessage("flags.even-if-unverified.summary"),
    }),
    ...endingFlags({ dependsOn: ["delete-old"] }),
    wait: waitFlag(messages.getMessage("flags.wait.summary")),
    "no-prompt": Flags.boolean({
      dependsOn: ["delete-old"],
      summary: messages.getMessage("flags.no-prompt.summary"),
    }),
  };

  async run(): Promise<MigrationResult> {
    const { flags } = await this.parse(Migrate);
    if (flags["delete-old"] && flags.name !== undefined) {
      const options = {
        name: flags.name,
        targetOrg: flags["target-org"],
        evenIfUsed: flags["even-if-used"] === true,
        evenIfUnverified: flags["even-if-unverified"] === true,
        waitMinutes: flags.wait,
        flags: flagWords(flags, ["even-if-used", "even-if-unverified"]),
        ending: endingOf(flags),
      };
      return this.deleteOld(options, flags["no-prompt"] === true);
    }
    const { migrate } = await import("../../../runs/migrate/migrate.ts");
    const source = {
      specFile: flags.spec,
      sourceFile: flags["source-file"],
      name: flags.name,
      targetOrg: flags["target-org"],
    };
    const migration = await migrate(source, flags.output);
    this.log(migrationText(migration.rows));
    this.log(`\n${messages.getMessage("written", [migration.file, migration.file])}`);
    return migration;
  }

  private async deleteOld(options: DeletionOptions, noPrompt: boolean): Promise<MigrationResult> {
    const { deleteConnectedApp } = await import("../../../runs/migrate/deleteConnectedApp.ts");
    const result = await deleteConnectedApp(options, noPrompt ? async () => true : confirm, (text) =>
      this.logToStderr(text),
    );
    if ("undone" in result) {
      const { showUndone } = await import("../../../cli/showUndone.ts");
      showUndone(result.undone, (text) => this.log(text));
    } else if (result.deleted === undefined) this.warn(messages.getMessage("notDeleted"));
    else this.log(messages.getMessage("deleted", [result.deleted.name, result.deleted.org]));
    return result;
  }
}
