import { CpqCommand, helpOf } from "../../../cli/cpqCommand.ts";
import { localOrgTable } from "../../../cli/localOrgTable.ts";
import type { RunningOrgsRecord } from "../../../localorg/salesforceCli/runningOrgs.ts";
import { messagesOf } from "../../../messages.ts";

const help = helpOf("localorg.list");

export default class List extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;

  async run(): Promise<RunningOrgsRecord | { orgs: [] }> {
    await this.parse(List);
    const { runningOrgs } = await import("../../../localorg/salesforceCli/stopRunning.ts");
    const record = await runningOrgs();
    this.log(
      record === undefined ? messagesOf("localorg.list").getMessage("nothing") : localOrgTable(record),
    );
    return record ?? { orgs: [] };
  }
}
