import { messagesOf } from "../../messages.ts";

/** A part of the orgs: the 2nd of 8 is `{index: 2, count: 8}`. */
export interface Shard {
  index: number;
  count: number;
}

/** How a system that runs jobs side by side tells each of them which one it is. */
interface JobSystem {
  /** Variable with the number of the job. */
  index: string;
  /** The number of the first job. */
  first: 0 | 1;
  /** Variable with the number of jobs. */
  count: string;
}

/** The variable by which a pipeline itself says which part a job checks, such as `2/8`. */
const ownVariable = "CPQ_SHARD";

/** The variable with the number of jobs, for systems that tell a job only its index. */
const ownCount = "CPQ_SHARD_COUNT";

/**
 * The systems, by the variables that they set. GitHub sets none: there, the job passes its matrix on as `CPQ_SHARD`.
 *
 * @see https://docs.gitlab.com/ci/variables/predefined_variables/
 * @see https://learn.microsoft.com/azure/devops/pipelines/build/variables#system-variables
 * @see https://circleci.com/docs/reference/variables/
 * @see https://buildkite.com/docs/pipelines/configure/environment-variables
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode
 */
const jobSystems: readonly JobSystem[] = [
  { index: "CI_NODE_INDEX", first: 1, count: "CI_NODE_TOTAL" },
  { index: "SYSTEM_JOBPOSITIONINPHASE", first: 1, count: "SYSTEM_TOTALJOBSINPHASE" },
  { index: "CIRCLE_NODE_INDEX", first: 0, count: "CIRCLE_NODE_TOTAL" },
  { index: "BUILDKITE_PARALLEL_JOB", first: 0, count: "BUILDKITE_PARALLEL_JOB_COUNT" },
  { index: "JOB_COMPLETION_INDEX", first: 0, count: ownCount },
];

/**
 * The part of the orgs that a job checks.
 *
 * @param wanted such as `2/8`, or `auto` if the surroundings tell it
 * @param variables the environment variables of the job
 * @throws SfError `InvalidShardError`, `NoShardError` or `NoShardCountError`
 */
export function shardOf(wanted: string, variables: NodeJS.ProcessEnv): Shard {
  if (wanted !== "auto") return shardIn(wanted, "--shard");
  const own = variables[ownVariable];
  if (own) return shardIn(own, ownVariable);
  const messages = messagesOf("connectedapp.drift");
  const system = jobSystems.find(({ index }) => variables[index]);
  if (system === undefined) throw messages.createError("noShard", [], [], 2);
  const { index, first, count } = system;
  const total = variables[count] || variables[ownCount];
  if (!total) throw messages.createError("noShardCount", [index, count], [count], 2);
  const position = Number(variables[index]) + 1 - first;
  return shardIn(`${position}/${total}`, `${index}=${variables[index]}, ${count}=${total}`);
}

function shardIn(text: string, from: string): Shard {
  const [, first, second] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const [index, count] = [Number(first), Number(second)];
  if (index >= 1 && index <= count) return { index, count };
  throw messagesOf("connectedapp.drift").createError("invalidShard", [from, text], [], 2);
}
