/** What a check found. A `warning` is a deviation that the deploy cannot mend; `skipped` could not be looked at. */
export type CheckOutcome = "passed" | "failed" | "warning" | "skipped";

/** One line of a verification. */
export interface Check {
  /** Stable name, for reports and scripts. */
  id: CheckId;
  outcome: CheckOutcome;
  /** What was found; never a token or a secret. */
  detail: string;
  /** What to do where the check did not pass. */
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
