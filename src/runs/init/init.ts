import { readFileSync } from "node:fs";
import type { KindName } from "../../app/desiredApp.ts";
import { shellWord } from "../../app/shellWord.ts";
import { messagesOf } from "../../messages.ts";
import { writeNewFiles } from "../../project/newFiles.ts";
import { problemText } from "../../project/problemText.ts";
import { loadOpenSpec } from "../../project/readSpec.ts";
import type { Initialized } from "../../results/initialized.ts";
import { editSpec } from "../../spec/edit.ts";
import { environmentsOf } from "../../spec/load.ts";
import { parseSpecFile, type SpecDocument } from "../../spec/specDocument.ts";
import { initPipeline, type PipelineSystem } from "./initPipeline.ts";

/** The starter specs in `templates/`, the simplest first. */
const specTemplates = ["minimal", "environments", "full"] as const;
type SpecTemplate = (typeof specTemplates)[number];

/** All templates: starter specs, and the pipelines in `templates/ci`. */
export const templates = [...specTemplates, "pipeline"] as const;

/** What differs from one new spec to another. */
export interface SpecAnswers {
  kind: KindName;
  name: string;
  label: string;
  contactEmail: string;
  runAs: string;
}

/** The path of each answer in a spec. */
const answerPaths: Readonly<Record<keyof SpecAnswers, readonly string[]>> = {
  kind: ["kind"],
  name: ["name"],
  label: ["label"],
  contactEmail: ["contactEmail"],
  runAs: ["oauth", "clientCredentials", "runAs"],
};

/** What the user has said so far. */
export interface InitChoices extends Partial<SpecAnswers> {
  template?: (typeof templates)[number] | undefined;
  /** For the pipeline template. */
  ci?: PipelineSystem | undefined;
  output?: string | undefined;
}

/** The label that an API name suggests. */
export function labelOf(name: string): string {
  return name.replaceAll("_", " ");
}

/** The file that an API name suggests. */
export function fileOf(name: string): string {
  return `${name.toLowerCase().replaceAll("_", "-")}.yaml`;
}

/** What is wrong with an answer, in a sentence; undefined if it can stand in a spec. */
export function problemOfAnswer(answer: keyof SpecAnswers, value: string): string | undefined {
  const path = answerPaths[answer].join(".");
  const source = specFrom("minimal", { [answer]: value });
  const problem = problemsOf(source).find((found) => found.path === path);
  return problem === undefined ? undefined : problemText(problem);
}

/**
 * Writes a new spec from a template. The template's comments stay.
 *
 * @throws SfError `MissingAnswersError`, `MissingSystemError` or `InvalidAnswersError` (both exit code 2), or
 *   `FileExistsError`
 */
export function init(choices: InitChoices): Initialized {
  const { template = choices.ci === undefined ? "minimal" : "pipeline" } = choices;
  if (template === "pipeline") return initPipeline(choices.ci);
  const answers = completed(choices);
  const source = specFrom(template, answers);
  const file = choices.output ?? fileOf(answers.name);
  writeNewFiles([[file, source]]);
  const [environment] = environmentsOf(documentOf(source));
  const org = environment === undefined ? "--target-org ALIAS" : `--environment ${shellWord(environment)}`;
  const spec = `--spec ${shellWord(file)}`;
  return {
    files: [file],
    next: [`sf cpq connectedapp validate ${spec}`, `sf cpq connectedapp deploy ${spec} ${org} --dry-run`],
  };
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
  const answers: SpecAnswers = {
    kind: kind ?? "ExternalClientApp",
    name: appName,
    label: label ?? labelOf(appName),
    contactEmail,
    runAs,
  };
  const problems = (Object.keys(answers) as (keyof SpecAnswers)[]).flatMap((answer) => {
    const problem = problemOfAnswer(answer, answers[answer]);
    return problem === undefined ? [] : [`${flagOf(answer)}: ${problem}`];
  });
  if (problems.length > 0) throw messages.createError("invalidAnswers", [problems.join("\n")], [], 2);
  return answers;
}

/** `--contact-email` for `contactEmail`. */
function flagOf(answer: string): string {
  return `--${answer.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function specFrom(template: SpecTemplate, answers: Partial<SpecAnswers>): string {
  const source = readFileSync(new URL(`../../../templates/${template}.yaml`, import.meta.url), "utf8");
  const set = Object.entries(answers).map(
    ([answer, value]) => [answerPaths[answer as keyof SpecAnswers], value] as const,
  );
  return editSpec(source, { set });
}

/** What is wrong with a spec. A variable may be set later. */
function problemsOf(source: string) {
  const document = documentOf(source);
  const environments = environmentsOf(document);
  return (environments.length > 0 ? environments : [undefined])
    .flatMap((environment) => {
      const result = loadOpenSpec({ document }, { environment });
      return "problems" in result ? result.problems : [];
    })
    .filter(({ id }) => id !== "unsetVariable");
}

function documentOf(source: string): SpecDocument {
  return parseSpecFile(source, "spec.yaml").documents[0] as SpecDocument;
}
