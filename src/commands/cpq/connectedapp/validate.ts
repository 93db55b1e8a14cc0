import * as Flags from "@oclif/core/flags";
import { CpqCommand, environmentsFlag, helpOf, orgFlags, specsFlag } from "../../../cli/cpqCommand.ts";
import { reportFlags, reportOutputs, writeReports } from "../../../cli/reportOutputs.ts";
import { messagesOf } from "../../../messages.ts";
import type { ValidatedSpec } from "../../../results/validation.ts";
import type { ValidateOptions, Validation } from "../../../runs/validate/validate.ts";

const help = helpOf("connectedapp.validate");
const messages = messagesOf("connectedapp.validate");
const formats = ["human", "json", "sarif", "junit", "github", "gitlab"] as const;

export default class Validate extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    spec: specsFlag,
    environment: environmentsFlag(messages.getMessage("flags.environment.summary")),
    "target-org": Flags.string({
      char: "o",
      helpValue: "ALIAS",
      summary: messages.getMessage("flags.target-org.summary"),
    }),
    "api-version": orgFlags["api-version"],
    "show-resolved": Flags.boolean({
      default: false,
      summary: messages.getMessage("flags.show-resolved.summary"),
    }),
    "fail-on": Flags.option({
      options: ["error", "warning", "note"] as const,
      summary: messages.getMessage("flags.fail-on.summary"),
    })(),
    ...reportFlags(formats),
  };

  async run(): Promise<{ specs: ValidatedSpec[] }> {
    const { flags, raw } = await this.parse(Validate);
    const outputs = reportOutputs<(typeof formats)[number]>(raw);
    const [{ invalidSpecs }, { findingReport }, { validationText }, { countedFindings }] = await Promise.all([
      import("../../../project/readSpec.ts"),
      import("../../../report/findings/report.ts"),
      import("../../../report/validation.ts"),
      import("../../../runs/validate/validate.ts"),
    ]);
    const options = {
      specs: await this.specFilesOf(flags.spec),
      environments: flags.environment ?? [],
      resolved: flags["show-resolved"],
    };
    const { specs, invalid, report } = await this.validated(
      options,
      flags["target-org"],
      flags["api-version"],
    );
    if (countedFindings(specs, flags["fail-on"]) > 0) process.exitCode = 1;
    const complete = { ...report, version: this.version };
    writeReports(
      outputs,
      (format) =>
        format === "human"
          ? validationText(specs, report.rules)
          : format === "json"
            ? JSON.stringify({ specs }, null, 2)
            : findingReport(format, complete),
      (text, format) => this.logReport(text, format),
    );
    const isShown = outputs.some(({ format, file }) => format !== "human" && file === undefined);
    if (invalid.length > 0) {
      const error = invalidSpecs(invalid);
      if (!isShown) throw error;
      process.exitCode = error.exitCode;
    }
    return { specs };
  }

  /** Loads the code that talks to orgs only if an org is named. */
  private async validated(
    options: ValidateOptions,
    targetOrg: string | undefined,
    apiVersion: string | undefined,
  ): Promise<Validation> {
    if (targetOrg === undefined) {
      const { validate } = await import("../../../runs/validate/validate.ts");
      return validate(options);
    }
    const { validateInOrg } = await import("../../../runs/validate/validateInOrg.ts");
    return validateInOrg(options, targetOrg, apiVersion);
  }
}
