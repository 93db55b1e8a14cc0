import * as Flags from "@oclif/core/flags";
import { CpqCommand, helpOf, waitFlag } from "../../../cli/cpqCommand.ts";
import { reportFlags, reportOutputs, writeReports } from "../../../cli/reportOutputs.ts";
import { appFlags, choiceOf } from "../../../cli/tokenFlags.ts";
import { messagesOf } from "../../../messages.ts";
import { type ChecklistFormat, checklistFormats } from "../../../report/checklist.ts";
import { verificationReport } from "../../../report/verifiedApp.ts";
import { isVerified } from "../../../results/check.ts";
import type { VerifiedApp } from "../../../results/verified.ts";

const help = helpOf("connectedapp.verify");
const messages = messagesOf("connectedapp.verify");

export default class Verify extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    ...appFlags,
    watch: Flags.boolean({ default: false, summary: messages.getMessage("flags.watch.summary") }),
    wait: waitFlag(messages.getMessage("flags.wait.summary"), 30, { dependsOn: ["watch"] }),
    "api-key-env": Flags.string({
      helpValue: "NAME",
      summary: messages.getMessage("flags.api-key-env.summary"),
    }),
    ...reportFlags(checklistFormats),
  };

  async run(): Promise<VerifiedApp> {
    const { flags, raw } = await this.parse(Verify);
    const outputs = reportOutputs<ChecklistFormat>(raw);
    const choice = choiceOf(flags);
    const { verifyToken } = await import("../../../runs/verify/verifyToken.ts");
    const deadline = flags.watch ? Date.now() + flags.wait * 60_000 : 0;
    const verified = await verifyToken(
      choice,
      deadline,
      (text) => this.logToStderr(text),
      flags["api-key-env"],
    );
    writeReports(
      outputs,
      (format) => verificationReport(format, verified, this.config.pjson.version),
      (text, format) => this.logReport(text, format),
    );
    if (!isVerified(verified.verification)) process.exitCode = 4;
    return verified;
  }
}
