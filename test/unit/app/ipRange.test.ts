import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ipRangeText, parseIpRange } from "../../../src/app/ipRange.ts";

const canonical = (source: string) => {
  const found = parseIpRange(source);
  return "problem" in found ? found.problem : ipRangeText(found);
};

test.each([
  ["10.0.0.0/8", "10.0.0.0/8"],
  ["10.0.0.0-10.255.255.255", "10.0.0.0/8"],
  ["10.0.0.1 – 10.0.0.9", "10.0.0.1-10.0.0.9"],
  ["10.0.0.1-10.0.0.1", "10.0.0.1"],
  [" 10.0.0.7 ", "10.0.0.7"],
  ["10.0.0.7/32", "10.0.0.7"],
  ["0.0.0.0/0", "0.0.0.0/0"],
  ["10.0.0.2-10.0.0.5", "10.0.0.2-10.0.0.5"],
  ["2001:DB8:0:0::/32", "2001:db8::/32"],
  ["2001:db8::-2001:db8::ffff", "2001:db8::/112"],
  ["::/0", "::/0"],
  ["0:0:0:0:0:0:0:1", "::1"],
])("the range %s is %s", (source, expected) => expect(canonical(source)).toBe(expected));

test.each([
  ["", "ipRange"],
  ["here", "ipRange"],
  ["10.1", "ipRange"],
  ["10.0.0.256", "ipRange"],
  ["010.0.0.1", "ipRange"],
  ["fe80::1%eth0", "ipRange"],
  ["10.0.0.1-10.0.0.2-10.0.0.3", "ipRange"],
  ["10.0.0.0/8/8", "ipRange"],
  ["10.0.0.9-10.0.0.1", "ipRangeOrder"],
  ["10.0.0.1-::1", "ipRangeFamilies"],
  ["10.0.0.0/33", "ipRangePrefix"],
  ["10.0.0.0/x", "ipRangePrefix"],
  ["::/129", "ipRangePrefix"],
  ["10.0.0.1/8", "ipRangeHostBits"],
])("the range %j is refused: %s", (source, problem) => expect(canonical(source)).toBe(problem));

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

test("bounds that are no addresses stay as they are", () => {
  expect(ipRangeText({ start: "a", end: "10.0.0.1" })).toBe("a-10.0.0.1");
});
