import { expect, test } from "vitest";
import { maxAgeFlag } from "../../../src/cli/trustFlags.ts";

test.each([
  { usual: "45m", minutes: 45 },
  { usual: "12h", minutes: 12 * 60 },
  { usual: "1d", minutes: 24 * 60 },
  { usual: "30d", minutes: 30 * 24 * 60 },
])("an age of $usual that nobody gave is as long as one that somebody gave", async ({ usual, minutes }) => {
  const flag = maxAgeFlag("plan-max-age", "", usual);
  const { default: unsaid, parse } = flag as unknown as {
    default(): Promise<number>;
    parse(text: string): Promise<number>;
  };
  expect({ unsaid: await unsaid(), given: await parse(usual) }).toEqual({ unsaid: minutes, given: minutes });
});
