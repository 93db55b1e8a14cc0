import { expect, test } from "vitest";
import type { JournalStep } from "../../../../src/results/journal.ts";
import { ownChangeOf } from "../../../../src/runs/appInOrg/ownChange.ts";
import { differencesOf, mayBeChangedSince } from "../../../../src/runs/undo/before.ts";

type Deploy = JournalStep["deploys"][number];

const at = (minute: number) => `2026-11-01T12:0${minute}:00.000Z`;
const sent = { sentAt: at(1), components: ["A"] };
const stepOf = (...deploys: Deploy[]): JournalStep => ({ id: "deploy", startedAt: at(0), deploys });

test.each<{ what: string; steps: JournalStep[]; ownChangeAt?: string; expected: object }>([
  { what: "no deploy", steps: [stepOf()], expected: { isUncertain: false, at: undefined } },
  {
    what: "a deploy that the org refused",
    steps: [stepOf({ ...sent, id: "1", status: "Failed", endedAt: at(2) })],
    expected: { isUncertain: false, at: undefined },
  },
  {
    what: "the last of several that succeeded",
    steps: [
      stepOf(
        { ...sent, id: "1", status: "Succeeded", endedAt: at(2) },
        { ...sent, id: "2", status: "SucceededPartial", endedAt: at(4) },
        { ...sent, id: "3", status: "Failed", endedAt: at(5) },
      ),
    ],
    expected: { isUncertain: false, at: at(4) },
  },
  {
    what: "an end that the org did not tell: not before it was sent",
    steps: [stepOf({ ...sent, id: "1", status: "Succeeded" })],
    expected: { isUncertain: false, at: at(1) },
  },
  {
    what: "an earlier run's change, if this one made none",
    steps: [stepOf()],
    ownChangeAt: at(3),
    expected: { isUncertain: false, at: at(3) },
  },
  {
    what: "a deploy whose end nobody knows",
    steps: [stepOf({ ...sent, id: "1" })],
    expected: { isUncertain: true, at: undefined },
  },
])("what a run changed: $what", ({ steps, ownChangeAt, expected }) => {
  const before = ownChangeAt === undefined ? {} : { before: { app: "A", files: [], ownChangeAt } };
  expect(ownChangeOf({ steps, ...before })).toEqual(expected);
});

const actual = { settings: {}, consumerKey: undefined };

test.each([
  { what: "before it", lastChange: { by: "Ada", at: at(1) }, expected: false },
  { what: "in the same second", lastChange: { by: "Ada", at: "2026-11-01T12:02:00.900Z" }, expected: false },
  { what: "after it", lastChange: { by: "Ada", at: at(3) }, expected: true },
  { what: "at a time that the org does not tell", lastChange: undefined, expected: true },
])("an app that was changed $what may be somebody else's: $expected", ({ lastChange, expected }) => {
  expect(mayBeChangedSince({ actual, lastChange }, at(2))).toBe(expected);
  expect(mayBeChangedSince({ actual: undefined, lastChange }, at(2))).toBe(false);
});

test("two deploys differ in what one of them does not say, or says otherwise", () => {
  const one = { label: "a", "oauth.scopes": "b", contactEmail: "c" };
  expect(differencesOf(one, { label: "a", "oauth.scopes": "x", iconUrl: "d" })).toEqual([
    "contactEmail",
    "iconUrl",
    "oauth.scopes",
  ]);
  expect(differencesOf(one, { ...one })).toEqual([]);
});
