import { CpqCommand, helpOf, orgFlags } from "../../../cli/cpqCommand.ts";
import { reportFlags, reportOutputs, writeReports } from "../../../cli/reportOutputs.ts";
import { specOrNameFlags } from "../../../cli/tokenFlags.ts";
import { messagesOf } from "../../../messages.ts";
import { type ChecklistFormat, checklistFormats } from "../../../report/checklist.ts";
import { diagnosisReport } from "../../../report/diagnosis.ts";
import { type Diagnosis, exitCodeOfDiagnosis } from "../../../results/doctor.ts";

const help = helpOf("connectedapp.doctor");
const messages = messagesOf("connectedapp.doctor");

export default class Doctor extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    ...specOrNameFlags(messages.getMessage("flags.name.summary")),
    ...orgFlags,
    ...reportFlags(checklistFormats),
  };

  async run(): Promise<Diagnosis> {
    const { flags, raw } = await this.parse(Doctor);
    const outputs = reportOutputs<ChecklistFormat>(raw);
    const { doctor } = await import("../../../runs/doctor/doctor.ts");
    const diagnosis = await doctor({
      targetOrg: flags["target-org"],
      specFile: flags.spec,
      environment: flags.environment,
      name: flags.name,
      apiVersion: flags["api-version"],
    });
    writeReports(
      outputs,
      (format) => diagnosisReport(format, diagnosis, this.version),
      (text, format) => this.logReport(text, format),
    );
    process.exitCode = exitCodeOfDiagnosis(diagnosis);
    return diagnosis;
  }
}
