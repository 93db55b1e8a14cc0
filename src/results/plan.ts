import { z } from "zod";
import { kindSchema, list, settingPathSchema, settingValueSchema, timeSchema } from "./values.ts";

const differenceSchema = z
  .object({
    path: settingPathSchema,
    expected: settingValueSchema,
    actual: settingValueSchema.optional().describe("Missing if it is not set in the org."),
  })
  .describe("One setting that is not as the spec says.");

export const planSchema = z
  .object({
    action: z.enum(["create", "update", "nothing"]),
    changes: list(differenceSchema).describe(
      "What the deploy changes; for a new app, everything that the spec says.",
    ),
    setupOnly: list(differenceSchema).describe("What differs, and has to be changed in Setup."),
    keptByOrg: list(differenceSchema).describe(
      "What newer orgs keep as it is, whatever a deploy says: no change, and no drift either.",
    ),
    scopesNotInToken: list(z.string()).describe(
      "Scopes of the app that no token of the client credentials flow carries; none if the app does not use this flow.",
    ),
  })
  .describe("What a deploy will do.");
export type Plan = z.output<typeof planSchema>;

/** A plan that was written for review. A later deploy must keep to it. */
export const reviewedPlanSchema = z.object({
  schemaVersion: z.literal(1),
  type: z.literal("plan"),
  app: z.object({ kind: kindSchema, name: z.string() }),
  spec: z.object({ file: z.string(), index: z.int(), digest: z.string() }),
  environment: z.string().optional(),
  org: z.object({ id: z.string(), name: z.string() }),
  actual: z.string().describe("Digest of the app as the org had it when the plan was made."),
  at: timeSchema,
  plan: planSchema,
});
export type ReviewedPlan = z.output<typeof reviewedPlanSchema>;
