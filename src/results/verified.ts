import { z } from "zod";
import { verificationSchema } from "./check.ts";
import { kindSchema } from "./values.ts";

export const verifiedAppSchema = z
  .object({
    app: z.object({
      label: z.string().describe("Label of the app, or its consumer key if only that is known."),
      kind: kindSchema.optional().describe("If it is known."),
      instanceUrl: z.string().describe("My Domain URL of the org."),
      specFile: z.string().optional(),
      environment: z.string().optional(),
    }),
    verification: verificationSchema,
  })
  .describe("What a fresh token of an app shows.");
export type VerifiedApp = z.output<typeof verifiedAppSchema>;
