import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";

/** What brings a pipeline about. */
export type PipelineEvent = "pullRequest" | "forkPullRequest" | "merge" | "night" | "quarter";

/** A shell step, and all that the pipeline's file passes to it. */
export interface PlayedStep {
  script: string;
  env: Record<string, string>;
  id?: string;
  /** Whether it runs, by the outputs of the steps before it. */
  isOn?: (outputs: Readonly<Record<string, Record<string, string>>>) => boolean;
}

/** A job as its system's runner gets it. */
export interface PlayedJob {
  name: string;
  steps: PlayedStep[];
  /** Files and folders that are kept for later jobs. */
  gives: string[];
  /** Whether it gets what former jobs gave. */
  takes: boolean;
}

/** Reads a pipeline as its system does. */
interface PlayedSystem {
  /** Variables that the system sets in each job. */
  variables: Record<string, string>;
  /** The jobs of an event, in their order. Each reads the secrets when it is asked for, as it starts. */
  jobs(folder: string, event: PipelineEvent, secrets: SecretsOf): Generator<PlayedJob>;
}

/** The secrets of the system by their names, in one of its environments if it has such. */
type SecretsOf = (environment?: string) => Record<string, string>;

/** What the words of an expression stand for. */
type Contexts = Readonly<Record<string, unknown>>;

/** The expressions of these systems are those of JavaScript, as far as they are used here. */
function evaluated(expression: string, contexts: Contexts): unknown {
  const names = Object.keys(contexts);
  const code = expression.replaceAll("strategy.job-total", 'strategy["job-total"]');
  return new Function(...names, `return (${code});`)(...names.map((name) => contexts[name]));
}

interface GithubJob {
  if?: string;
  needs?: string;
  environment?: string;
  strategy?: { matrix: { shard: number[] } };
  steps: { if?: string; id?: string; run?: string; uses?: string; env?: Contexts; with?: Contexts }[];
}

const github: PlayedSystem = {
  variables: { CI: "true", GITHUB_ACTIONS: "true" },
  *jobs(folder, event, secretsOf) {
    const workflow = parse(readFileSync(join(folder, ".github/workflows/cpq-apps.yml"), "utf8")) as {
      env: Contexts;
      jobs: Record<string, GithubJob>;
    };
    const pullRequest = (fork: boolean) => ({
      event_name: "pull_request",
      event: { pull_request: { number: 7, head: { repo: { fork } } } },
    });
    const events = {
      pullRequest: pullRequest(false),
      forkPullRequest: pullRequest(true),
      merge: { event_name: "push", event: {} },
      night: { event_name: "schedule", event: { schedule: "17 3 * * *" } },
      quarter: { event_name: "schedule", event: { schedule: "43 4 1 1,4,7,10 *" } },
    };
    const needs: Record<string, { result: string }> = {};
    for (const [name, job] of Object.entries(workflow.jobs)) {
      const always = { always: () => true, cancelled: () => false, inputs: {}, needs };
      const contexts = { ...always, github: { ...events[event], token: "TokenOfTheJob" } };
      const condition = job.if?.replace(/^\$\{\{(.*)\}\}$/, "$1") ?? "true";
      const isNeedMet = job.needs === undefined || needs[job.needs]?.result === "success";
      const isOn = isNeedMet && evaluated(condition, contexts) === true;
      needs[name] = { result: isOn ? "success" : "skipped" };
      const shards = job.strategy?.matrix.shard ?? [1];
      for (const shard of isOn ? shards : []) {
        const all = {
          ...contexts,
          secrets: secretsOf(job.environment),
          matrix: { shard },
          strategy: { "job-total": shards.length },
        };
        const filled = (text: unknown) =>
          String(text).replace(/\$\{\{(.*?)\}\}/g, (_, inner: string) => String(evaluated(inner, all) ?? ""));
        const uses = (action: string) =>
          job.steps.filter((step) => step.uses?.startsWith(`actions/${action}@`));
        yield {
          name,
          steps: job.steps.flatMap(({ run, id, env = {}, if: when = "true" }) =>
            run === undefined
              ? []
              : {
                  script: filled(run),
                  env: Object.fromEntries(
                    Object.entries({ ...workflow.env, ...env }).map(([key, value]) => [key, filled(value)]),
                  ),
                  ...(id === undefined ? {} : { id }),
                  isOn: (outputs) =>
                    evaluated(when, {
                      ...all,
                      steps: Object.fromEntries(
                        Object.entries(outputs).map(([step, values]) => [step, { outputs: values }]),
                      ),
                    }) === true,
                },
          ),
          gives: uses("upload-artifact").map((step) => filled(step.with?.path)),
          takes: uses("download-artifact").length > 0,
        };
      }
    }
  },
};

