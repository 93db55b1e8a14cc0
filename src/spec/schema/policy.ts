import { z } from "zod";
import { canonicalDuration, canonicalLifetime } from "./durations.ts";
import { durationBy, oneLine, switchOf, webAddress } from "./values.ts";
import { oneOf } from "./words.ts";

const lifetime = durationBy(canonicalLifetime, "lifetime", "30d");

/** Who may use the app, and under which conditions: what an admin sets beside the app itself. */
export const policy = z.strictObject({
  permittedUsers: oneOf({
    adminApproved: ["AdminApprovedPreAuthorized"],
    selfAuthorized: ["AllSelfAuthorized"],
  })
    .describe("Who may use the app: users an admin approved by profile or permission set, or all users.")
    .optional(),
  permissionSets: z.array(oneLine()).describe("Permission sets whose users are pre-authorized.").optional(),
  profiles: z.array(oneLine()).describe("Profiles whose users are pre-authorized.").optional(),
  ipRelaxation: oneOf({
    enforce: [],
    bypass: [],
    bypass2Factor: ["BYPASS_2FACTOR"],
    enforceRelaxRefresh: ["ENFORCE_RELAXREFRESH"],
  })
    .describe("Whether a user's IP restrictions hold for this app.")
    .optional(),
  refreshToken: z
    .union([
      oneOf({ zero: [], infinite: [] }),
      z.strictObject({ lifetime }).transform((value) => `{lifetime: ${value.lifetime}}`),
      z.strictObject({ inactivity: lifetime }).transform((value) => `{inactivity: ${value.inactivity}}`),
    ])
    .describe("`zero`, `infinite`, `{lifetime: 30d}` or `{inactivity: 7d}`.")
    .optional(),
  singleLogoutUrl: webAddress("Where Salesforce sends a logout request, by policy."),
  tokenExchange: switchOf("Let the app take part in token exchange, by policy."),
  session: z
    .strictObject({
      action: oneLine().describe("What happens where a session's level is too low.").optional(),
      level: oneLine().describe("Session level that the app requires, such as HIGH_ASSURANCE.").optional(),
      timeout: durationBy(canonicalDuration, "duration", "2h")
        .describe("Session timeout of opaque tokens.")
        .optional(),
    })
    .optional(),
});
