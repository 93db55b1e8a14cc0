import { expect, test } from "vitest";
import { confirmPromotion } from "../../../src/cli/runPromotion.ts";
import type { TargetOrg } from "../../../src/org/connect.ts";

const id = "00D000000000001EAA";
const org = { name: "production", id } as TargetOrg;

test.each([
  { what: "the Id", typed: [id], outcome: "passed", asked: 1 },
  { what: "the Id in 15 characters", typed: [id.slice(0, 15)], outcome: "passed", asked: 1 },
  { what: "the Id after another text", typed: ["00D", id], outcome: "passed", asked: 2 },
  { what: "nothing", typed: [""], outcome: "failed", asked: 1 },
  { what: "nothing after another text", typed: ["no", ""], outcome: "failed", asked: 2 },
  { what: "another text each time", typed: ["a", "b", "c", id], outcome: "failed", asked: 3 },
])(
  "$what is typed for a production org: $outcome after $asked questions",
  async ({ typed, outcome, asked }) => {
    const questions: string[] = [];
    const ask = async (question: string) => {
      questions.push(question);
      return typed[questions.length - 1] ?? "";
    };
    const given = { noPrompt: false, yesProduction: false };
    expect(await confirmPromotion(org, "production", given, ask)).toMatchObject({
      id: "confirmation",
      outcome,
    });
    expect(questions).toHaveLength(asked);
    for (const question of questions) expect(question).toContain(id);
  },
);
