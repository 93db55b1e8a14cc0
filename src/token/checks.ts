import type { Check, CheckId, CheckOutcome, Verification } from "../results/check.ts";

/** A line of the verification. */
export function checkOf(id: CheckId, outcome: CheckOutcome, detail: string, actions: string[] = []): Check {
  return { id, outcome, detail, actions };
}

/** The outcome of all checks: one that failed outweighs those that could not be made. */
export function verificationOf(checks: Check[]): Verification {
  const has = (outcome: CheckOutcome) => checks.some((check) => check.outcome === outcome);
  return { outcome: has("failed") ? "failed" : has("unverified") ? "unverified" : "passed", checks };
}
