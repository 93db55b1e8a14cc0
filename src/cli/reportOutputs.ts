import * as Flags from "@oclif/core/flags";
import { writeWhole } from "../files/wholeFile.ts";
import { messagesOf } from "../messages.ts";
import { notWritable } from "../project/fileFailure.ts";
import { redacted } from "../secrets/redaction.ts";

/** One report: its format, and the file that it goes to; standard output without one. */
export interface ReportOutput<Format extends string> {
  format: Format;
  file: string | undefined;
}

const shared = messagesOf("shared");

/** `--format` and `--output`, whose order says which belong together. */
export function reportFlags<const Format extends string>(formats: readonly Format[]) {
  return {
    format: Flags.option({
      options: formats,
      multiple: true,
      multipleNonGreedy: true,
      helpValue: formats.join("|"),
      summary: shared.getMessage("flags.format.summary"),
    })(),
    output: Flags.string({
      helpValue: "FILE",
      multiple: true,
      multipleNonGreedy: true,
      dependsOn: ["format"],
      summary: shared.getMessage("flags.output.summary"),
    }),
  };
}

/**
 * Which reports go where: an `--output` belongs to the `--format` before it. Without a `--format`, the human report
 * goes to standard output.
 *
 * @param raw the command line as oclif parsed it, in its order
 * @throws SfError `OutputWithoutFormatError`, or `TwoOnStandardOutputError`
 */
export function reportOutputs<Format extends string>(
  raw: readonly { type: string; flag?: string; input: string }[],
): ReportOutput<Format>[] {
  const outputs: ReportOutput<Format>[] = [];
  for (const { type, flag, input } of raw) {
    if (type !== "flag") continue;
    if (flag === "format") outputs.push({ format: input as Format, file: undefined });
    if (flag !== "output") continue;
    const last = outputs.at(-1);
    if (last === undefined || last.file !== undefined)
      throw shared.createError("outputWithoutFormat", [input], [], 2);
    last.file = input;
  }
  if (outputs.length === 0) return [{ format: "human" as Format, file: undefined }];
  const onStandardOutput = outputs.filter(({ file }) => file === undefined);
  if (onStandardOutput.length > 1)
    throw shared.createError(
      "twoOnStandardOutput",
      [onStandardOutput.map(({ format }) => format).join(", ")],
      [],
      2,
    );
  return outputs;
}

/**
 * Writes each report to its file, and gives what goes to standard output to `log`. If all go to files, it says so.
 *
 * @throws SfError `NotWritableError`
 */
export function writeReports<Format extends string>(
  outputs: readonly ReportOutput<Format>[],
  render: (format: Format) => string,
  log: (text: string, format: Format) => void,
): void {
  for (const { format, file } of outputs) {
    const text = redacted(render(format));
    if (file === undefined) {
      log(text, format);
      continue;
    }
    try {
      writeWhole(file, text.endsWith("\n") ? text : `${text}\n`);
    } catch (error) {
      throw notWritable(file, error);
    }
  }
  const files = outputs.flatMap(({ file }) => file ?? []);
  // Where a report goes to standard output, nothing else may.
  if (files.length === outputs.length)
    log(shared.getMessage("reportsWritten", [files.join(", ")]), "human" as Format);
}
