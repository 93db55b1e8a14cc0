import { CpqCommand, helpOf } from "../../../cli/cpqCommand.ts";
import { messagesOf } from "../../../messages.ts";

const help = helpOf("localorg.stop");

export default class Stop extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;

  async run(): Promise<{ stopped: string[] }> {
    await this.parse(Stop);
    const messages = messagesOf("localorg.stop");
    const { stopRunningOrgs } = await import("../../../localorg/salesforceCli/stopRunning.ts");
    const record = await stopRunningOrgs().catch((error: Error) => {
      throw messages.createError("stopFailed", [error.message]);
    });
    const stopped = (record?.orgs ?? []).map(({ alias }) => alias);
    this.log(
      record === undefined
        ? messages.getMessage("nothing")
        : messages.getMessage("stopped", [stopped.join(", ")]),
    );
    return { stopped };
  }
}
