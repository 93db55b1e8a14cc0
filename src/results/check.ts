/**
 * What a check found. `unverified` should have been looked at and could not be, which says nothing of the app; a `warning`
 * does not keep the app from working; `skipped` had nothing to be compared with.
 */
export type CheckOutcome = "passed" | "failed" | "unverified" | "warning" | "skipped";

/** One line of a verification. */
export interface Check {
  /** Stable name, for reports and scripts. */
  id: CheckId;
  outcome: CheckOutcome;
  /** What was found; never a token or a secret. */
  detail: string;
  /** What to do if the check did not pass. */
  actions: string[];
}

export type CheckId =
  | "token"
  | "jwt"
  | "signature"
  | "issuer"
  | "client"
  | "subject"
  | "scopes"
  | "lifetime"
  | "restApi"
  | "cpqApi";

/** All checks of an app in the order of their report, and what they come to. The token itself is in none of them. */
export interface Verification {
  outcome: "passed" | "failed" | "unverified";
  checks: Check[];
}

/** What checks come to: one that failed outweighs those that could not be made. */
export function verificationOf(checks: Check[]): Verification {
  const has = (outcome: CheckOutcome) => checks.some((check) => check.outcome === outcome);
  return { outcome: has("failed") ? "failed" : has("unverified") ? "unverified" : "passed", checks };
}

/** Whether nothing speaks against the app; an app that was not to be verified is no worse for it. */
export function isVerified(verification: Verification | undefined): boolean {
  return verification === undefined || verification.outcome === "passed";
}
