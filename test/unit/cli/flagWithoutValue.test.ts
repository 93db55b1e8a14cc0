import { expect, test } from "vitest";
import { flagWithoutValue } from "../../../src/cli/cpqCommand.ts";

const cases = [
  { argv: ["--spec", ""], flag: "--spec" },
  { argv: ["--json", "--target-org", "  ", "--wait", "1"], flag: "--target-org" },
  { argv: ["--environment="], flag: "--environment" },
  { argv: ["-o", ""], flag: "-o" },
  { argv: ["--spec", "a.yaml", "--output=report.html"], flag: undefined },
  { argv: ["an argument", ""], flag: undefined },
  { argv: ["--", "--spec", ""], flag: undefined },
  { argv: [], flag: undefined },
];
test.each(cases)("of $argv, the flag without a value is $flag", ({ argv, flag }) => {
  expect(flagWithoutValue(argv)).toBe(flag);
});
