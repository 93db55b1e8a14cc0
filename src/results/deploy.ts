import { z } from "zod";
import { verificationSchema } from "./check.ts";
import { type Finding, findingSchema } from "./finding.ts";
import { planSchema } from "./plan.ts";
import { kindSchema, list, sentencesSchema } from "./values.ts";

const deletedCopySchema = z
  .object({
    consumerKey: z.string().describe("Production's, which no org takes a second time."),
    specFile: z.string().describe("A spec of what the copy was like."),
  })
  .describe("Production's copy of the app, which --recreate deleted.");
export type DeletedCopy = z.output<typeof deletedCopySchema>;

const refreshSchema = z
  .object({
    reason: z
      .enum(["gone", "copy"])
      .describe("After a sandbox's refresh the app is gone, or it is the copy of production's."),
    keptKey: z.boolean().describe("Whether the callers go on with the key and secret that they know."),
    tell: list(z.object({ name: z.string(), contact: z.string().optional() })).describe(
      "Who has to be told a new key and secret; empty if the spec names nobody, or nobody has to be told.",
    ),
    deletedCopy: deletedCopySchema.optional(),
  })
  .describe("What became of an app whose sandbox was refreshed.");
export type Refresh = z.output<typeof refreshSchema>;

/** Findings of a dry run with which the app cannot work: a real deploy would be refused, or give no token. */
export function obstaclesOf({ preflight = [] }: Pick<DeployReport, "preflight">): Finding[] {
  return preflight.filter(({ rule }) => obstacleRules.includes(rule));
}

const obstacleRules: readonly string[] = [
  "run-as-missing",
  "run-as-inactive",
  "run-as-frozen",
  "run-as-api-disabled",
  "run-as-not-approved",
  "permission-set-missing",
  "profile-missing",
];

export const deployReportSchema = z
  .object({
    notes: sentencesSchema.describe(
      "How the last run on this app ended, if it left something; and what became of that.",
    ),
    org: z.object({ id: z.string(), username: z.string(), instanceUrl: z.string(), name: z.string() }),
    app: z.object({
      kind: kindSchema,
      name: z.string(),
      label: z.string(),
      runAs: z.string().optional(),
    }),
    plan: planSchema,
    dryRun: z.boolean(),
    deployId: z.string().optional().describe("Missing if nothing was to deploy."),
    keptParts: list(z.object({ type: z.string(), name: z.string() }))
      .optional()
      .describe(
        "What belongs to the app besides. No spec speaks of it, and no deploy changes or deletes it.",
      ),
    preflight: list(findingSchema)
      .optional()
      .describe(
        "Of a dry run: what the org has against the app by itself, as `validate --target-org` finds it.",
      ),
    unchecked: list(z.string())
      .optional()
      .describe(
        "Parts that a dry run could not check, since they build on what it did not deploy; with the org's words.",
      ),
    refresh: refreshSchema.optional(),
    consumer: z
      .object({
        key: z.string().optional(),
        stored: z
          .object({
            place: z.string().describe("Path of a file, or name of a program."),
            encrypted: z
              .boolean()
              .optional()
              .describe("Whether the secret is encrypted there; missing if this tool cannot know."),
          })
          .optional()
          .describe("Where key and secret were put."),
      })
      .optional(),
    assigned: z
      .string()
      .optional()
      .describe("API name of the permission set that was assigned to the Run As user."),
    verification: verificationSchema.optional().describe("Missing if none was made."),
    receiptFile: z.string().optional().describe("Where the receipt was written, if --receipt asked for one."),
  })
  .describe("What a deploy did. It holds no secret and no token.");
export type DeployReport = z.output<typeof deployReportSchema>;
