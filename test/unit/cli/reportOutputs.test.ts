import { expect, test } from "vitest";
import { reportOutputs } from "../../../src/cli/reportOutputs.ts";

/** A command line as oclif parses it: words that begin with `--` are flags with a value. */
function parsed(line: string) {
  const words = line.split(" ").filter(Boolean);
  return words.flatMap((word, index) => {
    if (word.startsWith("--")) return [{ type: "flag", flag: word.slice(2), input: words[index + 1] ?? "" }];
    return words[index - 1]?.startsWith("--") ? [] : [{ type: "arg", input: word }];
  });
}

test.each([
  { line: "", outputs: [{ format: "human", file: undefined }] },
  { line: "--spec output", outputs: [{ format: "human", file: undefined }] },
  { line: "a.json --format json", outputs: [{ format: "json", file: undefined }] },
  { line: "--format json --output a.json", outputs: [{ format: "json", file: "a.json" }] },
  {
    line: "--format json --output a.json --spec x --format sarif --format junit --output b.xml",
    outputs: [
      { format: "json", file: "a.json" },
      { format: "sarif", file: undefined },
      { format: "junit", file: "b.xml" },
    ],
  },
])("$line", ({ line, outputs }) => expect(reportOutputs(parsed(line))).toEqual(outputs));

test.each([
  { line: "--output a.json", name: "OutputWithoutFormatError" },
  { line: "--output a.json --format json", name: "OutputWithoutFormatError" },
  { line: "--format json --output a --output b", name: "OutputWithoutFormatError" },
  { line: "--format json --format sarif", name: "TwoOnStandardOutputError" },
  { line: "--format json --output a --format sarif --format junit", name: "TwoOnStandardOutputError" },
])("$line is wrong usage", ({ line, name }) =>
  expect(() => reportOutputs(parsed(line))).toThrow(expect.objectContaining({ name, exitCode: 2 })),
);
