import { expect, test } from "vitest";
import { timeText, utcText } from "../../../src/results/times.ts";

const now = Date.parse("2026-11-27T12:00:00.000Z");
const cases = [
  { at: "2026-11-27T11:59:30.418Z", shown: "2026-11-27T11:59:30Z (less than a minute ago)" },
  { at: "2026-11-27T11:59:20Z", shown: "2026-11-27T11:59:20Z (1 minute ago)" },
  { at: "2026-11-27T11:59:00Z", shown: "2026-11-27T11:59:00Z (1 minute ago)" },
  { at: "2026-11-27T11:00:01Z", shown: "2026-11-27T11:00:01Z (1 hour ago)" },
  { at: "2026-11-27T09:02:13.000+0000", shown: "2026-11-27T09:02:13Z (3 hours ago)" },
  { at: "2026-11-26T12:00:00Z", shown: "2026-11-26T12:00:00Z (24 hours ago)" },
  { at: "2026-11-25T12:00:00Z", shown: "2026-11-25T12:00:00Z (2 days ago)" },
  { at: "2026-11-25T12:00:01Z", shown: "2026-11-25T12:00:01Z (2 days ago)" },
  { at: "2026-11-25T13:00:00Z", shown: "2026-11-25T13:00:00Z (47 hours ago)" },
  { at: "2026-12-27T11:59:59Z", shown: "2026-12-27T11:59:59Z (in 30 days)" },
  { at: "2026-12-27T12:00:00Z", shown: "2026-12-27T12:00:00Z (in 30 days)" },
  { at: "2026-11-27T12:00:20Z", shown: "2026-11-27T12:00:20Z (in less than a minute)" },
  { at: "?", shown: "?" },
];
test.each(cases)("$at is shown as $shown", ({ at, shown }) => {
  expect(timeText(at, now)).toBe(shown);
  expect(shown.startsWith(utcText(at))).toBe(true);
});
