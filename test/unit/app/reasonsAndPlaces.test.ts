import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { byPlace, placeOf } from "../../../src/app/place.ts";
import { reasonOf } from "../../../src/app/reasonOf.ts";
import { secretReference } from "../../../src/app/secretReference.ts";

const systemError = (message: string, more: object) => Object.assign(new Error(message), more);

describe("what was thrown says", () => {
  test.each([
    { what: "its message", thrown: new TypeError("not a number"), reason: "not a number" },
    { what: "itself, if it is no error", thrown: "broken", reason: "broken" },
    { what: "that it is nothing", thrown: undefined, reason: "undefined" },
    {
      what: "only the words of the file system",
      thrown: systemError("E2BIG: argument list too long, open 'a, b'", { code: "E2BIG", syscall: "open" }),
      reason: "argument list too long",
    },
    {
      what: "all, if no call of the system failed",
      thrown: systemError("EOF: that was all, sorry", { code: "EOF" }),
      reason: "EOF: that was all, sorry",
    },
    {
      what: "all, if it has no code",
      thrown: systemError("ENOENT: no such file, open 'a'", { syscall: "open" }),
      reason: "ENOENT: no such file, open 'a'",
    },
    {
      what: "all, if it has other words",
      thrown: systemError("connect ECONNREFUSED: no, thanks", { code: "ECONNREFUSED", syscall: "connect" }),
      reason: "connect ECONNREFUSED: no, thanks",
    },
  ])("$what", ({ thrown, reason }) => expect(reasonOf(thrown)).toBe(reason));

  test("why a real file cannot be read", () => {
    let thrown: unknown;
    try {
      readFileSync(`${import.meta.dirname}/no such, file`);
    } catch (error) {
      thrown = error;
    }
    expect(reasonOf(thrown)).toBe("no such file or directory");
  });
});

test("places are written as editors take them, and come by line, then by column", () => {
  const place = (line: number, column: number) => ({ location: { file: "a.yaml", line, column } });
  const sorted = [place(2, 1), place(1, 9), place(10, 1), place(1, 2)].sort(byPlace);
  expect(sorted.map(({ location }) => placeOf(location))).toEqual([
    "a.yaml:1:2",
    "a.yaml:1:9",
    "a.yaml:2:1",
    "a.yaml:10:1",
  ]);
});

describe("a secret", () => {
  test.each([
    "${env:CPQ_SECRET}",
    "${file:/run/secrets/cpq}",
    "${command:op read op://vault/cpq/secret}",
    "${env:{APP}_{ENVIRONMENT}_SECRET}",
  ])("comes from elsewhere: %s", (text) => expect(text).toMatch(secretReference));

  test.each([
    "hunter2",
    "x${env:A}",
    "${env:A}x",
    "${env:}",
    "${other:A}",
    "${env:{NAME}_A}",
    "${env:A}${env:B}",
  ])("stands in %s itself", (text) => expect(text).not.toMatch(secretReference));
});
