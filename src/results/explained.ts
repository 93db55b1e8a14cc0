import { z } from "zod";
import { sentencesSchema } from "./values.ts";

export const explainedSchema = z
  .object({
    what: z
      .enum(["refusal", "token", "opaqueToken", "unknown"])
      .describe(
        "What the text is: a refusal of the token endpoint, a JWT, an opaque token, or nothing that is known.",
      ),
    meaning: z.string().optional().describe("Name of a refusal's meaning, such as `wrongSecret`."),
    text: z.string().describe("What it means; never the token itself."),
    actions: sentencesSchema.describe("What to do next."),
  })
  .describe("What an answer or a token means.");
export type Explained = z.output<typeof explainedSchema>;
