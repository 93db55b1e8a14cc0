import type { Check, CheckId, CheckOutcome } from "../results/check.ts";

/** A line of the verification. */
export function checkOf(id: CheckId, outcome: CheckOutcome, detail: string, actions: string[] = []): Check {
  return { id, outcome, detail, actions };
}
