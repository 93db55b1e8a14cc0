import { z } from "zod";
import { list, sentencesSchema } from "./values.ts";

const checkIdSchema = z.enum([
  "token",
  "jwt",
  "signature",
  "issuer",
  "client",
  "subject",
  "scopes",
  "lifetime",
  "restApi",
  "cpqApi",
]);
export type CheckId = z.output<typeof checkIdSchema>;

const checkOutcomeSchema = z
  .enum(["passed", "failed", "unverified", "warning", "skipped"])
  .describe(
    "`unverified` should have been looked at and could not be, which says nothing of the app; a `warning` does not keep " +
      "the app from working; `skipped` had nothing to be compared with.",
  );
export type CheckOutcome = z.output<typeof checkOutcomeSchema>;

const checkSchema = z
  .object({
    id: checkIdSchema.describe("Stable name, for reports and scripts."),
    outcome: checkOutcomeSchema,
    detail: z.string().describe("What was found; never a token or a secret."),
    actions: sentencesSchema.describe("What to do if the check did not pass."),
  })
  .describe("One line of a verification.");
export type Check = z.output<typeof checkSchema>;

export const verificationSchema = z
  .object({ outcome: z.enum(["passed", "failed", "unverified"]), checks: list(checkSchema) })
  .describe(
    "All checks of a fresh token, in the order of their report. The token itself is in none of them.",
  );
export type Verification = z.output<typeof verificationSchema>;

/** What checks come to: one that failed outweighs those that could not be made. */
export function verificationOf(checks: Check[]): Verification {
  const has = (outcome: CheckOutcome) => checks.some((check) => check.outcome === outcome);
  return { outcome: has("failed") ? "failed" : has("unverified") ? "unverified" : "passed", checks };
}

/** Whether nothing speaks against the app; an app that was not to be verified is no worse for it. */
export function isVerified(verification: Verification | undefined): boolean {
  return verification === undefined || verification.outcome === "passed";
}
