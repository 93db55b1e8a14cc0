import { z } from "zod";
import { list } from "./values.ts";

const pipelineSecretSchema = z.object({
  name: z.string().describe("Its name, as the system that runs the pipeline calls it."),
  what: z.string().describe("What it is, and where it comes from."),
  place: z.string().describe("Where to create it."),
});
export type PipelineSecret = z.output<typeof pipelineSecretSchema>;

export const initializedSchema = z.object({
  files: list(z.string()).describe("New files."),
  secrets: list(pipelineSecretSchema)
    .optional()
    .describe("The secrets that a person creates for the pipeline."),
  notes: list(z.string()).optional().describe("What else a person has to know or do."),
  next: list(z.string()).describe("The commands that come next."),
});
export type Initialized = z.output<typeof initializedSchema>;
