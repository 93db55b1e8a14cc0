import { z } from "zod";
import { deployReportSchema } from "./deploy.ts";
import { kindSchema, list, sentencesSchema, timeSchema } from "./values.ts";

/** What must be right before anything is deployed to the target, in the order of the checks. */
export const gateIds = [
  "receipt",
  "sourceInSync",
  "sourceVerified",
  "targetReachable",
  "otherOrg",
  "orgType",
  "ownValues",
  "lint",
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
    planFile: z.string().optional(),
    receiptFile: z.string().optional(),
  })
  .describe("How a promotion went. It holds no secret.");
export type Promotion = z.output<typeof promotionSchema>;

const placeSchema = z.strictObject({
  environment: z.string(),
  orgId: z.string(),
  instanceUrl: z.string(),
  username: z.string(),
});
const seenSchema = z.strictObject({ id: z.string(), outcome: z.string(), detail: z.string() });

const receiptSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    type: z.literal("promotion"),
    app: z.strictObject({ kind: z.string(), name: z.string() }),
    spec: z.strictObject({ file: z.string(), digest: z.string() }),
    metadata: z.strictObject({ digest: z.string() }),
    from: placeSchema,
    to: placeSchema,
    by: z.string().describe("Login of the machine that did it."),
    at: timeSchema,
    deployId: z.string().optional(),
    gates: list(seenSchema),
    checks: list(seenSchema),
  })
  .describe("What was promoted, from where to where, by whom, and what was checked. It holds no secret.");
export type Receipt = z.output<typeof receiptSchema>;

export const signedReceiptSchema = receiptSchema.extend({
  signature: z.strictObject({ protected: z.string(), signature: z.string() }),
});
