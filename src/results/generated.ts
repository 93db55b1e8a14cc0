import { z } from "zod";
import { kindSchema, list, sentencesSchema, settingPathSchema } from "./values.ts";

const generatedAppSchema = z
  .object({
    kind: kindSchema,
    name: z.string(),
    files: list(
      z.object({
        path: z.string().describe("Relative to the working folder."),
        changed: z.boolean(),
        ignored: z.boolean().describe("Whether .forceignore keeps it from orgs."),
      }),
    ),
    setupOnly: list(z.object({ path: settingPathSchema, value: z.string() })).describe(
      "Settings of the spec that no metadata file can hold.",
    ),
    notes: sentencesSchema.describe("What to know before the files are deployed by another tool."),
  })
  .describe("The metadata files of one app.");
export type GeneratedApp = z.output<typeof generatedAppSchema>;

export const generatedSchema = z.object({ apps: list(generatedAppSchema) });
