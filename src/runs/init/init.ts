import { existsSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import { shellWord } from "../../app/shellWord.ts";
import { messagesOf } from "../../messages.ts";
import { writeNewFiles } from "../../project/newFiles.ts";
import { invalidSpecs, loadOpenSpec, type OpenSpec, openSpecs } from "../../project/readSpec.ts";
import { claimsToBeSpec, readSpecText, specsBelow } from "../../project/specFiles.ts";
import type { Initialized } from "../../results/initialized.ts";
import { environmentsOf, type LoadedSpec } from "../../spec/load.ts";
import { parseSpecFile } from "../../spec/specDocument.ts";
import { schemaLine, writeSchema } from "./editorSchema.ts";
import { pipelineFor, type SpecOfPipeline } from "./pipeline.ts";
import { type PipelineSystem, pipelineSystems, storesOf } from "./pipelineSystems.ts";
import {
  type EnvironmentAnswers,
  fileOf,
  flagOf,
  labelOf,
  type SpecAnswers,
  type StoreName,
  specTemplates,
  starterSpec,
} from "./starterSpec.ts";

/** All templates: starter specs, and a pipeline for the specs of a folder. */
export const templates = [...specTemplates, "pipeline"] as const;

/** What the user has said so far. */
export interface InitChoices extends Partial<SpecAnswers>, Partial<EnvironmentAnswers> {
  template?: (typeof templates)[number] | undefined;
  ci?: PipelineSystem | undefined;
  output?: string | undefined;
  /** File for the JSON Schema of specs, which the new spec names in its first line. */
  schema?: string | undefined;
}

/** The environments of a new spec, if the user names no others. */
export const defaultEnvironments = { from: "uat", to: "production" } as const;

const defaultKind = "ExternalClientApp";

/** The file of the spec that a pipeline is for. */
export function specOfPipeline({ output, name = "CPQ_Admin_API" }: InitChoices): string {
  return output ?? `specs/${fileOf(name)}`;
}

/**
 * Writes a new spec from a template; with a system that runs pipelines, also the pipeline for this spec and for all others
 * in its folder. A spec that is there already is left as it is, and the pipeline is made for it.
 *
 * @throws SfError `MissingAnswersError`, `MissingSystemError`, `InvalidAnswersError`, `StoreNotForError` (all exit code
 *   2), `FileExistsError`, or what is wrong with a spec that is there
 */
export function init(choices: InitChoices): Initialized {
  if (choices.ci !== undefined || choices.template === "pipeline") return initPipeline(choices);
  const template = choices.template ?? (withEnvironments(choices) ? "environments" : "minimal");
  if (template !== "environments") requireNoEnvironments(choices);
  const answers = completed(choices);
  const file = choices.output ?? fileOf(answers.name);
  const spec = starterSpec(template, answers, environmentsIn(choices, "machine"));
  writeNewFiles([[file, withSchema(choices, file, spec)]]);
  const isForEnvironments = template === "environments";
  const environments = environmentsIn(choices, "machine");
  const org = isForEnvironments ? `--environment ${shellWord(environments.from)}` : "--target-org ALIAS";
  return {
    files: [file, ...schemaOf(choices)],
    ...(isForEnvironments ? { notes: orgsOf(opened(spec, file), environments) } : {}),
    ...nextFor(shellWord(file), org),
  };
}

function initPipeline(choices: InitChoices): Initialized {
  const messages = messagesOf("connectedapp.init");
  const { ci } = choices;
  if (ci === undefined) throw messages.createError("missingSystem", [pipelineSystems.join("|")], [], 2);
  const file = specOfPipeline(choices);
  if (dirname(file) === ".") throw messages.createError("needsFolder", [file], [file], 2);
  const isNew = !existsSync(file);
  const [best = "machine", ...others] = storesOf(ci, choices.kind ?? defaultKind);
  const environments = environmentsIn(choices, best);
  const possible: readonly StoreName[] = [best, ...others];
  if (!possible.includes(environments.store)) throw storeNotFor(ci, choices, possible);
  const newFiles: [string, string][] = isNew
    ? [[file, withSchema(choices, file, starterSpec("environments", completed(choices), environments))]]
    : [];
  const outside = specsOutside();
  const twin = isNew ? outside.find(({ names }) => names.includes(completed(choices).name)) : undefined;
  if (twin !== undefined) {
    const values = [twin.file, completed(choices).name, dirname(file)] as const;
    throw messages.createError("specOutside", values, [dirname(file), twin.file, dirname(file)]);
  }
  const specs = [
    ...newFiles.flatMap(([name, text]) => opened(text, name)),
    ...openSpecs(specsBelow(dirname(file))),
  ];
  const names = isNew ? environments : environmentsOfSpec(choices, specs);
  const pipeline = pipelineFor(
    ci,
    specs.map((spec) => inBoth(spec, names)),
    { ...names, folder: dirname(file) },
  );
  writeNewFiles([...newFiles, ...pipeline.files]);
  return {
    files: [...[...newFiles, ...pipeline.files].map(([name]) => name), ...schemaOf(choices)],
    secrets: pipeline.secrets,
    notes: [
      ...pipeline.notes,
      ...outside.map((spec) => messages.getMessage("notInPipeline", [spec.file, dirname(file)])),
      ...orgsOf(specs, names),
    ],
    ...nextFor(shellWord(dirname(file)), `--environment ${shellWord(names.from)}`),
  };
}

/** The specs in the working folder itself, which a pipeline for another folder does not see. */
function specsOutside(): { file: string; names: string[] }[] {
  return readdirSync(".")
    .filter((file) => /\.ya?ml$/.test(file))
    .flatMap((file) => {
      const read = readSpecText(file);
      if (!("text" in read) || !claimsToBeSpec(read.text, file)) return [];
      return { file, names: [...read.text.matchAll(/^name:\s*["']?(\w+)/gm)].map(([, name = ""]) => name) };
    });
}

/** The orgs that specs name for two environments: a person may know them by other aliases. */
function orgsOf(specs: readonly OpenSpec[], { from, to }: { from: string; to: string }): string[] {
  const orgs = [from, to].flatMap((environment) => {
    const result = specs[0] && loadOpenSpec(specs[0], { environment });
    const org = result !== undefined && "loaded" in result ? result.loaded.targetOrg : undefined;
    return org === undefined ? [] : [{ environment, org }];
  });
  const [first] = orgs;
  if (first === undefined) return [];
  const named = orgs.map(({ environment, org }) => `${org} (${environment})`).join(", ");
  return [messagesOf("connectedapp.init").getMessage("orgs", [named, shellWord(first.org)])];
}

function withSchema({ schema }: InitChoices, file: string, spec: string): string {
  return schema === undefined ? spec : schemaLine(file, schema) + spec;
}

/** Writes the schema, if the user wants it. @returns its file, if it is new or changed */
function schemaOf({ schema }: InitChoices): string[] {
  return schema !== undefined && writeSchema(schema) ? [schema] : [];
}

function nextFor(spec: string, org: string): Pick<Initialized, "next"> {
  return {
    next: [
      `sf cpq connectedapp validate --spec ${spec}`,
      `sf cpq connectedapp deploy --spec ${spec} ${org} --dry-run`,
    ],
  };
}

function opened(text: string, file: string): OpenSpec[] {
  const { documents, shownSource } = parseSpecFile(text, file);
  return documents.map((document, index) => {
    return { file, index, document, shownSource, environments: environmentsOf(document) };
  });
}

/** @throws SfError `InvalidSpec`, or of wrong usage if the spec has no such environment */
function inBoth(spec: OpenSpec, { from, to }: { from: string; to: string }): SpecOfPipeline {
  const load = (environment: string): LoadedSpec => {
    const result = loadOpenSpec(spec, { environment });
    if ("problems" in result) throw invalidSpecs([{ ...spec, problems: result.problems }]);
    return result.loaded;
  };
  return { from: load(from), to: load(to) };
}

/** Those that the user names, else the first two of the specs that are there. */
function environmentsOfSpec(choices: InitChoices, specs: readonly OpenSpec[]): { from: string; to: string } {
  const [first, second] = specs.find(({ environments }) => environments.length > 1)?.environments ?? [];
  return {
    from: choices.from ?? first ?? defaultEnvironments.from,
    to: choices.to ?? second ?? defaultEnvironments.to,
  };
}

function environmentsIn(choices: InitChoices, store: StoreName): EnvironmentAnswers {
  return {
    from: choices.from ?? defaultEnvironments.from,
    to: choices.to ?? defaultEnvironments.to,
    store: choices.store ?? store,
  };
}

/** Whether the flags are for a spec with environments. Recipes of stores name the environment. */
function withEnvironments({ from, to, store = "machine" }: InitChoices): boolean {
  return from !== undefined || to !== undefined || !["machine", "helper"].includes(store);
}

function requireNoEnvironments(choices: InitChoices): void {
  if (withEnvironments(choices))
    throw messagesOf("connectedapp.init").createError("needsEnvironments", [], [], 2);
}

function storeNotFor(
  ci: PipelineSystem,
  { store = "machine" }: InitChoices,
  possible: readonly string[],
): Error {
  const messages = messagesOf("connectedapp.init");
  return store === "variables"
    ? messages.createError("pairOfOrg", [], [], 2)
    : messages.createError("storeNotFor", [store, ci, possible.join(", ")], [], 2);
}

/** The answers, with defaults for what was not given, if there are any. */
function completed({ kind, name, label, contactEmail, runAs }: InitChoices): SpecAnswers {
  const messages = messagesOf("connectedapp.init");
  if (contactEmail === undefined || runAs === undefined) {
    const missing = Object.entries({ contactEmail, runAs }).filter(([, value]) => value === undefined);
    throw messages.createError(
      "missingAnswers",
      [missing.map(([answer]) => flagOf(answer)).join(", ")],
      [],
      2,
    );
  }
  const appName = name ?? "CPQ_Admin_API";
  return {
    kind: kind ?? defaultKind,
    name: appName,
    label: label ?? labelOf(appName),
    contactEmail,
    runAs,
  };
}
