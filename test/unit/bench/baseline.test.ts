import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compareFigures, comparisonText, type Figure, keptAfter } from "../../bench/baseline.ts";

const cases = [
  { title: "a count of one more is worse", kind: "count", kept: 9, found: 10, outcome: "worse" },
  { title: "a count of one less is better", kind: "count", kept: 9, found: 8, outcome: "better" },
  { title: "the same count", kind: "count", kept: 9, found: 9, outcome: "same" },
  { title: "a count where there was none is worse", kind: "count", kept: 0, found: 1, outcome: "worse" },
  { title: "a ratio within the tolerance", kind: "ratio", kept: 1, found: 1.19, outcome: "same" },
  { title: "a ratio beyond it", kind: "ratio", kept: 1, found: 1.21, outcome: "worse" },
  { title: "a ratio that is far lower", kind: "ratio", kept: 1, found: 0.7, outcome: "better" },
  { title: "memory within the tolerance", kind: "memory", kept: 100, found: 114, outcome: "same" },
  { title: "memory beyond it", kind: "memory", kept: 100, found: 116, outcome: "worse" },
] as const;
test.each(cases)("$title", ({ kind, kept, found, outcome }) => {
  const figures = (value: number): Figure[] => [{ name: "a", kind, value }];
  expect(compareFigures(figures(kept), figures(found))).toEqual([{ name: "a", kept, found, outcome }]);
});

test("what is new, and what was not measured, is neither better nor worse, and stays", () => {
  const kept: Figure[] = [{ name: "old", kind: "count", value: 4 }];
  const found: Figure[] = [{ name: "new", kind: "ratio", value: 2 }];
  const compared = compareFigures(kept, found);
  expect(compared.map(({ name, outcome }) => [name, outcome])).toEqual([
    ["new", "new"],
    ["old", "not measured"],
  ]);
  expect(keptAfter(kept, found)).toEqual([...found, ...kept]);
  expect(comparisonText(compared)).toBe(
    "new     new: 2\nBeside the kept figures: 0 worse, 0 better, 0 same, 1 new, 1 not measured.",
  );
});

test("a figure that is worse is said with both values, and how much it is", () => {
  const [kept, found] = [9, 12].map((value): Figure[] => [{ name: "requests", kind: "count", value }]);
  expect(comparisonText(compareFigures(kept ?? [], found ?? []))).toMatch(
    /^worse {3}requests: 9 → 12 \(\+33 %\)$/m,
  );
});

test("the kept figures are figures, each once", () => {
  const file = join(import.meta.dirname, "../../bench/baseline.json");
  const kept = JSON.parse(readFileSync(file, "utf8")) as Figure[];
  expect(kept.length).toBeGreaterThan(0);
  expect(new Set(kept.map(({ name }) => name)).size).toBe(kept.length);
  for (const { kind, value } of kept) {
    expect(["count", "ratio", "memory"]).toContain(kind);
    expect(value).toBeGreaterThan(0);
  }
});
