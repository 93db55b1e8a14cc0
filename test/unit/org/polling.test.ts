import { expect, test } from "vitest";
import { pollUntilDone } from "../../../src/org/polling.ts";

const later = () => Date.now() + 60_000;

test("a done answer ends it", async () => {
  let asked = 0;
  const answer = await pollUntilDone(async () => ({ done: ++asked === 3, asked }), later());
  expect(answer).toEqual({ done: true, asked: 3 });
});

test("after the deadline, the last answer is given as it is", async () => {
  expect(await pollUntilDone(async () => ({ done: false }), Date.now())).toEqual({ done: false });
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
