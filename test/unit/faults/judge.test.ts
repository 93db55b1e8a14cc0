import { expect, test } from "vitest";
import type { Cell } from "../../faults/cells.ts";
import { type Baseline, faultsOfUnmet, verdict } from "../../faults/judge.ts";
import type { Ended } from "../../faults/world.ts";

const batch = "/services/data/v67.0/composite/batch";
const answer = { status: 0, result: { needs: ["met"] } };

function unmet({
  path = batch,
  after = 1,
  ended = answer,
}: {
  path?: string;
  after?: number;
  ended?: object;
}) {
  const { status = 0 } = ended as { status?: number };
  return faultsOfUnmet({
    cell: { title: "", request: { path }, faults: [{ fault: "silence", path, after }] } as unknown as Cell,
    ended: { status, stdout: JSON.stringify(ended) } as Ended,
    base: { status: 0, verdict: verdict(answer) } as Baseline,
  });
}

test.each([
  { title: "a further batch, and a run that ends as ever", wrong: [] },
  { title: "the first batch", after: 0, wrong: ["the request was not made"] },
  { title: "another request", path: "/services/oauth2/token", wrong: ["the request was not made"] },
  {
    title: "a further batch, and another exit code",
    ended: { status: 1 },
    wrong: [expect.stringContaining("ended with exit code 1")],
  },
  {
    title: "a further batch, and another answer",
    ended: { status: 0, result: { needs: ["missing"] } },
    wrong: [expect.stringContaining("joined with another one")],
  },
])("no request was made to be met: $title", ({ wrong, ...what }) => {
  expect(unmet(what)).toEqual(wrong);
});
