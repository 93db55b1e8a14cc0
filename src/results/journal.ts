import { z } from "zod";
import { kindSchema, list, timeSchema } from "./values.ts";

const stepSchema = z.object({
  id: z.enum([
    "deploy",
    "readBack",
    "assign",
    "verify",
    "restore",
    "delete",
    "stage",
    "keep",
    "tryNew",
    "makePrimary",
    "store",
    "revoke",
    "writeSpec",
  ]),
  startedAt: timeSchema,
  endedAt: timeSchema.optional().describe("Missing if nobody knows how it ended."),
  deploys: list(
    z.object({
      id: z.string().optional().describe("Missing if it is not known whether the org accepted it."),
      status: z.string().optional().describe("Missing before it has ended."),
      sentAt: timeSchema.describe("By the org's clock."),
      components: list(z.string()),
    }),
  ).describe("What was sent to the org in this step."),
});
export type JournalStep = z.output<typeof stepSchema>;

/** What a run that changes an app of an org is about to do, and what it did. It holds no secret. */
export const journalSchema = z.object({
  schemaVersion: z.literal(1),
  type: z.literal("journal"),
  command: z.string().describe("The command line that goes on with it."),
  org: z.object({ id: z.string(), name: z.string(), instanceUrl: z.string() }),
  app: z.object({ kind: kindSchema, name: z.string() }),
  pid: z.int(),
  host: z.string(),
  startedAt: timeSchema,
  steps: list(stepSchema),
  stored: z.string().optional().describe("Where the consumer key and secret were put."),
  ended: z
    .object({ at: timeSchema, error: z.string().describe("Name of the error.") })
    .optional()
    .describe("Missing if it did not end by itself. What succeeds leaves no journal."),
});
export type JournalContent = z.output<typeof journalSchema>;

/** What an error of a run says of the steps that it made: what is deployed, and where the secret is. */
export interface RunState {
  org: string;
  app: string;
  steps: readonly JournalStep[];
  stored?: string;
  /** The command line that goes on with it. */
  goOn: string;
}
