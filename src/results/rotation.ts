import { z } from "zod";
import { appUseSchema } from "./appUse.ts";
import { verificationSchema } from "./check.ts";
import { secretAgeSchema } from "./secretAge.ts";
import { kindSchema, list, sentencesSchema, timeSchema } from "./values.ts";

export const rotationSchema = z
  .object({
    org: z.object({ id: z.string(), name: z.string(), instanceUrl: z.string() }),
    app: z.object({ kind: kindSchema, name: z.string() }),
    outcome: z
      .enum([
        "planned",
        "rotated",
        "notVerified",
        "moving",
        "notDue",
        "ageUnknown",
        "revoked",
        "nothingToRevoke",
        "aborted",
        "nothingToAbort",
      ])
      .describe(
        "`planned` by a dry run. Of a connected app, `notVerified` if the second app gives no token yet, and `moving` while the former app works on. `notDue` if the secret is not as old as `--if-older-than` says, `ageUnknown` if nobody knows and `--if-age-unknown skip` is given.",
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
    plan: sentencesSchema.optional().describe("What would be done, of a dry run."),
    secondApp: z.string().optional().describe("API name of the app that replaces a connected app."),
    formerApp: z.string().optional().describe("API name of the connected app that is replaced."),
    specFile: z.string().optional().describe("The spec that now says which app is in use: commit it."),
    tell: list(z.object({ name: z.string(), contact: z.string().optional() }))
      .optional()
      .describe("Who has to be told the new key and secret, as the spec names them."),
    use: appUseSchema.optional().describe("Who still uses the former connected app."),
    verification: verificationSchema.optional().describe("Missing if there was nothing to verify."),
  })
  .describe("What a rotation did. It holds no secret.");
export type Rotation = z.output<typeof rotationSchema>;
