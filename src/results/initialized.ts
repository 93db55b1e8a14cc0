import { z } from "zod";
import { list } from "./values.ts";

export const initializedSchema = z.object({
  files: list(z.string()).describe("New files."),
  next: list(z.string()).describe("The commands that come next."),
});
export type Initialized = z.output<typeof initializedSchema>;
