import { z } from "zod";
import { appUseSchema } from "./appUse.ts";
import { kindSchema, list, sentencesSchema } from "./values.ts";

const needIdSchema = z.enum([
  "apiVersion",
  "myDomain",
  "enhancedDomains",
  "connectedAppCreation",
  "externalClientApps",
  "flow",
  "apiAccessControl",
  "credentialAccess",
  "apiCalls",
  "rightApi",
  "rightMetadata",
  "rightCustomize",
  "rightConnectedApps",
  "rightExternalClientApps",
  "rightViewSetup",
  "rightLoginHistory",
  "rightManageUsers",
  "rightSecrets",
  "rightAssign",
  "app",
  "permissionSets",
  "profiles",
  "runAs",
  "runAsActive",
  "runAsFrozen",
  "runAsLicense",
  "runAsApi",
  "runAsApiOnly",
  "runAsRights",
  "runAsApproved",
  "runAsRecent",
  "loginHours",
  "loginAddresses",
  "refusedLogins",
  "use",
]);
export type NeedId = z.output<typeof needIdSchema>;

const needSchema = z
  .object({
    id: needIdSchema.describe("Stable name, for reports and scripts."),
    part: z.enum(["org", "user", "app", "runAs"]),
    outcome: z
      .enum(["passed", "failed", "warning", "hidden", "untold", "skipped"])
      .describe(
        "`failed` breaks the flow, or a deploy; a `warning` may; `hidden` is what the user who asks may not see; `untold` is " +
          "what no API of Salesforce tells; `skipped` is not needed here.",
      ),
    detail: z.string().describe("What was found."),
    actions: sentencesSchema.describe("The way to it, if it is not there."),
  })
  .describe("One thing that the flow needs.");
export type Need = z.output<typeof needSchema>;

export const diagnosisSchema = z
  .object({
    org: z.object({
      name: z.string(),
      instanceUrl: z.string(),
      username: z.string().describe("Of the user who asked, and whose rights these are."),
    }),
    app: z
      .object({
        name: z.string(),
        kind: kindSchema.optional(),
        specFile: z.string().optional(),
        environment: z.string().optional(),
      })
      .optional()
      .describe("Missing if no app was named."),
    needs: list(needSchema),
    use: appUseSchema.optional().describe("There if the app is in the org."),
  })
  .describe("What the client credentials flow needs in an org, and whether it is there.");
export type Diagnosis = z.output<typeof diagnosisSchema>;

/** 1 if something breaks the flow, or could not be seen; what nobody can be told does not count. */
export function exitCodeOfDiagnosis({ needs }: Diagnosis): 0 | 1 {
  return needs.some(({ outcome }) => outcome === "failed" || outcome === "hidden") ? 1 : 0;
}