interface GitlabJob {
  extends?: string;
  before_script?: (string | string[])[];
  script?: string[];
  variables?: Record<string, string>;
  parallel?: number;
  rules?: { if: string }[];
  artifacts?: { paths?: string[] };
}

const gitlab: PlayedSystem = {
  variables: { CI: "true", GITLAB_CI: "true" },
  *jobs(folder, event, secretsOf) {
    const reference = { tag: "!reference", collection: "seq" as const };
    const { stages, variables, ...jobs } = parse(readFileSync(join(folder, ".gitlab-ci.yml"), "utf8"), {
      customTags: [reference],
    }) as Record<string, GitlabJob> & { stages: string[]; variables: Record<string, string> };
    const branches = { CI_COMMIT_BRANCH: "main", CI_DEFAULT_BRANCH: "main" };
    const events = {
      pullRequest: { CI_PIPELINE_SOURCE: "merge_request_event" },
      forkPullRequest: { CI_PIPELINE_SOURCE: "merge_request_event" },
      merge: { CI_PIPELINE_SOURCE: "push", ...branches },
      night: { CI_PIPELINE_SOURCE: "schedule", ...branches },
      quarter: { CI_PIPELINE_SOURCE: "schedule", CPQ_TASK: "rotate", ...branches },
    };
    const given: Record<string, string> = events[event];
    for (const [name, job] of Object.entries(jobs)) {
      const holds = (rule: string) =>
        evaluated(
          rule.replace(/\$(\w+)/g, (_, variable: string) => JSON.stringify(given[variable] ?? null)),
          {},
        );
      if (job.rules === undefined || !job.rules.some((rule) => holds(rule.if) === true)) continue;
      const before = (of: GitlabJob): string[] =>
        of.before_script === undefined
          ? of.extends === undefined
            ? []
            : before(jobs[of.extends] as GitlabJob)
          : of.before_script.flatMap((line) =>
              typeof line === "string" ? [line] : before(jobs[line[0] ?? ""] as GitlabJob),
            );
      const count = job.parallel ?? 1;
      for (let index = 1; index <= count; index += 1) {
        const secrets = secretsOf();
        const own = Object.entries(job.variables ?? {}).map(([key, value]) => [
          key,
          value.replace(/^\$(\w+)$/, (_, variable: string) => secrets[variable] ?? ""),
        ]);
        const shard = { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(count) };
        yield {
          name,
          steps: [
            {
              script: [...before(job), ...(job.script ?? [])].join("\n"),
              env: { ...given, ...shard, ...variables, ...secrets, ...Object.fromEntries(own) },
            },
          ],
          gives: job.artifacts?.paths ?? [],
          takes: true,
        };
      }
    }
  },
};

interface AzureStep {
  bash?: string;
  task?: string;
  inputs?: Record<string, string>;
  env?: Record<string, string>;
  publish?: string;
}
interface AzureJob {
  job?: string;
  deployment?: string;
  steps?: AzureStep[];
  strategy?: { parallel?: string; runOnce?: { deploy: { steps: AzureStep[] } } };
}

const azure: PlayedSystem = {
  variables: { TF_BUILD: "True" },
  *jobs(folder, event, secretsOf) {
    const { stages, variables } = parse(readFileSync(join(folder, "azure-pipelines.yml"), "utf8")) as {
      stages: { stage: string; condition?: string; dependsOn?: string; jobs: AzureJob[] }[];
      variables: { name?: string; value?: string }[];
    };
    const events = {
      pullRequest: { "Build.Reason": "PullRequest", "Build.SourceBranch": "refs/pull/7/merge" },
      forkPullRequest: { "Build.Reason": "PullRequest", "Build.SourceBranch": "refs/pull/7/merge" },
      merge: { "Build.Reason": "IndividualCI", "Build.SourceBranch": "refs/heads/main" },
      night: { "Build.Reason": "Schedule", "Build.CronSchedule.DisplayName": "Drift" },
      quarter: { "Build.Reason": "Schedule", "Build.CronSchedule.DisplayName": "Rotation" },
    };
    const done = new Set<string>();
    for (const { stage, condition = "succeeded()", dependsOn, jobs } of stages) {
      const functions = {
        eq: (one: unknown, other: unknown) => one === other,
        ne: (one: unknown, other: unknown) => one !== other,
        and: (...all: boolean[]) => all.every(Boolean),
        succeeded: () => typeof dependsOn !== "string" || done.has(dependsOn),
        variables: events[event],
      };
      if (evaluated(condition, functions) !== true) continue;
      done.add(stage);
      for (const { job, deployment, strategy, steps = strategy?.runOnce?.deploy.steps ?? [] } of jobs) {
        const count = Number(strategy?.parallel ?? 1);
        for (let position = 1; position <= count; position += 1) {
          const secrets = secretsOf();
          const shard = {
            SYSTEM_JOBPOSITIONINPHASE: String(position),
            SYSTEM_TOTALJOBSINPHASE: String(count),
          };
          const plain = Object.fromEntries(
            variables.flatMap(({ name, value }) => (name ? [[name, value]] : [])),
          );
          yield {
            name: job ?? deployment ?? "",
            steps: steps.flatMap(({ bash, inputs = {}, env = {} }) => {
              const script = bash ?? inputs.script ?? inputs.inlineScript;
              const own = Object.entries(env).map(([key, value]) => [
                key,
                // A secret that is not there leaves its reference as it stands.
                value.replace(/^\$\((\w+)\)$/, (whole, name: string) => secrets[name] ?? whole),
              ]);
              return script === undefined
                ? []
                : { script, env: { ...shard, ...plain, ...Object.fromEntries(own) } };
            }),
            gives: steps.flatMap(({ publish }) =>
              publish === undefined ? [] : publish.replace("$(System.JobPositionInPhase)", String(position)),
            ),
            takes: steps.some(({ task }) => task?.startsWith("DownloadPipelineArtifact@")),
          };
        }
      }
    }
  },
};

