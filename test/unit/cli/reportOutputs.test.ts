import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { reportOutputs, writeReports } from "../../../src/cli/reportOutputs.ts";
import { folderWith } from "../../temporaryFolders.ts";

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

test.each([
  {
    what: "all reports go to files",
    files: ["a.json", "b.xml"],
    said: [/^Wrote the report to .*a\.json.*b\.xml/],
  },
  { what: "one of them goes to standard output", files: ["a.json", undefined], said: [/^report as junit$/] },
])("where $what, the console says just one thing", ({ files, said }) => {
  const folder = folderWith({});
  const [json, junit] = files.map((file) => (file === undefined ? undefined : join(folder, file)));
  const outputs = [
    { format: "json", file: json },
    { format: "junit", file: junit },
  ];
  const lines: string[] = [];
  writeReports(
    outputs,
    (format) => `report as ${format}`,
    (text) => lines.push(text),
  );
  expect(lines).toEqual(said.map((words) => expect.stringMatching(words)));
  for (const { format, file } of outputs)
    if (file !== undefined) expect(readFileSync(file, "utf8")).toBe(`report as ${format}\n`);
});
