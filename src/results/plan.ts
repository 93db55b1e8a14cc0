import { z } from "zod";
import { signatureSchema } from "./receipt.ts";
import {
  kindSchema,
  lineSchema,
  list,
  settingPathSchema,
  settingValueSchema,
  writtenTimeSchema,
} from "./values.ts";

const differenceSchema = z
  .strictObject({
    path: settingPathSchema,
    expected: settingValueSchema,
    actual: settingValueSchema.optional().describe("Missing if it is not set in the org."),
  })
  .describe("One setting that is not as the spec says.");

export const planSchema = z
  .strictObject({
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

const orgOfPlanSchema = z.strictObject({ id: lineSchema, name: lineSchema });

/** The plan of a promotion that was written for review. Whoever carries it out must keep to it. */
export const reviewedPlanSchema = z.strictObject({
  schemaVersion: z.literal(1),
  type: z.literal("plan"),
  app: z.strictObject({ kind: kindSchema, name: lineSchema }),
  spec: z.strictObject({ file: lineSchema, index: z.int().min(0), digest: z.string() }),
  from: orgOfPlanSchema.extend({ environment: lineSchema }).describe("Where the app comes from."),
  environment: lineSchema.describe("Where it goes."),
  org: orgOfPlanSchema.describe("The org of that environment."),
  actual: z.string().describe("Digest of the app as the org had it when the plan was made."),
  by: lineSchema.describe("Login of the machine that made the plan."),
  at: writtenTimeSchema,
  options: z
    .strictObject({
      assignRunAs: z.boolean(),
      enableCredentialAccess: z.boolean(),
      receiptFrom: lineSchema.optional(),
    })
    .describe("The flags of the promotion that change what it does or requires."),
  plan: planSchema,
  signature: signatureSchema.optional().describe("Missing if no key was given."),
});
export type ReviewedPlan = z.output<typeof reviewedPlanSchema>;
