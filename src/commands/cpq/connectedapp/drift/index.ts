import { Flags } from "@oclif/core";
import { shownValue } from "../../../../app/shownValue.ts";
import { CpqCommand, environmentsFlag, helpOf, orgFlags, specsFlag } from "../../../../cli/cpqCommand.ts";
import { driftProgress } from "../../../../cli/driftProgress.ts";
import { reportFlags, reportOutputs, writeReports } from "../../../../cli/reportOutputs.ts";
import { messagesOf } from "../../../../messages.ts";
import { type DriftFormat, driftFormats, driftReport } from "../../../../report/drift/report.ts";
import type { DriftReport } from "../../../../results/drift.ts";
import { exitCodeOf } from "../../../../results/drift.ts";
import type { Accepted } from "../../../../runs/drift/accept.ts";

const help = helpOf("connectedapp.drift");
const messages = messagesOf("connectedapp.drift");

export default class Drift extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    spec: specsFlag,
    environment: environmentsFlag(messages.getMessage("flags.environment.summary")),
    "all-environments": Flags.boolean({
      default: false,
      exclusive: ["environment", "target-org"],
      summary: messages.getMessage("flags.all-environments.summary"),
    }),
    "target-org": orgFlags["target-org"],
    strict: Flags.boolean({ default: false, summary: messages.getMessage("flags.strict.summary") }),
    verify: Flags.boolean({ default: false, summary: messages.getMessage("flags.verify.summary") }),
    "detect-unclaimed": Flags.boolean({
      default: false,
      aliases: ["detect-unmanaged"],
      deprecateAliases: true,
      summary: messages.getMessage("flags.detect-unclaimed.summary"),
    }),
    accept: Flags.string({
      helpValue: "PATH",
      multiple: true,
      multipleNonGreedy: true,
      summary: messages.getMessage("flags.accept.summary"),
    }),
    shard: Flags.string({ helpValue: "I/N", summary: messages.getMessage("flags.shard.summary") }),
    concurrency: Flags.integer({
      helpValue: "NUMBER",
      min: 1,
      max: 200,
      default: 20,
      summary: messages.getMessage("flags.concurrency.summary"),
    }),
    "concurrency-per-org": Flags.integer({
      helpValue: "NUMBER",
      min: 1,
      max: 25,
      default: 4,
      summary: messages.getMessage("flags.concurrency-per-org.summary"),
    }),
    ...reportFlags(driftFormats),
  };

  async run(): Promise<DriftReport> {
    const { flags, raw } = await this.parse(Drift);
    const outputs = reportOutputs<DriftFormat>(raw);
    const options = {
      specs: flags.spec,
      environments: flags.environment ?? [],
      allEnvironments: flags["all-environments"],
      targetOrg: flags["target-org"],
      shard: flags.shard === undefined ? undefined : shardOf(flags.shard),
      strict: flags.strict,
      verify: flags.verify,
      detectUnclaimed: flags["detect-unclaimed"],
      concurrency: { total: flags.concurrency, perOrg: flags["concurrency-per-org"] },
      version: this.config.pjson.version,
    };
    const { drift } = await import("../../../../runs/drift/drift.ts");
    const report = await drift(options, driftProgress(this.jsonEnabled()));
    writeReports(
      outputs,
      (format) => driftReport(format, report),
      (text) => this.log(text),
    );
    if (flags.accept !== undefined) {
      const { acceptDrifts } = await import("../../../../runs/drift/accept.ts");
      for (const accepted of await acceptDrifts(report, flags.accept))
        this.logToStderr(acceptedText(accepted));
    }
    process.exitCode = exitCodeOf(report);
    return report;
  }
}

/** @throws SfError `InvalidShardError` */
function shardOf(text: string): { index: number; count: number } {
  const [, first, second] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const [index, count] = [Number(first), Number(second)];
  if (!(index >= 1 && index <= count)) throw messages.createError("invalidShard", [text], [], 2);
  return { index, count };
}

function acceptedText({ specFile, path, value }: Accepted): string {
  return value === undefined
    ? messages.getMessage("acceptedRemoved", [specFile, path])
    : messages.getMessage("accepted", [specFile, path, shownValue(value)]);
}
