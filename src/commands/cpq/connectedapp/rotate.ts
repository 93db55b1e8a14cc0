import * as Flags from "@oclif/core/flags";
import {
  allowCommandsFlag,
  CpqCommand,
  environmentFlag,
  flagWords,
  helpOf,
  orgFlags,
  specFlag,
  waitFlag,
} from "../../../cli/cpqCommand.ts";
import { durationOf } from "../../../cli/duration.ts";
import { progressDisplay } from "../../../cli/progressDisplay.ts";
import { reportFlags, reportOutputs, writeReports } from "../../../cli/reportOutputs.ts";
import { messagesOf } from "../../../messages.ts";
import { readSpec } from "../../../project/readSpec.ts";
import { type RotationFormat, rotationFormats, rotationReport } from "../../../report/rotation.ts";
import { isVerified } from "../../../results/check.ts";
import type { Rotation } from "../../../results/rotation.ts";

const help = helpOf("connectedapp.rotate");
const messages = messagesOf("connectedapp.rotate");

export default class Rotate extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  // Made from the flags, it would name all of them, and nest those that exclude each other.
  static override usage = [
    "<%= command.id %> --spec FILE [--environment NAME] [--grace DURATION] [flags]",
    "<%= command.id %> --name NAME [--target-org ALIAS] [--grace DURATION] [flags]",
  ];
  static override flags = {
    spec: Flags.string({ ...specFlag, required: false, exactlyOne: ["spec", "name"] }),
    environment: environmentFlag,
    name: Flags.string({
      char: "n",
      helpValue: "NAME",
      exclusive: ["environment"],
      summary: messages.getMessage("flags.name.summary"),
    }),
    ...orgFlags,
    "if-older-than": Flags.string({
      helpValue: "DURATION",
      exclusive: ["resume", "abort", "revoke-former"],
      summary: messages.getMessage("flags.if-older-than.summary"),
    }),
    "if-age-unknown": Flags.option({
      options: ["rotate", "skip", "fail"] as const,
      default: "rotate" as const,
      summary: messages.getMessage("flags.if-age-unknown.summary"),
    })(),
    grace: Flags.string({
      helpValue: "DURATION",
      exclusive: ["abort"],
      summary: messages.getMessage("flags.grace.summary"),
    }),
    "even-if-used": Flags.boolean({
      default: false,
      summary: messages.getMessage("flags.even-if-used.summary"),
    }),
    "dry-run": Flags.boolean({
      default: false,
      exclusive: ["abort", "resume"],
      summary: messages.getMessage("flags.dry-run.summary"),
    }),
    resume: Flags.boolean({
      exclusive: ["abort", "revoke-former"],
      summary: messages.getMessage("flags.resume.summary"),
    }),
    abort: Flags.boolean({
      exclusive: ["revoke-former"],
      summary: messages.getMessage("flags.abort.summary"),
    }),
    "revoke-former": Flags.boolean({ summary: messages.getMessage("flags.revoke-former.summary") }),
    "enable-credential-access": Flags.boolean({
      default: false,
      summary: messages.getMessage("flags.enable-credential-access.summary"),
    }),
    "allow-commands": allowCommandsFlag,
    wait: waitFlag(messages.getMessage("flags.wait.summary")),
    ...reportFlags(rotationFormats),
  };

  async run(): Promise<Rotation> {
    const { flags, raw } = await this.parse(Rotate);
    const outputs = reportOutputs<RotationFormat>(raw);
    const ifOlderThan = durationOf(flags["if-older-than"])?.milliseconds;
    const grace = durationOf(flags.grace)?.milliseconds;
    const read = flags.spec === undefined ? undefined : readSpec(flags.spec, flags.environment);
    const { connectOrg } = await import("../../../org/connect.ts");
    const { answeredFor } = await import("../../../runs/appInOrg/connectOrgOf.ts");
    const { specOfName } = await import("../../../runs/rotate/specOfName.ts");
    const { rotate } = await import("../../../runs/rotate/rotate.ts");
    const org = await connectOrg(flags["target-org"] ?? read?.targetOrg, flags["api-version"]);
    const spec = read === undefined ? await specOfName(org, flags.name ?? "") : answeredFor(org, read);
    const title = messages.getMessage("rotating");
    const progress = await progressDisplay(title, this.jsonEnabled(), (line) => this.logToStderr(line));
    const action = flags.resume
      ? ("resume" as const)
      : flags.abort
        ? ("abort" as const)
        : flags["revoke-former"]
          ? ("revokeFormer" as const)
          : ("rotate" as const);
    const options = {
      action,
      ifOlderThan,
      ifAgeUnknown: flags["if-age-unknown"],
      grace,
      evenIfUsed: flags["even-if-used"],
      dryRun: flags["dry-run"],
      enableCredentialAccess: flags["enable-credential-access"],
      flags: flagWords(flags, [
        "revoke-former",
        "even-if-used",
        "enable-credential-access",
        "allow-commands",
        "api-version",
      ]),
      graceFlag: flagWords(flags, ["grace"]),
      deadline: Date.now() + flags.wait * 60_000,
    };
    const allowed = { commands: flags["allow-commands"], secretHere: false };
    const rotation = await rotate({ spec, org, allowed }, options, progress).catch((error: unknown) => {
      progress.end("failed");
      throw error;
    });
    // Whatever came of it: a display that goes on keeps the process alive.
    progress.end(isVerified(rotation.verification) ? "completed" : "failed");
    const about = {
      file: flags.spec ?? org.instanceUrl,
      version: this.config.pjson.version,
      now: Date.now(),
    };
    writeReports(
      outputs,
      (format) => rotationReport(format, rotation, about),
      (text, format) => this.logReport(text, format),
    );
    if (!isVerified(rotation.verification)) process.exitCode = 4;
    return rotation;
  }
}
