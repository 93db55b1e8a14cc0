import { readFileSync } from "node:fs";
import type { KindName } from "../../app/desiredApp.ts";
import { messagesOf } from "../../messages.ts";
import { packageFile } from "../../packageFile.ts";
import { problemText } from "../../project/problemText.ts";
import { loadOpenSpec } from "../../project/readSpec.ts";
import { editSpec } from "../../spec/edit.ts";
import { environmentsOf } from "../../spec/load.ts";
import { parseSpecFile, type SpecDocument } from "../../spec/specDocument.ts";

/** The starter specs in `templates/`, the simplest first. */
export const specTemplates = ["minimal", "environments", "full"] as const;
export type SpecTemplate = (typeof specTemplates)[number];

/** Where the pair of a new spec is kept: on this machine, or by a recipe in `templates/stores`. */
export const stores = [
  "machine",
  "helper",
  "github",
  "gitlab",
  "azure",
  "vault",
  "aws",
  "gcloud",
  "1password",
  "pass",
  "variables",
] as const;
export type StoreName = (typeof stores)[number];

/** What differs from one new spec to another. */
export interface SpecAnswers {
  kind: KindName;
  name: string;
  label: string;
  contactEmail: string;
  runAs: string;
}

/** What differs besides, in a spec with environments. */
export interface EnvironmentAnswers {
  /** The environment that is deployed to. */
  from: string;
  /** The one that is promoted to. */
  to: string;
  store: StoreName;
}

/** The path of each answer in a spec. */
const answerPaths: Readonly<Record<keyof SpecAnswers, readonly string[]>> = {
  kind: ["kind"],
  name: ["name"],
  label: ["label"],
  contactEmail: ["contactEmail"],
  runAs: ["oauth", "clientCredentials", "runAs"],
};

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
  const problem = problemsOf(withAnswers(read("minimal.yaml"), { [answer]: value })).find(
    (found) => found.path === path,
  );
  return problem === undefined ? undefined : problemText(problem);
}

/** The same for the name of an environment. */
export function problemOfEnvironment(name: string): string | undefined {
  const [problem] = problemsOf(withEnvironments(read("environments.yaml"), { from: name, to: "another" }));
  return problem === undefined ? undefined : problemText(problem);
}

/**
 * A new spec from a template, whose comments stay.
 *
 * @throws SfError `InvalidAnswersError` (exit code 2) that names each answer which cannot stand in a spec
 */
export function starterSpec(
  template: SpecTemplate,
  answers: SpecAnswers,
  { store, ...environments }: EnvironmentAnswers,
): string {
  const named = (Object.keys(answers) as (keyof SpecAnswers)[]).map(
    (answer) => [answer, problemOfAnswer(answer, answers[answer])] as const,
  );
  const others =
    template === "environments"
      ? (["from", "to"] as const).map((which) => [which, problemOfEnvironment(environments[which])] as const)
      : [];
  const problems = [...named, ...others].flatMap(([answer, problem]) =>
    problem === undefined ? [] : [`${flagOf(answer)}: ${problem}`],
  );
  if (problems.length > 0)
    throw messagesOf("connectedapp.init").createError("invalidAnswers", [problems.join("\n")], [], 2);
  const source = read(`${template}.yaml`);
  const placed = template === "environments" ? withEnvironments(source, environments) : source;
  return withAnswers(withStore(placed, store), answers);
}

/** `--contact-email` for `contactEmail`. */
export function flagOf(answer: string): string {
  return `--${answer.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function read(file: string): string {
  return readFileSync(packageFile(`templates/${file}`), "utf8");
}

function withAnswers(source: string, answers: Partial<SpecAnswers>): string {
  const set = Object.entries(answers).map(
    ([answer, value]) => [answerPaths[answer as keyof SpecAnswers], value] as const,
  );
  return editSpec(source, { set });
}

/** The template's own environments are uat and production, which is an org's type too. */
function withEnvironments(source: string, { from, to }: Omit<EnvironmentAnswers, "store">): string {
  return source
    .replace(/\buat\b/g, from)
    .replace(/^ {2}production:/m, `  ${to}:`)
    .replace("acme-production", `acme-${to}`);
}

/** The recipe takes the place of the pair that is generated and kept on this machine. */
function withStore(source: string, store: StoreName): string {
  if (store === "machine") return source;
  const recipe = read(`stores/${store}.yaml`);
  return source.replace(/^# Key and secret are in no file.*\n(?:#.*\n)*consumer: generated\n/m, () => recipe);
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
