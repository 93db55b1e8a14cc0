import { CpqCommand, helpOf } from "../../../../cli/cpqCommand.ts";
import { messagesOf } from "../../../../messages.ts";
import { alignedLines } from "../../../../report/table.ts";
import type { HeldCredentials } from "../../../../results/credentials.ts";
import { timeText } from "../../../../results/times.ts";

const help = helpOf("connectedapp.credentials.list");
const messages = messagesOf("connectedapp.credentials.list");
const columns = ["id", "instanceUrl", "storedAt", "key"] as const;

export default class List extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;

  async run(): Promise<HeldCredentials> {
    await this.parse(List);
    const { listCredentials } = await import("../../../../runs/credentials/credentials.ts");
    const held = listCredentials();
    if (held.entries.length === 0) {
      this.log(messages.getMessage("nothing", [held.place]));
      return held;
    }
    const rows = [
      columns.map((column) => messages.getMessage(`title.${column}`)),
      ...held.entries.map((entry) => {
        const shown = { ...entry, storedAt: timeText(entry.storedAt) };
        return columns.map((column) => shown[column] ?? "");
      }),
    ];
    this.log([messages.getMessage("held", [held.place]), "", ...alignedLines(rows)].join("\n"));
    if (held.entries.some(({ encrypted }) => !encrypted)) this.warn(messages.getMessage("unencrypted"));
    return held;
  }
}
