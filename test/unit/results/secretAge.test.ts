import { describe, expect, test } from "vitest";
import {
  isOlderThan,
  type SecretAge,
  secretAgeText,
  shortSecretAge,
} from "../../../src/results/secretAge.ts";

const day = 24 * 60 * 60_000;
const now = Date.parse("2026-11-27T08:00:00Z");
const ago = (days: number) => new Date(now - days * day).toISOString();

interface Case {
  title: string;
  age: SecretAge;
  /** Against 30 days. */
  isOlder: boolean | undefined;
  text: string;
}

const cases: Case[] = [
  {
    title: "stored on this machine a day ago",
    age: { since: ago(1), knownFrom: "machine", appSince: ago(300) },
    isOlder: false,
    text: "24 hours old, since 2026-11-26 (the store of this machine says so)",
  },
  {
    title: "of this morning",
    age: { since: ago(0.25), knownFrom: "machine" },
    isOlder: false,
    text: "6 hours old, since 2026-11-27 (the store of this machine says so)",
  },
  {
    title: "as old as it may be",
    age: { since: ago(30), knownFrom: "store" },
    isOlder: true,
    text: "30 days old, since 2026-10-28 (the spec's store says so)",
  },
  {
    title: "of an app that is younger itself",
    age: { appSince: ago(29), unknown: "Nobody knows." },
    isOlder: false,
    text: "at most 29 days old, as the app is",
  },
  {
    title: "of an old app, which may have been given another since",
    age: { appSince: ago(31), unknown: "Nobody knows." },
    isOlder: undefined,
    text: "at most 31 days old, as the app is",
  },
  { title: "unknown", age: { unknown: "Nobody knows." }, isOlder: undefined, text: "age unknown" },
  {
    title: "from a clock that is ahead",
    age: { since: ago(-1), knownFrom: "org" },
    isOlder: false,
    text: "less than a minute old, since 2026-11-28 (the org says so)",
  },
];

describe("the age of a secret", () => {
  test.each(cases)("$title", ({ age, isOlder, text }) => {
    expect(isOlderThan(age, 30 * day, now)).toBe(isOlder);
    expect(secretAgeText(age, now)).toBe(text);
  });

  test("is short in lists, where a new or unknown secret is not worth a word", () => {
    expect(cases.map(({ age }) => shortSecretAge(age, now))).toEqual([
      "24 hours old",
      undefined,
      "30 days old",
      ...[undefined, undefined, undefined, undefined],
    ]);
  });
});
