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
      endedAt: timeSchema.optional().describe("By the org's clock; missing if the org did not tell it."),
      components: list(z.string()),
    }),
  ).describe("What was sent to the org in this step."),
});
export type JournalStep = z.output<typeof stepSchema>;

const beforeSchema = z.object({
  app: z.string().describe("API name of the app that was about to be deployed."),
  files: list(z.object({ type: z.string(), fullName: z.string(), xml: z.string() })).describe(
    "The app's metadata; none if there was no such app.",
  ),
  ownChangeAt: timeSchema
    .optional()
    .describe("When a run before this one, which did not end well, changed the app; by the org's clock."),
});
/** An app as the org had it before a run, or the runs that did not end well before it, changed it. */
export type Before = z.output<typeof beforeSchema>;

const assignedSchema = z.object({ userId: z.string(), permissionSetId: z.string(), name: z.string() });
/** A permission set that a run gives to the Run As user, who had none of the spec's. */
export type Assigned = z.output<typeof assignedSchema>;

/** What a run that changes an app of an org is about to do, and what it did. It holds no secret. */
export const journalSchema = z.object({
  schemaVersion: z.literal(1),
  type: z.literal("journal"),
  command: z.string().describe("The command line, without the flags that do not change what it means."),
  goOn: z.string().optional().describe("The command line that goes on with it, if it is another one."),
  undo: z.string().optional().describe("The command line that undoes it."),
  org: z.object({ id: z.string(), name: z.string(), instanceUrl: z.string() }),
  app: z.object({ kind: kindSchema, name: z.string() }),
  pid: z.int(),
  host: z.string(),
  startedAt: timeSchema,
  steps: list(stepSchema),
  before: beforeSchema.optional(),
  meant: z
    .record(z.string(), z.string())
    .optional()
    .describe("What was to be deployed: the digest of each setting's value."),
  assigned: assignedSchema.optional(),
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
  /** The command line that undoes it, as long as it can be undone. */
  undo?: string;
}
