import type { DesiredApp } from "../../app/desiredApp.ts";
import type { OrgFacts } from "../../app/orgFacts.ts";
import { messagesOf } from "../../messages.ts";
import { problemText } from "../../project/problemText.ts";
import { type InvalidSpec, loadOpenSpec, openSpecs } from "../../project/readSpec.ts";
import type { Finding, FindingReport, FindingSubject, Level } from "../../results/finding.ts";
import type { ValidatedSpec } from "../../results/validation.ts";
import type { ReferencedOrg } from "../../spec/references.ts";
import { resolve } from "../../spec/resolve.ts";
import { resolvedText } from "../../spec/resolvedText.ts";
import { failOnOf, findingsFrom, lintRuleTexts, lintSpec } from "./lintSpec.ts";

/** What the user asked for. */
export interface ValidateOptions {
  /** Files, folders and globs. */
  specs: readonly string[];
  /** Names of environments; without any, all environments of each spec. */
  environments: readonly string[];
  /** Whether the resolved text of each spec is wanted. */
  resolved: boolean;
  /** The org to which the specs may refer, and what it says about what an app names in it. */
  org?: { referenced: ReferencedOrg; factsOf(app: DesiredApp): OrgFacts } | undefined;
}

/** All specs, and what was found, in the form of the reports. */
export interface Validation {
  specs: ValidatedSpec[];
  /** What is wrong in the specs, for a report with code frames. */
  invalid: InvalidSpec[];
  /** What each valid spec describes. */
  apps: DesiredApp[];
  report: Omit<FindingReport, "version">;
}

const invalidRule = "invalid-spec";

/**
 * Checks specs offline: whether they are valid, and what the policy lint finds in them. Never throws because of a spec.
 */
export function validate({ specs, environments, resolved, org }: ValidateOptions): Validation {
  const validated: ValidatedSpec[] = [];
  const invalid: InvalidSpec[] = [];
  const apps: DesiredApp[] = [];
  for (const open of openSpecs(specs)) {
    const wanted = environments.length > 0 ? environments : open.environments;
    const found: readonly (string | undefined)[] = wanted.length > 0 ? wanted : [undefined];
    for (const environment of found) {
      const result = loadOpenSpec(open, { environment, org: org?.referenced });
      const about = { file: open.file, ...(environment === undefined ? {} : { environment }) };
      if ("problems" in result) {
        const { problems } = result;
        invalid.push({ ...open, problems });
        validated.push({ ...about, valid: false, failOn: "error", findings: problemFindings(problems) });
      } else {
        const { app: spec } = result.loaded;
        const app = resolve(spec);
        apps.push(app);
        validated.push({
          ...about,
          valid: true,
          kind: spec.kind,
          name: spec.name,
          failOn: failOnOf(spec),
          findings: lintSpec(result.loaded, org?.factsOf(app)),
          ...(resolved ? { resolved: resolvedText(result.loaded) } : {}),
        });
      }
    }
  }
  const messages = messagesOf("connectedapp.validate");
  const spec = {
    id: invalidRule,
    level: "error" as const,
    title: messages.getMessage("invalidSpec.title"),
    help: messages.getMessage("invalidSpec.help"),
  };
  return {
    specs: validated,
    invalid: withoutRepetition(invalid),
    apps,
    report: {
      command: "cpq connectedapp validate",
      rules: [spec, ...lintRuleTexts()],
      subjects: validated.map(subjectOf),
    },
  };
}

/**
 * How many findings count against the specs.
 *
 * @param level the lowest level that counts; without it, the level that each spec sets
 */
export function countedFindings(specs: readonly ValidatedSpec[], level: Level | undefined): number {
  return specs.flatMap(({ findings, failOn }) => findingsFrom(level ?? failOn, findings)).length;
}

function problemFindings(problems: InvalidSpec["problems"]): Finding[] {
  return problems.map((problem) => ({
    rule: invalidRule,
    level: "error",
    message: problemText(problem),
    path: problem.path,
    location: problem.location,
  }));
}

function subjectOf({ file, environment, name, findings }: ValidatedSpec): FindingSubject {
  const what = name ?? file;
  return {
    name:
      environment === undefined ? what : messagesOf("findings").getMessage("subject", [what, environment]),
    file,
    findings,
  };
}

/** What is wrong outside the environments is wrong in each of them. To report it once is enough. */
function withoutRepetition(invalid: readonly InvalidSpec[]): InvalidSpec[] {
  const seen = new Set<string>();
  return invalid.flatMap((spec) => {
    const problems = spec.problems.filter((problem) => {
      const key = JSON.stringify([problem.id, problem.values, problem.location]);
      return seen.has(key) ? false : seen.add(key);
    });
    return problems.length === 0 ? [] : [{ ...spec, problems }];
  });
}
