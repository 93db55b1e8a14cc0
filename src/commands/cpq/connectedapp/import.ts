import * as Flags from "@oclif/core/flags";
import { CpqCommand, excludeFlag, helpOf, orgFlags } from "../../../cli/cpqCommand.ts";
import { messagesOf } from "../../../messages.ts";
import type { Import } from "../../../results/import.ts";

const help = helpOf("connectedapp.import");
const messages = messagesOf("connectedapp.import");
const sources = ["name", "all", "source-dir"];
const kindNames = ["ConnectedApp", "ExternalClientApp"] as const;

export default class ImportApps extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    "target-org": orgFlags["target-org"],
    "api-version": orgFlags["api-version"],
    name: Flags.string({
      char: "n",
      helpValue: "NAME",
      multiple: true,
      multipleNonGreedy: true,
      exactlyOne: sources,
      summary: messages.getMessage("flags.name.summary"),
    }),
    all: Flags.boolean({ exactlyOne: sources, summary: messages.getMessage("flags.all.summary") }),
    "source-dir": Flags.string({
      helpValue: "FOLDER",
      exactlyOne: sources,
      exclusive: ["target-org"],
      summary: messages.getMessage("flags.source-dir.summary"),
    }),
    kind: Flags.option({ options: kindNames, summary: messages.getMessage("flags.kind.summary") })(),
    exclude: excludeFlag({ exclusive: ["name"] }),
    "output-dir": Flags.string({
      char: "d",
      helpValue: "FOLDER",
      default: ".",
      summary: messages.getMessage("flags.output-dir.summary"),
    }),
    migrate: Flags.boolean({ summary: messages.getMessage("flags.migrate.summary") }),
    "drop-legacy": Flags.boolean({
      dependsOn: ["migrate"],
      summary: messages.getMessage("flags.drop-legacy.summary"),
    }),
  };

  async run(): Promise<Import> {
    const { flags } = await this.parse(ImportApps);
    const { importApps, importText } = await import("../../../runs/import/importApps.ts");
    const folder = flags["source-dir"];
    const org = { targetOrg: flags["target-org"], apiVersion: flags["api-version"], names: flags.name };
    const imported = await importApps({
      source: folder === undefined ? { org } : { folder },
      kind: flags.kind,
      exclude: flags.exclude ?? [],
      outputFolder: flags["output-dir"],
      legacy: flags["drop-legacy"] ? "migrateAndDrop" : flags.migrate ? "migrate" : "leave",
    });
    for (const line of importText(imported)) this.log(line);
    for (const reason of imported.skipped) this.warn(reason);
    return imported;
  }
}
