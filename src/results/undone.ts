import { z } from "zod";
import { verificationSchema } from "./check.ts";
import { kindSchema, sentencesSchema } from "./values.ts";

export const undoneSchema = z
  .object({
    org: z.object({ id: z.string(), name: z.string(), instanceUrl: z.string() }),
    app: z.object({ kind: kindSchema, name: z.string() }),
    outcome: z
      .enum(["restored", "removed", "unchanged", "leftAlone"])
      .describe(
        "`restored`: the app is as it was. `removed`: the run had made it, and it is gone. `unchanged`: the run had changed nothing. `leftAlone`: what could not be undone is as the run left it.",
      ),
    notes: sentencesSchema.describe("How the last run on this app ended."),
    done: sentencesSchema.describe("What was undone besides, a sentence each."),
    leftAlone: sentencesSchema.describe("What stays as the run left it, and why, a sentence each."),
    formerApp: verificationSchema
      .optional()
      .describe("What a fresh token of the former app shows. Missing if there was none that gives tokens."),
  })
  .describe("What `--abort` undid of a run that did not end well. It holds no secret.");
export type Undone = z.output<typeof undoneSchema>;