/** All stages of a build run on one agent, in one home. */
const jenkins: PlayedSystem = {
  variables: { JENKINS_URL: "https://jenkins.example.com" },
  *jobs(folder, event, secretsOf) {
    const text = readFileSync(join(folder, "Jenkinsfile"), "utf8");
    const wanted = {
      pullRequest: ["Install", "Check"],
      forkPullRequest: ["Install", "Check"],
      merge: ["Install", "Check", "Log in", "Deploy", "Promote"],
      night: ["Install", "Check", "Log in", "Drift"],
      quarter: ["Install", "Check", "Log in", "Rotate"],
    }[event];
    const task = event === "quarter" ? "rotate" : "deploy";
    const secrets = secretsOf();
    const stages = text.split(/^ {4}stage\(/m).slice(1);
    const steps = stages.flatMap((stage): PlayedStep[] => {
      const name = /^'([^']*)'/.exec(stage)?.[1] ?? "";
      const script = /\bsh (?:'''([\s\S]*?)'''|'([^'\n]*)')/.exec(stage);
      const env = [...stage.matchAll(/(\w+) = credentials\('([\w-]+)'\)/g)].map(
        ([, variable = "", id = ""]) => {
          if (secrets[id] === undefined) throw new Error(`There are no credentials ${id}.`);
          return [variable, secrets[id]];
        },
      );
      const given = {
        ...Object.fromEntries(env),
        SPECS: /SPECS = '([^']*)'/.exec(text)?.[1] ?? "",
        TASK: task,
      };
      return wanted.includes(name) ? [{ script: script?.[1] ?? script?.[2] ?? "", env: given }] : [];
    });
    yield { name: event, steps, gives: [], takes: false };
  },
};

interface CronJob {
  kind: string;
  spec: {
    jobTemplate: {
      spec: {
        completions: number;
        template: {
          spec: {
            containers: {
              args: string[];
              env: { name: string; value?: string; valueFrom?: { secretKeyRef?: { key: string } } }[];
            }[];
          };
        };
      };
    };
  };
}

/** The specs as the volume of a ConfigMap has them: links to files of a hidden folder, which is replaced as a whole. */
const asMounted = `ROOT=$PWD; sf plugins install sf-plugin-cpq # as in the image
mv specs version && mkdir specs && mv version specs/..2026 && ln -s ..2026 specs/..data
for file in specs/..2026/*; do ln -s "..data/$(basename "$file")" specs/; done
`;

/** Each pod of the indexed job has a home of its own; the reports are in a volume that they share. */
const kubernetes: PlayedSystem = {
  variables: {},
  *jobs(folder, _event, secretsOf) {
    const documents = parseAllDocuments(readFileSync(join(folder, "kubernetes/drift.yaml"), "utf8"));
    const cronJob = documents
      .map((document) => document.toJS())
      .find(({ kind }) => kind === "CronJob") as CronJob;
    const { completions, template } = cronJob.spec.jobTemplate.spec;
    const [container] = template.spec.containers;
    for (let index = 0; index < completions; index += 1) {
      const secrets = secretsOf();
      const env = (container?.env ?? []).map(({ name, value, valueFrom }) => {
        const key = valueFrom?.secretKeyRef?.key;
        return [name, value ?? (key === undefined ? "cpq-drift-1" : (secrets[key] ?? ""))];
      });
      yield {
        name: `drift-${index}`,
        steps: [
          {
            script:
              asMounted + (container?.args.join("\n") ?? "").replaceAll(/\/(specs|reports)\b/g, "$ROOT/$1"),
            env: { ...Object.fromEntries(env), JOB_COMPLETION_INDEX: String(index) },
          },
        ],
        gives: ["reports"],
        takes: true,
      };
    }
  },
};

export const playedSystems = { github, gitlab, azure, jenkins, kubernetes } as const;
