import { expect, test } from "vitest";
import { type AppDrift, type DriftReport, exitCodeOf } from "../../../src/results/drift.ts";

type State = Pick<AppDrift, "state" | "failure">;

const inSync: State = { state: "inSync" };
const drifted: State = { state: "drifted" };
const unchecked: State = { state: "unchecked", failure: { message: "", actions: [] } };
const partlyChecked: State = { ...drifted, failure: { message: "", actions: [] } };
const found: DriftReport["unclaimed"] = [
  { kind: "ConnectedApp", name: "Extra", label: "Extra", org: { name: "uat" }, why: ["jwt"] },
];

const reports: { title: string; states: State[]; unclaimed?: DriftReport["unclaimed"]; code: number }[] = [
  { title: "no app", states: [], code: 0 },
  { title: "all in sync", states: [inSync, inSync], code: 0 },
  { title: "all in sync, and no app that no spec claims", states: [inSync], unclaimed: [], code: 0 },
  { title: "one drifted", states: [inSync, drifted], code: 3 },
  { title: "an app that no spec claims", states: [inSync], unclaimed: found, code: 3 },
  { title: "one could not be checked", states: [inSync, unchecked], code: 1 },
  { title: "one could not be checked, another one drifted", states: [drifted, unchecked], code: 1 },
  { title: "one drifted, and could not be checked wholly", states: [partlyChecked], code: 1 },
  {
    title: "one could not be checked, and no spec claims another",
    states: [unchecked],
    unclaimed: found,
    code: 1,
  },
];

test.each(reports)("$title: exit code $code", ({ states, unclaimed, code }) => {
  const apps = states.map((state) => ({
    ...{
      kind: "ConnectedApp" as const,
      name: "App",
      label: "App",
      specFile: "app.yaml",
      org: { name: "uat" },
    },
    ...{ drifts: [], changes: [], ...state },
  }));
  const report = { schemaVersion: 1 as const, checkedAt: "", version: "", apps };
  expect(exitCodeOf({ ...report, ...(unclaimed === undefined ? {} : { unclaimed }) })).toBe(code);
});
