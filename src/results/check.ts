import { z } from "zod";
import { list, sentencesSchema, timeSchema } from "./values.ts";

const checkIdSchema = z.enum([
  "token",
  "jwt",
  "signature",
  "issuer",
  "client",
  "subject",
  "scopes",
  "lifetime",
  "validity",
  "restApi",
  "cpqApi",
  "cpqApiKey",
]);
export type CheckId = z.output<typeof checkIdSchema>;

const checkOutcomeSchema = z
  .enum(["passed", "failed", "unverified", "warning", "skipped"])
  .describe(
    "`unverified` should have been looked at and could not be, which says nothing of the app; a `warning` does not keep " +
      "the app from working; `skipped` had nothing to be compared with.",
  );
export type CheckOutcome = z.output<typeof checkOutcomeSchema>;

const loginEntrySchema = z
  .object({
    at: timeSchema,
    status: z.string().describe("Such as `Failed: Not approved for access`."),
    sourceIp: z.string().describe("Of the caller's first proxy, if there is one."),
    application: z.string().describe("Label of the app."),
    loginType: z.string().describe("Such as `Remote Access 2.0`."),
  })
  .describe("One login or its failure, in the org's own words.");
export type LoginEntry = z.output<typeof loginEntrySchema>;

const loginLogSchema = z
  .object({
    username: z.string().describe("Of the Run As user."),
    since: timeSchema.describe("By the org's clock: ISO 8601, UTC."),
    entries: list(loginEntrySchema).describe(
      "Failures, newest first; none if the request made no session, or if the log could not be read.",
    ),
    unreadable: z.string().describe("Why the log could not be read.").optional(),
  })
  .describe("What the org logged of the Run As user's failed logins since the token was asked for.");
export type LoginLog = z.output<typeof loginLogSchema>;

const checkSchema = z
  .object({
    id: checkIdSchema.describe("Stable name, for reports and scripts."),
    outcome: checkOutcomeSchema,
    detail: z.string().describe("What was found; never a token or a secret."),
    actions: sentencesSchema.describe("What to do if the check did not pass."),
    logins: loginLogSchema.optional().describe("There if a token was refused and the Run As user is known."),
  })
  .describe("One line of a verification.");
export type Check = z.output<typeof checkSchema>;

export const verificationSchema = z
  .object({ outcome: z.enum(["passed", "failed", "unverified"]), checks: list(checkSchema) })
  .describe(
    "All checks of a fresh token, in the order of their report. The token itself is in none of them.",
  );
export type Verification = z.output<typeof verificationSchema>;

/** Whether nothing speaks against the app. If no verification was wanted, nothing does. */
export function isVerified(verification: Verification | undefined): boolean {
  return verification === undefined || verification.outcome === "passed";
}
