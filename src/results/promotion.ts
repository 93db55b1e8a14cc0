import { z } from "zod";
import { verificationSchema } from "./check.ts";
import { deployReportSchema } from "./deploy.ts";
import { undoneSchema } from "./undone.ts";
import { kindSchema, list, sentencesSchema } from "./values.ts";

/** What must be right before anything is deployed to the target, in the order of the checks. */
export const gateIds = [
  "plan",
  "receipt",
  "sourceInSync",
  "sourceVerified",
  "targetReachable",
  "otherOrg",
  "orgType",
  "ownValues",
  "lint",
  "preflight",
  "checkOnly",
  "confirmation",
] as const;
export type GateId = (typeof gateIds)[number];

const gateSchema = z
  .object({
    id: z.enum(gateIds),
    outcome: z.enum(["passed", "failed", "skipped"]),
    detail: z.string(),
    actions: sentencesSchema,
  })
  .describe("A gate that was passed, or the one that was not.");
export type Gate = z.output<typeof gateSchema>;

export const promotionSchema = z
  .object({
    app: z.object({ kind: kindSchema, name: z.string() }),
    from: z.string(),
    to: z.string(),
    gates: list(gateSchema),
    deploy: deployReportSchema
      .optional()
      .describe("Missing if a gate failed, or if only the plan was wanted."),
    restored: z.boolean().describe("Whether the former metadata was restored after a failed verification."),
    notRestored: sentencesSchema
      .optional()
      .describe(
        "After a failed verification: everything in the target that is not as it was before, a sentence each. Empty if all is.",
      ),
    formerApp: verificationSchema
      .optional()
      .describe(
        "After a restore: what a fresh token of the former app shows. Missing if there was none that gives tokens.",
      ),
    planFile: z.string().optional(),
    planNotes: sentencesSchema
      .optional()
      .describe("Of a plan that was written: what to know before it is carried out, and the command for it."),
    receiptFile: z.string().optional(),
    undone: undoneSchema.optional().describe("What --abort did instead."),
  })
  .describe("How a promotion went. It holds no secret.");
export type Promotion = z.output<typeof promotionSchema>;

/** The result of `deploy`: of specs, or of a promotion's plan. */
export const deployResultSchema = z.object({
  apps: list(deployReportSchema),
  promotion: promotionSchema.optional().describe("How the promotion went whose plan was deployed."),
  undone: undoneSchema.optional().describe("What --abort did instead."),
});
export type DeployResult = z.output<typeof deployResultSchema>;
