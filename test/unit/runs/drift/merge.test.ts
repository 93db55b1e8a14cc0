import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { AppDrift, DriftReport, UnclaimedApp } from "../../../../src/results/drift.ts";
import { mergeReports } from "../../../../src/runs/drift/merge.ts";
import { folderWith } from "../../../temporaryFolders.ts";
import { sampleDrift } from "../../report/sampleDrift.ts";

const appOf = (org: string, name: string): AppDrift => ({
  ...{ kind: "ConnectedApp", name, label: name, specFile: `${name}.yaml`, org: { name: org } },
  ...{ state: "inSync", drifts: [], changes: [] },
});
const unclaimedIn = (org: string, name: string): UnclaimedApp => ({
  ...{ kind: "ConnectedApp", name, label: name, org: { name: org }, why: ["jwt"] },
});

function part(index: number, apps: AppDrift[], more: Partial<DriftReport> = {}): DriftReport {
  const checkedAt = `2026-11-24T05:30:0${index}.000Z`;
  return { schemaVersion: 1, version: "1.0.0", checkedAt, shard: { index, count: 3 }, apps, ...more };
}

/** The reports merged, each from a file of its own. */
function merged(...reports: unknown[]) {
  const names = reports.map((_, index) => `${index}.json`);
  const contents = reports.map((report) => (typeof report === "string" ? report : JSON.stringify(report)));
  const folder = folderWith(Object.fromEntries(names.map((name, index) => [name, contents[index] ?? ""])));
  return mergeReports(names.map((name) => join(folder, name)));
}

const parts = [
  part(1, [appOf("a", "Two"), appOf("a", "One"), appOf("d", "One")]),
  part(2, [appOf("b", "One")]),
  part(3, [appOf("c", "One")]),
];

describe("reports of all parts", () => {
  const orders = [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ].map((order) => ({ order, reports: order.map((index) => parts[index]) }));

  test.each(orders)("in the order $order are joined as one run has them", ({ reports }) => {
    const { report, missing } = merged(...reports);
    expect(missing).toEqual([]);
    expect(report.apps.map(({ org, name }) => `${org.name} ${name}`)).toEqual([
      ...["a Two", "a One", "b One", "c One", "d One"],
    ]);
    expect(report).not.toHaveProperty("shard");
    expect(report).not.toHaveProperty("unclaimed");
  });

  test("say when the first of them was made", () =>
    expect(merged(...[...parts].reverse()).report.checkedAt).toBe("2026-11-24T05:30:01.000Z"));

  test("keep every word of an app", () => {
    const { apps } = sampleDrift();
    const half = Math.floor(apps.length / 2);
    const { report } = merged(part(2, apps.slice(half)), part(1, apps.slice(0, half)), part(3, []));
    expect(report.apps).toHaveLength(apps.length);
    expect(report.apps).toEqual(expect.arrayContaining([...apps]));
  });
});

test("apps that no spec claims are joined in the order of the orgs, though not every part found some", () => {
  const { report } = merged(
    part(1, [], { unclaimed: [unclaimedIn("z", "Extra")] }),
    part(2, [], { unclaimed: [] }),
    part(3, [], { unclaimed: [unclaimedIn("b", "Other")] }),
  );
  expect(report.unclaimed?.map(({ name }) => name)).toEqual(["Other", "Extra"]);
});

test("apps that were passed over are joined too", () => {
  const passedOver = (org: string, name: string) => ({
    ...{ kind: "ConnectedApp" as const, name, org: { name: org }, why: "package" as const },
  });
  const { report } = merged(
    part(1, [], { passedOver: [passedOver("z", "acme__Z")] }),
    part(2, []),
    part(3, [], { passedOver: [passedOver("b", "acme__B")] }),
  );
  expect(report.passedOver?.map(({ name }) => name)).toEqual(["acme__B", "acme__Z"]);
});

test("parts that are missing are named", () => expect(merged(parts[1]).missing).toEqual([1, 3]));

test("a report of a whole run is its own merge, with nothing missing", () => {
  const whole = sampleDrift();
  const { report, missing } = merged(whole);
  expect(missing).toEqual([]);
  expect(report.apps).toHaveLength(whole.apps.length);
  expect(report.unclaimed).toHaveLength(whole.unclaimed?.length ?? 0);
});

const refusals = [
  {
    title: "an app twice",
    reports: [parts[1], { ...parts[1], shard: { index: 3, count: 3 } }],
    name: "AppTwiceError",
  },
  {
    title: "parts of different runs",
    reports: [parts[0], part(2, [], { shard: { index: 2, count: 2 } })],
    name: "OtherShardsError",
  },
  { title: "a part and a whole run", reports: [parts[0], sampleDrift()], name: "OtherShardsError" },
  { title: "a file that is no JSON", reports: ["{"], name: "NotAReportError" },
  { title: "JSON that is no report", reports: [{ apps: {} }], name: "NotAReportError" },
  {
    title: "a report of a later form",
    reports: [{ ...parts[0], schemaVersion: 2 }],
    name: "NotAReportError",
  },
];

test.each(refusals)("$title: an error", ({ reports, name }) => {
  expect(() => merged(...reports)).toThrow(expect.objectContaining({ name }));
});
