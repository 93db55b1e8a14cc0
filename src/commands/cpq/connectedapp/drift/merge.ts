import * as Args from "@oclif/core/args";
import { CpqCommand, helpOf } from "../../../../cli/cpqCommand.ts";
import { history, historyFlag } from "../../../../cli/driftHistory.ts";
import { reportFlags, reportOutputs, writeReports } from "../../../../cli/reportOutputs.ts";
import { messagesOf } from "../../../../messages.ts";
import { type DriftFormat, driftFormats } from "../../../../report/drift/formats.ts";
import { driftReport } from "../../../../report/drift/report.ts";
import type { DriftReport } from "../../../../results/drift.ts";
import { exitCodeOf } from "../../../../results/drift.ts";

const help = helpOf("connectedapp.drift.merge");
const messages = messagesOf("connectedapp.drift.merge");

export default class Merge extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override strict = false;
  static override args = {
    file: Args.string({ description: messages.getMessage("args.files.description"), required: true }),
  };
  static override flags = { history: historyFlag, ...reportFlags(driftFormats) };

  async run(): Promise<DriftReport> {
    const { argv, flags, raw } = await this.parse(Merge);
    const outputs = reportOutputs<DriftFormat>(raw);
    const { mergeReports } = await import("../../../../runs/drift/merge.ts");
    const { report, missing } = mergeReports(argv.map(String));
    const runs = await history(flags.history, report, (text) => this.warn(text));
    writeReports(
      outputs,
      (format) => driftReport(format, report, runs),
      (text, format) => this.logReport(text, format),
    );
    process.exitCode = exitCodeOf(report);
    if (missing.length > 0) {
      this.warn(messages.getMessage("missing", [missing.join(", ")]));
      process.exitCode = 1;
    }
    return report;
  }
}
