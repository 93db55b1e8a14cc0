import { expect, test } from "vitest";
import { CallBudget } from "../../../../src/runs/drift/callBudget.ts";

const refusal = expect.objectContaining({ name: "MaxCallsError" });

/** Checks orgs one after the other, each with so many calls, and gives what each was able to make. */
function checked(budget: CallBudget, calls: readonly number[]): (number | "not begun")[] {
  return calls.map((count) => {
    try {
      const org = budget.open();
      for (let call = 0; call < count; call++) org.take(1);
      org.close();
      return org.made;
    } catch {
      return "not begun";
    }
  });
}

test("without a limit, calls are only counted", () =>
  expect(checked(new CallBudget(), [5, 700, 0])).toEqual([5, 700, 0]));

test("once the calls of one org are known, no org is begun for which too few are left", () =>
  expect(checked(new CallBudget(14), [4, 4, 4, 4, 4])).toEqual([4, 4, 4, "not begun", "not begun"]));

test("orgs that are open keep what they may still need", () => {
  const budget = new CallBudget(25);
  const first = budget.open();
  const second = budget.open();
  first.take(3);
  expect(() => budget.open()).toThrow(refusal);
  first.close();
  // The first one took 3, so 3 are kept for the second one.
  for (let org = 0; org < 6; org++) budget.open();
  expect(() => budget.open()).toThrow(refusal);
  expect(() => second.take(3)).not.toThrow();
});

test("never more calls are made than the limit, and several at once count as such", () => {
  const org = new CallBudget(6).open();
  org.take(4);
  expect(() => org.take(3)).toThrow(refusal);
  org.take(2);
  expect(() => org.take(1)).toThrow(refusal);
  expect(org.made).toBe(6);
});
