import * as Flags from "@oclif/core/flags";
import {
  allowCommandsFlag,
  CpqCommand,
  environmentsFlag,
  excludeFlag,
  helpOf,
  orgFlags,
  specsFlag,
} from "../../../../cli/cpqCommand.ts";
import { history, historyFlag } from "../../../../cli/driftHistory.ts";
import { driftProgress } from "../../../../cli/driftProgress.ts";
import { durationOf } from "../../../../cli/duration.ts";
import { reportFlags, reportOutputs, writeReports } from "../../../../cli/reportOutputs.ts";
import { messagesOf } from "../../../../messages.ts";
import { type DriftFormat, driftFormats } from "../../../../report/drift/formats.ts";
import { type AppDrift, type DriftReport, exitCodeOf } from "../../../../results/drift.ts";
import { shownValue } from "../../../../results/shownValue.ts";
import { shardOf } from "../../../../runs/drift/shard.ts";

const help = helpOf("connectedapp.drift");
const messages = messagesOf("connectedapp.drift");

export default class Drift extends CpqCommand {
  protected static override memory = "many" as const;
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
    "max-secret-age": Flags.string({
      helpValue: "DURATION",
      summary: messages.getMessage("flags.max-secret-age.summary"),
    }),
    "allow-commands": allowCommandsFlag,
    "detect-unclaimed": Flags.boolean({
      aliases: ["detect-unmanaged"],
      deprecateAliases: true,
      summary: messages.getMessage("flags.detect-unclaimed.summary"),
    }),
    exclude: excludeFlag({ dependsOn: ["detect-unclaimed"] }),
    accept: Flags.string({
      helpValue: "PATH",
      multiple: true,
      multipleNonGreedy: true,
      summary: messages.getMessage("flags.accept.summary"),
    }),
    shard: Flags.string({
      helpValue: "I/N|auto",
      exclusive: ["history"],
      summary: messages.getMessage("flags.shard.summary"),
    }),
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
    "max-calls": Flags.integer({
      helpValue: "NUMBER",
      min: 1,
      summary: messages.getMessage("flags.max-calls.summary"),
    }),
    history: historyFlag,
    ...reportFlags(driftFormats),
  };

  async run(): Promise<DriftReport> {
    const { flags, raw } = await this.parse(Drift);
    const outputs = reportOutputs<DriftFormat>(raw);
    const options = {
      specs: await this.specFilesOf(flags.spec),
      environments: flags.environment ?? [],
      allEnvironments: flags["all-environments"],
      targetOrg: flags["target-org"],
      shard: flags.shard === undefined ? undefined : shardOf(flags.shard, process.env),
      strict: flags.strict,
      verify: flags.verify,
      maxSecretAge: durationOf(flags["max-secret-age"])?.text,
      allowed: { commands: flags["allow-commands"], secretHere: false },
      detectUnclaimed: flags["detect-unclaimed"] === true,
      exclude: flags.exclude ?? [],
      concurrency: { total: flags.concurrency, perOrg: flags["concurrency-per-org"] },
      maxCalls: flags["max-calls"],
      version: this.version,
    };
    const { drift } = await import("../../../../runs/drift/drift.ts");
    const showProgress = driftProgress(this.jsonEnabled());
    const checked = await drift(options, (progress) => {
      // What writes the reports is loaded while the other orgs are waited for, and not before the first is asked.
      if (progress.done === 1) loadReports().catch(() => {});
      showProgress(progress);
    });
    let report = checked;
    try {
      report = await this.accept(checked, flags.accept);
    } finally {
      // What was found is shown even if none of it can be accepted.
      const runs = await history(flags.history, report, (text) => this.warn(text));
      const { driftReport } = await loadReports();
      writeReports(
        outputs,
        (format) => driftReport(format, report, runs),
        (text, format) => this.logReport(text, format),
      );
    }
    process.exitCode = exitCodeOf(report);
    return report;
  }

  private async accept(checked: DriftReport, paths: readonly string[] | undefined): Promise<DriftReport> {
    if (paths === undefined) return checked;
    const { acceptDrifts } = await import("../../../../runs/drift/accept.ts");
    const report = await acceptDrifts(checked, paths);
    for (const { specFile, accepted = [] } of report.apps)
      for (const drift of accepted) this.logToStderr(acceptedText(specFile, drift));
    return report;
  }
}

function loadReports() {
  return import("../../../../report/drift/report.ts");
}

function acceptedText(specFile: string, { path, actual }: AppDrift["drifts"][number]): string {
  return actual === undefined
    ? messages.getMessage("acceptedRemoved", [specFile, path])
    : messages.getMessage("accepted", [specFile, path, shownValue(actual)]);
}
