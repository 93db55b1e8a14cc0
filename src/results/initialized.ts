import { z } from "zod";
import { list } from "./values.ts";

export const initializedSchema = z.object({
  files: list(z.string()).describe("New files."),
  secrets: list(z.string())
    .optional()
    .describe("Names of the secrets that the pipeline needs, as its system calls them."),
  next: list(z.string()).describe("The commands that come next."),
});
export type Initialized = z.output<typeof initializedSchema>;
