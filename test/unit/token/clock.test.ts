import { describe, expect, test } from "vitest";
import { clockOf } from "../../../src/token/clock.ts";

const date = "Thu, 26 Nov 2026 12:00:00 GMT";
const answered = Date.parse(date);

describe("the org's clock", () => {
  test.each<{ what: string; sentAt: number; receivedAt: number; ahead: number }>([
    { what: "is this machine's", sentAt: answered, receivedAt: answered + 200, ahead: 0 },
    {
      what: "is this machine's within the header's second",
      sentAt: answered + 900,
      receivedAt: answered + 990,
      ahead: 0,
    },
    {
      what: "is ours though the network is slow",
      sentAt: answered - 20_000,
      receivedAt: answered + 20_000,
      ahead: 0,
    },
    { what: "is behind ours", sentAt: answered + 301_000, receivedAt: answered + 301_500, ahead: 300 },
    { what: "is ahead of ours", sentAt: answered - 301_000, receivedAt: answered - 300_000, ahead: -300 },
  ])("$what", ({ sentAt, receivedAt, ahead }) =>
    expect(clockOf(date, sentAt, receivedAt)).toEqual({ now: answered / 1000, ahead }),
  );

  test.each([null, "yesterday"])("is taken to be ours if the answer names no time (%s)", (header) =>
    expect(clockOf(header, answered, answered + 500)).toEqual({ now: answered / 1000 + 0.5, ahead: 0 }),
  );
});
