import { z } from "zod";
import { verificationSchema } from "./check.ts";
import { secretAgeSchema } from "./secretAge.ts";
import { kindSchema, sentencesSchema, timeSchema } from "./values.ts";

export const rotationSchema = z
  .object({
    org: z.object({ id: z.string(), name: z.string(), instanceUrl: z.string() }),
    app: z.object({ kind: kindSchema, name: z.string() }),
    outcome: z
      .enum(["rotated", "notDue", "ageUnknown", "revoked", "nothingToRevoke", "aborted", "nothingToAbort"])
      .describe(
        "`notDue` if the secret is not as old as `--if-older-than` says, `ageUnknown` if nobody knows and `--if-age-unknown skip` is given.",
      ),
    notes: sentencesSchema.describe("What an earlier run left, and what was done about it."),
    secretAge: secretAgeSchema.describe("How old the secret from before this run is."),
    key: z.string().optional().describe("The consumer key that is the app's own now."),
    formerKey: z.string().optional().describe("The consumer key of the pair that was the app's own before."),
    formerValidUntil: timeSchema
      .optional()
      .describe(
        "Until when the former pair works; missing if it works no more, or if the org does not tell.",
      ),
    stored: z
      .object({ place: z.string(), encrypted: z.boolean().optional() })
      .optional()
      .describe("Where the new key and secret were put."),
    verification: verificationSchema.optional().describe("Missing if there was nothing to verify."),
  })
  .describe("What a rotation did. It holds no secret.");
export type Rotation = z.output<typeof rotationSchema>;
