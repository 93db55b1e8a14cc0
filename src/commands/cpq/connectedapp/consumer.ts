import { Flags } from "@oclif/core";
import { CpqCommand, environmentFlag, helpOf, orgFlags, specFlag } from "../../../cli/cpqCommand.ts";
import { messagesOf } from "../../../messages.ts";
import type { ShownConsumer } from "../../../results/shownConsumer.ts";

const help = helpOf("connectedapp.consumer");
const messages = messagesOf("connectedapp.consumer");

export default class Consumer extends CpqCommand {
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
  };

  async run(): Promise<ShownConsumer> {
    const { flags } = await this.parse(Consumer);
    const { showConsumer } = await import("../../../runs/consumer/showConsumer.ts");
    const shown = await showConsumer(
      flags.spec,
      flags.environment,
      flags["target-org"],
      flags["show-secret"],
    );
    const rows = [
      ["tokenUrl", shown.tokenUrl],
      ["key", shown.key],
      ["secret", shown.secret ?? messages.getMessage("hidden")],
    ] as const;
    for (const [id, value] of rows) this.log(`${messages.getMessage(id).padEnd(17)}${value}`);
    return shown;
  }
}
