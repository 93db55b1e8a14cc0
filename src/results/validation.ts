import { z } from "zod";
import { findingSchema } from "./finding.ts";
import { kindSchema, levelSchema, list } from "./values.ts";

const validatedSpecSchema = z
  .object({
    file: z.string(),
    environment: z.string().optional(),
    valid: z.boolean(),
    kind: kindSchema.optional().describe("Known if the spec is valid."),
    name: z.string().optional().describe("Known if the spec is valid."),
    findings: list(findingSchema),
    failOn: levelSchema.describe("From which level on the spec says that findings count."),
    resolved: z
      .string()
      .optional()
      .describe("The spec as it is understood: environment laid over it, references replaced."),
  })
  .describe("What was found out about a spec in one of its environments.");
export type ValidatedSpec = z.output<typeof validatedSpecSchema>;

export const validationSchema = z.object({ specs: list(validatedSpecSchema) });
