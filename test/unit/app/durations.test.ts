import { describe, expect, test } from "vitest";
import {
  canonicalDuration,
  canonicalLifetime,
  durationOfMinutes,
  millisecondsOf,
  minutesOf,
  withDaysInHours,
} from "../../../src/app/durations.ts";

describe("a duration", () => {
  test.each([
    { text: "90m", canonical: "90m", minutes: 90 },
    { text: "60m", canonical: "1h", minutes: 60 },
    { text: " 30 m ", canonical: "30m", minutes: 30 },
    { text: "2h", canonical: "2h", minutes: 120 },
    { text: "1d", canonical: "24h", minutes: 1440 },
    { text: "0m", canonical: "0m", minutes: 0 },
    { text: "0h", canonical: "0m", minutes: 0 },
  ])("$text is $canonical", ({ text, canonical, minutes }) => {
    expect(canonicalDuration(text)).toBe(canonical);
    expect(minutesOf(canonical)).toBe(minutes);
    expect(millisecondsOf(text)).toBe(minutes * 60_000);
    expect(durationOfMinutes(minutes)).toBe(canonical);
  });

  test.each(["", "30", "m", "x30m", "30mx", "30mo", "1234567m", "-1m", "1.5h"])("is not %j", (text) => {
    expect(canonicalDuration(text)).toBeUndefined();
    expect(millisecondsOf(text)).toBeUndefined();
  });

  test("of a session has no minutes", () => expect(minutesOf("session")).toBeNaN());
});

describe("a lifetime keeps its unit", () => {
  test.each([
    { text: "30d", canonical: "30d" },
    { text: " 024 h ", canonical: "24h" },
    { text: "6mo", canonical: "6mo" },
  ])("$text is $canonical", ({ text, canonical }) => expect(canonicalLifetime(text)).toBe(canonical));

  test.each(["", "0d", "d", "30m", "x30d", "30dx", "30d x", "1234567d"])("is not %j", (text) =>
    expect(canonicalLifetime(text)).toBeUndefined(),
  );
});

test.each([
  { text: "{lifetime: 365d}", hours: "{lifetime: 8760h}" },
  { text: "1d 2d", hours: "24h 48h" },
  { text: "{lifetime: 48h}", hours: "{lifetime: 48h}" },
  { text: "a1d 1days", hours: "a1d 1days" },
])("$text in hours is $hours", ({ text, hours }) => expect(withDaysInHours(text)).toBe(hours));
