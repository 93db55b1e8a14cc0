import { describe, expect, test } from "vitest";
import { deployInterval, pauseAfter, pollUntilDone, retrieveInterval } from "../../../src/org/polling.ts";

const later = () => Date.now() + 60_000;

test("a done answer ends it", async () => {
  let asked = 0;
  const answer = await pollUntilDone(async () => ({ done: ++asked === 3, asked }), later());
  expect(answer).toEqual({ done: true, asked: 3 });
});

test("after the deadline, the last answer is given as it is", async () => {
  expect(await pollUntilDone(async () => ({ done: false }), Date.now())).toEqual({ done: false });
});

test("the last question is asked at the deadline", async () => {
  const asked: number[] = [];
  const deadline = Date.now() + 30;
  const ask = async () => {
    asked.push(Date.now());
    return { done: false };
  };
  await pollUntilDone(ask, deadline);
  expect(asked.length).toBeGreaterThan(1);
  expect(asked.at(-1)).toBeGreaterThanOrEqual(deadline);
});

test("a bad moment of the org is survived", async () => {
  let asked = 0;
  const ask = async () => {
    asked += 1;
    if (asked === 1) throw new Error("503");
    return { done: true };
  };
  expect(await pollUntilDone(ask, later())).toEqual({ done: true });
});

/** How a job that ends at `end` is noticed. All times in milliseconds. */
function noticed(
  end: number,
  answerTakes: number,
  interval = deployInterval,
): { notice: number; calls: number } {
  let asked = 0;
  for (let calls = 1; ; calls++) {
    const answered = asked + answerTakes;
    // The org looks half-way between question and answer.
    if (asked + answerTakes / 2 >= end) return { notice: answered - end, calls };
    asked = answered + pauseAfter(interval(asked), answerTakes);
  }
}

/** Jobs that end at any moment from one second to another. */
function jobs(from: number, to: number, answerTakes: number) {
  const ends = Array.from({ length: (to - from) * 100 }, (_, index) => from * 1000 + (index + 0.5) * 10);
  const found = ends.map((end) => ({ end, ...noticed(end, answerTakes) }));
  const notices = found.map(({ notice }) => notice).sort((a, b) => a - b);
  return {
    median: notices[notices.length / 2] as number,
    worst: notices.at(-1) as number,
    worstShare: Math.max(...found.map(({ notice, end }) => notice / end)),
    mostCallsOverSeconds: Math.max(...found.map(({ calls, end }) => calls - end / 1000)),
  };
}

describe("the end of a job is noticed", () => {
  const spans: {
    title: string;
    from: number;
    to: number;
    median: number;
    worst: number;
    overSeconds: number;
  }[] = [
    { title: "soon after a deploy as most are", from: 0, to: 15, median: 300, worst: 600, overSeconds: 13 },
    {
      title: "as by one question a second up to a minute",
      from: 15,
      to: 60,
      median: 510,
      worst: 1200,
      overSeconds: 13,
    },
  ];
  // At least half of the way there and back of the question that notices it cannot be saved.
  test.each(spans.flatMap((span) => [0, 100, 250].map((answerTakes) => ({ ...span, answerTakes }))))(
    "$title, if an answer takes $answerTakes ms",
    ({ from, to, median, worst, overSeconds, answerTakes }) => {
      const found = jobs(from, to, answerTakes);
      expect(found.median).toBeLessThanOrEqual(median + answerTakes / 2);
      expect(found.worst).toBeLessThanOrEqual(worst + answerTakes / 2);
      expect(found.mostCallsOverSeconds).toBeLessThanOrEqual(overSeconds);
    },
  );

  test("within 2 % if it takes up to eight minutes, and always within ten seconds, with fewer questions than one a second", () => {
    const found = jobs(60, 480, 0);
    expect(found.worstShare).toBeLessThanOrEqual(0.0205);
    expect(jobs(480, 960, 0).worst).toBeLessThanOrEqual(10_000);
    expect(noticed(900_000, 0).calls).toBeLessThan(250);
  });

  test("with three questions if a deploy takes a second", () =>
    expect([0, 100, 250].map((answerTakes) => noticed(1000, answerTakes).calls)).toEqual([3, 3, 3]));

  test("of a retrieve at once, if it takes no time", () => {
    const found = [0, 50, 250].map((end) => noticed(end, 0, retrieveInterval).notice);
    expect(Math.max(...found)).toBeLessThanOrEqual(150);
  });

  test("without haste if the org answers slowly", () => expect(pauseAfter(600, 5000)).toBe(200));
});
