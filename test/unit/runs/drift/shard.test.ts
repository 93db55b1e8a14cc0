import { describe, expect, test } from "vitest";
import { shardOf } from "../../../../src/runs/drift/shard.ts";

const parts: { title: string; wanted?: string; variables?: Record<string, string>; part: string }[] = [
  { title: "a part by its number", wanted: "2/8", part: "2/8" },
  { title: "the only part", wanted: "1/1", part: "1/1" },
  {
    title: "a part by its number, whatever the surroundings say",
    wanted: "2/8",
    variables: { CPQ_SHARD: "1/2" },
    part: "2/8",
  },
  { title: "what a pipeline says by our own variable", variables: { CPQ_SHARD: "3/4" }, part: "3/4" },
  {
    title: "our own variable rather than the system's",
    variables: { CPQ_SHARD: "3/4", CI_NODE_INDEX: "1", CI_NODE_TOTAL: "2" },
    part: "3/4",
  },
  { title: "the first job of GitLab", variables: { CI_NODE_INDEX: "1", CI_NODE_TOTAL: "3" }, part: "1/3" },
  { title: "the last job of GitLab", variables: { CI_NODE_INDEX: "3", CI_NODE_TOTAL: "3" }, part: "3/3" },
  {
    title: "a job of Azure Pipelines",
    variables: { SYSTEM_JOBPOSITIONINPHASE: "2", SYSTEM_TOTALJOBSINPHASE: "2" },
    part: "2/2",
  },
  {
    title: "the first node of CircleCI",
    variables: { CIRCLE_NODE_INDEX: "0", CIRCLE_NODE_TOTAL: "4" },
    part: "1/4",
  },
  {
    title: "the last node of CircleCI",
    variables: { CIRCLE_NODE_INDEX: "3", CIRCLE_NODE_TOTAL: "4" },
    part: "4/4",
  },
  {
    title: "the first job of Buildkite",
    variables: { BUILDKITE_PARALLEL_JOB: "0", BUILDKITE_PARALLEL_JOB_COUNT: "2" },
    part: "1/2",
  },
  {
    title: "the first pod of an indexed Kubernetes job",
    variables: { JOB_COMPLETION_INDEX: "0", CPQ_SHARD_COUNT: "8" },
    part: "1/8",
  },
  {
    title: "the last pod of an indexed Kubernetes job",
    variables: { JOB_COMPLETION_INDEX: "7", CPQ_SHARD_COUNT: "8" },
    part: "8/8",
  },
];

test.each(parts)("$title", ({ wanted = "auto", variables = {}, part }) => {
  const { index, count } = shardOf(wanted, variables);
  expect(`${index}/${count}`).toBe(part);
});

describe("is refused as wrong usage", () => {
  const refused: {
    title: string;
    wanted?: string;
    variables?: Record<string, string>;
    name: string;
    words: RegExp;
  }[] = [
    { title: "a part of none", wanted: "0/3", name: "InvalidShardError", words: /--shard.*0\/3/ },
    { title: "a part beyond the last", wanted: "4/3", name: "InvalidShardError", words: /4\/3/ },
    { title: "a word", wanted: "first", name: "InvalidShardError", words: /first/ },
    { title: "a part of too many", wanted: "1/10000", name: "InvalidShardError", words: /10000/ },
    { title: "no part around", name: "NoShardError", words: /auto/ },
    {
      title: "an empty variable",
      variables: { CI_NODE_INDEX: "", CI_NODE_TOTAL: "3" },
      name: "NoShardError",
      words: /auto/,
    },
    {
      title: "our own variable that is no part",
      variables: { CPQ_SHARD: "2 of 3" },
      name: "InvalidShardError",
      words: /CPQ_SHARD.*2 of 3/,
    },
    {
      title: "a Kubernetes job that does not say of how many",
      variables: { JOB_COMPLETION_INDEX: "0" },
      name: "NoShardCountError",
      words: /JOB_COMPLETION_INDEX.*CPQ_SHARD_COUNT/,
    },
    {
      title: "a pod beyond the last",
      variables: { JOB_COMPLETION_INDEX: "8", CPQ_SHARD_COUNT: "8" },
      name: "InvalidShardError",
      words: /JOB_COMPLETION_INDEX=8, CPQ_SHARD_COUNT=8/,
    },
  ];
  test.each(refused)("$title", ({ wanted = "auto", variables = {}, name, words }) => {
    expect(() => shardOf(wanted, variables)).toThrow(
      expect.objectContaining({ name, exitCode: 2, message: expect.stringMatching(words) }),
    );
  });
});
