import { describe, expect, test } from "vitest";
import { driftHtml } from "../../../src/report/drift/html/page.ts";
import { type DriftRun, driftRunOf, type PlaceInRun } from "../../../src/results/driftHistory.ts";
import { sampleDrift } from "./sampleDrift.ts";
import { sampleRuns } from "./sampleRuns.ts";

/** The rows of the history, as text. */
function rowsOf(runs: readonly DriftRun[]): string[] {
  const [, section = ""] = driftHtml(sampleDrift(), runs).split('<section id="history">');
  return [...section.matchAll(/<li.*?<\/li>/gs)].map(([row]) =>
    row
      .replace(/<svg.*?<\/svg>|<[^>]*>/gs, " ")
      .replace(/\s+/g, " ")
      .trim(),
  );
}

/** One environment over some runs, a day apart. */
function runsOf(...found: (Partial<PlaceInRun> | undefined)[]): DriftRun[] {
  return found.map((one, index) => ({
    schemaVersion: 1,
    checkedAt: `2026-11-0${index + 1}T05:30:00.000Z`,
    version: "0.1.0",
    places:
      one === undefined
        ? []
        : [{ environment: "uat", org: "cpq-uat", apps: 1, unchecked: 0, differences: 0, ...one }],
  }));
}

const drifted = { differences: 2, worst: "function" } as const;

describe("what is kept of a run", () => {
  test("is one entry for each environment, with its counts and the worst severity", () => {
    const { places, checkedAt } = driftRunOf(sampleDrift());
    expect(checkedAt).toBe("2026-11-24T05:30:12.418Z");
    expect(places.map(({ environment }) => environment)).toEqual([
      "development",
      "integration",
      "uat",
      "staging",
      "production",
    ]);
    expect(places.reduce((sum, { differences }) => sum + differences, 0)).toBe(14);
    expect(places.reduce((sum, { apps }) => sum + apps, 0)).toBe(sampleDrift().apps.length);
    expect(places.find(({ environment }) => environment === "production")?.worst).toBe("security");
  });
});

describe("how drift went", () => {
  const cases: { title: string; runs: DriftRun[]; row: string }[] = [
    { title: "never", runs: runsOf({}, {}), row: "uat (cpq-uat) In sync in all of these runs" },
    {
      title: "since a run",
      runs: runsOf({}, drifted, drifted),
      row: "uat (cpq-uat) Drifted since 2026-11-02T05:30:00Z",
    },
    {
      title: "no longer",
      runs: runsOf(drifted, {}, {}),
      row: "uat (cpq-uat) In sync since 2026-11-02T05:30:00Z",
    },
    {
      title: "unknown since the last run",
      runs: runsOf({}, { unchecked: 1 }),
      row: "uat (cpq-uat) Not checked since 2026-11-02T05:30:00Z",
    },
    {
      title: "left out of the last run",
      runs: runsOf(drifted, undefined),
      row: "uat (cpq-uat) Not part of the last run",
    },
  ];
  test.each(cases)("$title", ({ runs, row }) => {
    expect(rowsOf(runs)).toEqual([row]);
  });

  test("is drawn with a column for each run in which the environment was part", () => {
    const html = driftHtml(sampleDrift(), runsOf({}, undefined, drifted));
    const [, drawing = ""] = html.split('<svg class="runs"');
    const columns = [...(drawing.split("</svg>")[0] ?? "").matchAll(/<rect class="(\w+)" x="(\d+)"/g)];
    expect(columns.map(([, name, x]) => [name, Number(x)])).toEqual([
      ["inSync", 1],
      ["function", 21],
    ]);
  });

  test("is drawn for a fleet only where something happened, most first", () => {
    const rows = rowsOf(sampleRuns(100));
    expect(rows.length).toBe(40);
    expect(driftHtml(sampleDrift(), sampleRuns(100))).toContain("60 more environments were in sync");
  });

  test("is not in a report without a history", () => {
    expect(driftHtml(sampleDrift())).not.toContain('id="history"');
  });
});

test("the report of a lone app has no filters", () => {
  const report = { ...sampleDrift(), apps: sampleDrift().apps.slice(0, 1) };
  expect(driftHtml(report)).not.toContain("<form");
  expect(driftHtml(sampleDrift())).toContain("<form");
});
