import { readFileSync, statSync } from "node:fs";
import { SfError } from "@salesforce/core/sfError";
import { messagesOf } from "../messages.ts";
import { kinds } from "../metadata/kinds.ts";
import { problemReport, problemText } from "../report/problems.ts";
import { type LoadedSpec, loadSpec } from "../spec/load.ts";
import type { Problem } from "../spec/problem.ts";
import { resolve } from "../spec/resolve.ts";

const largest = 1024 * 1024;

/**
 * Reads and checks one spec file.
 *
 * @throws SfError `InvalidSpec` with all problems, each with file:line:column and a code frame; its data is the list of
 *   `{file, line, column, path, message}`
 */
export function readSpec(file: string): LoadedSpec {
  const source = readText(file);
  const result = loadSpec(source, file, process.env);
  if ("problems" in result) throw invalidSpec(file, result.shownSource, result.problems);
  const inexpressible = inexpressibleSettings(result.loaded);
  if (inexpressible.length > 0) throw invalidSpec(file, source, inexpressible);
  return result.loaded;
}

/** Settings that the spec's kind of app does not have: they are refused, as they would be lost. */
function inexpressibleSettings({ spec, locate }: LoadedSpec): Problem[] {
  const { fields, setupOnly } = kinds[spec.kind];
  const known = new Set<string>([...fields.map(({ setting }) => setting), ...setupOnly]);
  return Object.keys(resolve(spec).settings)
    .filter((path) => !known.has(path))
    .map((path) => ({ id: "notOfKind", values: [path, spec.kind], location: locate(path), path }));
}

function readText(file: string): string {
  const fail = (id: string, values: string[]) =>
    invalidSpec(file, "", [{ id, values, location: { file, line: 1, column: 1 }, path: "" }]);
  let bytes: Buffer;
  try {
    const { size } = statSync(file);
    if (size > largest) throw fail("tooLarge", [String(size), String(largest)]);
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof SfError) throw error;
    throw fail("unreadable", [error instanceof Error ? error.message : String(error)]);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw fail("notText", []);
  }
}

function invalidSpec(file: string, source: string, problems: readonly Problem[]): SfError {
  const messages = messagesOf("spec");
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const report = problemReport(problems, source, messages);
  return SfError.create({
    name: "InvalidSpec",
    message: `${messages.getMessage("invalid", [file, count])}\n\n${report}`,
    actions: messages.getMessages("invalid.actions", [file]),
    data: problems.map((problem) => ({
      ...problem.location,
      path: problem.path,
      message: problemText(problem, messages),
    })),
  });
}
