import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ipRangeText, parseIpRange } from "../../../src/app/ipRange.ts";

const canonical = (source: string) => {
  const found = parseIpRange(source);
  return "problem" in found ? found.problem : ipRangeText(found);
};

test.each([
  { source: "10.0.0.0/8", expected: "10.0.0.0/8" },
  { source: "10.0.0.0-10.255.255.255", expected: "10.0.0.0/8" },
  { source: "10.0.0.1 – 10.0.0.9", expected: "10.0.0.1-10.0.0.9" },
  { source: "10.0.0.1-10.0.0.1", expected: "10.0.0.1" },
  { source: " 10.0.0.7 ", expected: "10.0.0.7" },
  { source: "10.0.0.7/32", expected: "10.0.0.7" },
  { source: "0.0.0.0/0", expected: "0.0.0.0/0" },
  { source: "10.0.0.2-10.0.0.5", expected: "10.0.0.2-10.0.0.5" },
  { source: "2001:DB8:0:0::/32", expected: "2001:db8::/32" },
  { source: "2001:db8::-2001:db8::ffff", expected: "2001:db8::/112" },
  { source: "::/0", expected: "::/0" },
  { source: "0:0:0:0:0:0:0:1", expected: "::1" },
])("the range $source is $expected", ({ source, expected }) => expect(canonical(source)).toBe(expected));

test.each([
  { source: "", problem: "ipRange" },
  { source: "here", problem: "ipRange" },
  { source: "10.1", problem: "ipRange" },
  { source: "10.0.0.256", problem: "ipRange" },
  { source: "010.0.0.1", problem: "ipRange" },
  { source: "fe80::1%eth0", problem: "ipRange" },
  { source: "10.0.0.1-10.0.0.2-10.0.0.3", problem: "ipRange" },
  { source: "10.0.0.0/8/8", problem: "ipRange" },
  { source: "here/8", problem: "ipRange" },
  { source: "here-10.0.0.1", problem: "ipRange" },
  { source: "10.0.0.1-here", problem: "ipRange" },
  { source: "10.0.0.0/1x", problem: "ipRangePrefix" },
  { source: "10.0.0.0/x1", problem: "ipRangePrefix" },
  { source: "10.0.0.9-10.0.0.1", problem: "ipRangeOrder" },
  { source: "10.0.0.1-::1", problem: "ipRangeFamilies" },
  { source: "10.0.0.0/33", problem: "ipRangePrefix" },
  { source: "10.0.0.0/x", problem: "ipRangePrefix" },
  { source: "::/129", problem: "ipRangePrefix" },
  { source: "10.0.0.1/8", problem: "ipRangeHostBits" },
])("the range $source is refused: $problem", ({ source, problem }) =>
  expect(canonical(source)).toBe(problem),
);

describe("any two addresses", () => {
  const pair = fc.oneof(fc.tuple(fc.ipV4(), fc.ipV4()), fc.tuple(fc.ipV6(), fc.ipV6()));
  test("make a range in one order whose canonical text means the same range", () => {
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const ranges = [`${one}-${other}`, `${other}-${one}`]
          .map(parseIpRange)
          .filter((found) => "start" in found);
        expect(ranges.length).toBeGreaterThan(0);
        for (const bounds of ranges) expect(parseIpRange(ipRangeText(bounds))).toEqual(bounds);
      }),
      { seed: 20_260_101, numRuns: 500 },
    );
  });
});

test.each([
  { what: "that are no addresses", start: "a", end: "b" },
  { what: "of which the first is none", start: "a", end: "10.0.0.1" },
  { what: "of which the last is none", start: "10.0.0.1", end: "b" },
  { what: "of two families", start: "0.0.0.0", end: "::ffff" },
  { what: "in the wrong order", start: "10.0.0.2", end: "10.0.0.1" },
])("bounds $what stay as they are", ({ start, end }) =>
  expect(ipRangeText({ start, end })).toBe(`${start}-${end}`),
);
