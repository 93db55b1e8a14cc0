import { z } from "zod";
import { timeSchema } from "./values.ts";

export const shownTokenSchema = z
  .object({
    tokenType: z.literal("Bearer"),
    accessToken: z.string(),
    instanceUrl: z.string().describe("My Domain URL of the org that issued it."),
    issuedAt: timeSchema.optional().describe("Not there for an opaque token, which does not say."),
    expiresAt: timeSchema.optional(),
    cached: z.boolean().describe("Whether a former call requested it."),
  })
  .describe("An access token of an app.");
export type ShownToken = z.output<typeof shownTokenSchema>;
