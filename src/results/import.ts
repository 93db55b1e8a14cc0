import { z } from "zod";
import { kindSchema, list, sentencesSchema } from "./values.ts";

const importedAppSchema = z
  .object({
    kind: kindSchema,
    name: z.string(),
    file: z.string(),
    notes: z.array(z.string()).describe("What could not be known or taken over, a sentence each."),
    isLegacy: z.boolean().describe("Whether it uses the legacy asset token flow."),
  })
  .describe("An app that has a spec now.");
export type ImportedApp = z.output<typeof importedAppSchema>;

export const importSchema = z
  .object({
    apps: list(importedAppSchema),
    skipped: sentencesSchema.describe("Apps that were passed over, each with the reason."),
  })
  .describe("What came of an import in which nothing failed.");
export type Import = z.output<typeof importSchema>;
