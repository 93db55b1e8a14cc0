import { z } from "zod";
import { secretAgeSchema } from "./secretAge.ts";
import {
  failureSchema,
  kindSchema,
  list,
  placeSchema,
  sentencesSchema,
  settingValueSchema,
  severitySchema,
  timeSchema,
} from "./values.ts";

const driftKindSchema = z.union([
  z.literal("setting").describe("A setting differs from the spec."),
  z.literal("unmentioned").describe("A setting that the spec does not mention."),
  z.literal("appMissing").describe("The org has no such app."),
  z.literal("appBlocked").describe("The app is there, but blocked or uninstalled."),
  z.literal("consumerKey"),
  z.literal("runAsUser").describe("The Run As user is gone, inactive, frozen, or no longer API Only."),
  z.literal("permissionSet").describe("The Run As user has none of the permission sets that let the app in."),
  z.literal("secretAge").describe("The consumer secret is older than it may be."),
  z.literal("verification").describe("A check of a fresh token failed."),
]);
export type DriftKind = z.output<typeof driftKindSchema>;

/** Whether somebody changed the org. Other drifts come about by time, or by what the spec or a token says. */
export function isChange(kind: DriftKind): boolean {
  return !["secretAge", "unmentioned", "verification"].includes(kind);
}

const driftSchema = z
  .object({
    kind: driftKindSchema,
    path: z
      .string()
      .describe(
        "Path in the spec, such as `oauth.accessToken.format`; for a verification the id of the check.",
      ),
    severity: severitySchema,
    expected: settingValueSchema.optional(),
    actual: settingValueSchema.optional().describe("Missing if the org has nothing."),
    detail: z
      .string()
      .optional()
      .describe("What was found, in one sentence, if expected and actual do not say it."),
    place: placeSchema,
    remedy: sentencesSchema.describe("What to do, a sentence each."),
  })
  .describe("One thing in an org that is not as the spec says.");
export type Drift = z.output<typeof driftSchema>;

const changeSchema = z
  .object({
    at: timeSchema,
    by: z.string().describe("Username or name."),
    delegate: z.string().optional().describe("Who was logged in as that user."),
    what: z.string().optional().describe("The org's own words, if it has any."),
  })
  .describe("Who changed an app, if the org tells it beyond doubt.");
export type Change = z.output<typeof changeSchema>;

const orgSchema = z
  .object({ name: z.string(), id: z.string().optional(), instanceUrl: z.string().optional() })
  .describe("Alias or username, and what is known of the org if it was reached.");

const appDriftSchema = z
  .object({
    kind: kindSchema,
    name: z.string(),
    label: z.string(),
    specFile: z.string(),
    environment: z.string().optional().describe("Missing if the spec has no environments."),
    org: orgSchema,
    state: z.enum(["inSync", "drifted", "unchecked"]),
    drifts: list(driftSchema),
    formerApp: z
      .string()
      .optional()
      .describe(
        "API name of the app that this one replaces, and that works on until its callers have moved.",
      ),
    secretAge: secretAgeSchema
      .optional()
      .describe("Missing if the app is not there, or has no secret of its own."),
    accepted: list(driftSchema)
      .optional()
      .describe("What the spec now says as the org has it, by `--accept`; no longer among the drifts."),
    notes: sentencesSchema
      .optional()
      .describe("What is not as the spec says and is no drift, a sentence each."),
    changes: list(changeSchema).describe(
      "Newest first; empty if nothing drifted, or if the org does not tell beyond doubt who changed the app.",
    ),
    failure: failureSchema.optional().describe("What could not be checked, and what to do."),
  })
  .describe("One app in one environment.");
export type AppDrift = z.output<typeof appDriftSchema>;

const unclaimedAppSchema = z
  .object({
    kind: kindSchema,
    name: z.string(),
    label: z.string(),
    org: orgSchema,
    why: list(z.enum(["clientCredentials", "jwt"])),
  })
  .describe("An app of an org that issues client-credentials tokens or JWTs, and that no spec claims.");
export type UnclaimedApp = z.output<typeof unclaimedAppSchema>;

const passedOverAppSchema = z
  .object({
    kind: kindSchema,
    name: z.string(),
    org: orgSchema,
    why: z
      .union([
        z.literal("package").describe("A package brought it, so only that package can change it."),
        z.literal("excluded").describe("Its name fits an --exclude."),
      ])
      .describe("Why nobody looked at it."),
  })
  .describe("An app of an org that no spec claims, and that was passed over on purpose.");
export type PassedOverApp = z.output<typeof passedOverAppSchema>;

export const driftReportSchema = z
  .object({
    schemaVersion: z.literal(1).describe("Version of this form."),
    checkedAt: timeSchema,
    version: z.string().describe("Version of the plugin."),
    shard: z
      .object({ index: z.int().min(1), count: z.int().min(1) })
      .optional()
      .describe("If this is a part of the whole: the 2nd of 8 is `{index: 2, count: 8}`."),
    apps: list(appDriftSchema),
    calls: list(z.object({ org: z.string().describe("Alias or username."), calls: z.int().min(0) }))
      .optional()
      .describe(
        "How many calls were made to each org by the login of the user, as Salesforce counts them against the org's daily limit. Missing in reports of versions that did not count them.",
      ),
    unclaimed: list(unclaimedAppSchema).optional().describe("Missing if they were not looked for."),
    passedOver: list(passedOverAppSchema)
      .optional()
      .describe("Missing if unclaimed apps were not looked for."),
  })
  .describe("The result of a drift check; the JSON report is exactly this.");
export type DriftReport = z.output<typeof driftReportSchema>;

/** The exit code of a report: 1 if something could not be checked, else 3 if something drifted, else 0. */
export function exitCodeOf({ apps, unclaimed = [] }: DriftReport): 0 | 1 | 3 {
  if (apps.some(({ failure }) => failure !== undefined)) return 1;
  return apps.some(({ state }) => state === "drifted") || unclaimed.length > 0 ? 3 : 0;
}
