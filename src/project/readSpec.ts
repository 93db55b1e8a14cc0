import { placeOf } from "../app/place.ts";
import { messagesOf } from "../messages.ts";
import { SfError } from "../sfError.ts";
import { environmentsOf, type LoadChoice, type LoadedSpec, type LoadResult, loadSpec } from "../spec/load.ts";
import type { Problem } from "../spec/problem.ts";
import type { ReferencedOrg } from "../spec/references.ts";
import { parseSpecFile, type SpecDocument } from "../spec/specDocument.ts";
import { problemsOfKind } from "./problemsOfKind.ts";
import { problemReport, problemText } from "./problemText.ts";
import { findSpecs, readSpecText } from "./specFiles.ts";

/** A spec of a file, before an environment is chosen. */
export interface OpenSpec {
  file: string;
  /** Which of the file's documents it is, from 0. */
  index: number;
  document: SpecDocument;
  /** The file's text, without secrets, so that it can be shown. */
  shownSource: string;
  /** Names of the spec's environments. */
  environments: string[];
}

/** A valid spec, and what a run needs to read it again. */
export interface ReadSpec extends LoadedSpec {
  file: string;
  index: number;
  /** The same spec for an org that is at hand. @throws SfError `InvalidSpec` */
  forOrg(org: ReferencedOrg): ReadSpec;
}

/** What is wrong in one spec. */
export interface InvalidSpec {
  file: string;
  shownSource: string;
  problems: readonly Problem[];
}

/** Opens the specs of files, folders and globs one after another. @throws SfError `NoSpecsError` */
export function* openSpecs(patterns: readonly string[]): Generator<OpenSpec> {
  for (const file of findSpecs(patterns).files) {
    const read = readSpecText(file);
    if ("text" in read) {
      const { documents, shownSource } = parseSpecFile(read.text, file);
      for (const [index, document] of documents.entries()) {
        yield { file, index, document, shownSource, environments: environmentsOf(document) };
      }
    } else {
      const location = { file, line: read.id === "nul" ? Number(read.values[0]) : 1, column: 1 };
      const { documents } = parseSpecFile("", file);
      const document = { ...(documents[0] as SpecDocument), problems: [{ ...read, location, path: "" }] };
      yield { file, index: 0, document, shownSource: "", environments: [] };
    }
  }
}

/** Loads an opened spec, and checks that its kind of app can have everything that the spec says. */
export function loadOpenSpec(
  { document }: Pick<OpenSpec, "document">,
  choice: LoadChoice,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): LoadResult {
  const result = loadSpec(document, variables, choice);
  if ("problems" in result) return result;
  const problems = problemsOfKind(result.loaded);
  return problems.length > 0 ? { problems } : result;
}

/**
 * Reads the specs of files, folders and globs for one environment.
 *
 * @throws SfError `InvalidSpec` with all problems of all files, each with file:line:column and a code frame; its data
 *   is the list of `{file, line, column, path, message}`. `EnvironmentNeededError` if a spec has several environments
 *   and none is chosen.
 */
export function readSpecs(patterns: readonly string[], environment: string | undefined): ReadSpec[] {
  const good: ReadSpec[] = [];
  const bad: InvalidSpec[] = [];
  for (const open of openSpecs(patterns)) {
    if (environment === undefined && open.environments.length > 0) throw environmentNeeded(open);
    const result = loadOpenSpec(open, { environment });
    if ("problems" in result) bad.push({ ...open, problems: result.problems });
    else good.push(readSpecOf(open, result.loaded));
  }
  if (bad.length > 0) throw invalidSpecs(bad);
  return good;
}

/**
 * The one spec of a file.
 *
 * @throws SfError as `readSpecs`, or `OneSpecNeededError`
 */
export function readSpec(pattern: string, environment?: string): ReadSpec {
  const specs = readSpecs([pattern], environment);
  const [only] = specs;
  if (only === undefined || specs.length > 1)
    throw messagesOf("spec").createError("oneSpecNeeded", [pattern, specs.length]);
  return only;
}

/**
 * The only spec of a file to be edited: its text, and the spec in each of its environments.
 *
 * @throws SfError `InvalidSpec` or `OneSpecNeededError`
 */
export function readForEdit(file: string): { specs: LoadedSpec[]; text: string } {
  const opened = [...openSpecs([file])];
  const [open] = opened;
  if (open === undefined || opened.length > 1)
    throw messagesOf("spec").createError("oneSpecNeeded", [file, opened.length]);
  const environments = open.environments.length > 0 ? open.environments : [undefined];
  const specs = environments.map((environment) => {
    const result = loadOpenSpec(open, { environment });
    if ("problems" in result) throw invalidSpecs([{ ...open, problems: result.problems }]);
    return result.loaded;
  });
  const read = readSpecText(file);
  return { specs, text: "text" in read ? read.text : "" };
}

/** A loaded spec with the way back to its file. */
export function readSpecOf(open: OpenSpec, loaded: LoadedSpec): ReadSpec {
  const { environment } = loaded;
  return {
    ...loaded,
    file: open.file,
    index: open.index,
    forOrg: (org) => {
      const result = loadOpenSpec(open, { environment, org });
      if ("problems" in result) throw invalidSpecs([{ ...open, problems: result.problems }]);
      return readSpecOf(open, result.loaded);
    },
  };
}

/** The error that asks for one of a spec's environments. */
export function environmentNeeded({ file, environments }: OpenSpec): SfError {
  return messagesOf("spec").createError(
    "environmentNeeded",
    [file, environments.join(", ")],
    [environments[0] ?? ""],
    2,
  );
}

/** @throws SfError `NeedsOrgError` if a spec refers to an org and none is given */
export function requireNoOrgReferences({ orgReferences }: ReadSpec): void {
  const [first] = orgReferences;
  if (first !== undefined) throw messagesOf("spec").createError("needsOrg", [placeOf(first)]);
}

/** Problems of the command line, and not of what a spec says. */
const wrongUsage: readonly string[] = ["unknownEnvironment", "noEnvironments", "unreadable"];

/**
 * The error that holds everything that is wrong in some specs. If only files or environments do not exist, it is one of
 * usage (exit code 2).
 */
export function invalidSpecs(invalid: readonly InvalidSpec[]): SfError {
  const messages = messagesOf("spec");
  const all = invalid.flatMap(({ problems }) => problems);
  const files = [...new Set(invalid.map(({ file }) => file))];
  const count = messages.getCount("problems", all.length);
  const heading = files.length === 1 ? (files[0] ?? "") : messages.getMessage("files", [files.length]);
  const report = invalid
    .map(({ problems, shownSource }) => problemReport(problems, shownSource))
    .join("\n\n");
  const verb = files.length === 1 ? "invalid" : "invalidFiles";
  // Then the specs may be in order: what was asked for is wrong.
  if (all.every(({ id }) => wrongUsage.includes(id)))
    return SfError.create({
      name: "WrongUsage",
      message: all.map((problem) => `${placeOf(problem.location)} ${problemText(problem)}`).join("\n"),
      exitCode: 2,
    });
  return SfError.create({
    name: "InvalidSpec",
    message: `${messages.getMessage(verb, [heading, count])}\n\n${report}`,
    actions: messages.getMessages("invalid.actions", [files.join(" --spec ")]),
    data: all.map((problem) => ({
      ...problem.location,
      path: problem.path,
      message: problemText(problem),
    })),
  });
}
