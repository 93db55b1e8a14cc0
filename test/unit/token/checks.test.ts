import { describe, expect, test } from "vitest";
import { type CheckOutcome, isVerified } from "../../../src/results/check.ts";
import { verificationOf } from "../../../src/token/checks.ts";

const checks = (...outcomes: CheckOutcome[]) =>
  outcomes.map((outcome) => ({ id: "restApi" as const, outcome, detail: "", actions: [] }));

describe("what checks come to", () => {
  test.each<{ outcomes: CheckOutcome[]; whole: string }>([
    { outcomes: [], whole: "passed" },
    { outcomes: ["passed", "warning", "skipped"], whole: "passed" },
    { outcomes: ["passed", "unverified"], whole: "unverified" },
    { outcomes: ["unverified", "failed", "passed"], whole: "failed" },
  ])("$outcomes: $whole", ({ outcomes, whole }) => {
    const verification = verificationOf(checks(...outcomes));
    expect(verification.outcome).toBe(whole);
    expect(isVerified(verification)).toBe(whole === "passed");
  });

  test("an app that was not to be verified is no worse for it", () =>
    expect(isVerified(undefined)).toBe(true));
});
