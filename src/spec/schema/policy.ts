import { z } from "zod";
import { canonicalDuration, canonicalLifetime } from "../../app/durations.ts";
import { jwtTimeout } from "./timeouts.ts";
import { valueProblem } from "./valueProblem.ts";
import {
  attributes,
  destination,
  durationBy,
  durationPattern,
  oneLine,
  switchOf,
  webAddress,
} from "./values.ts";
import { usualWord, word } from "./words.ts";

const lifetime = durationBy(
  canonicalLifetime,
  "lifetime",
  "30d",
  "^\\s*(?!0+\\s*[a-z])\\d{1,6}\\s*(h|d|mo)\\s*$",
);

/** Name of a custom scope. The metadata separates several by commas. */
export const customScope = oneLine().regex(/^[^,]*$/, valueProblem("comma"));

/** Who may use the app, and under what conditions: what an admin sets besides the app itself. */
export const policy = z.strictObject({
  enabled: switchOf("Whether the app as a whole is on; external client apps only."),
  clientCredentials: switchOf(
    "Allow the client credentials flow by policy; external client apps only. Without it, as oauth.clientCredentials says.",
  ),
  permittedUsers: word("policy.permittedUsers")
    .describe("Who may use the app: users an admin approved by profile or permission set, or all users.")
    .optional(),
  permissionSets: z.array(oneLine()).describe("Permission sets whose users are pre-authorized.").optional(),
  profiles: z.array(oneLine()).describe("Profiles whose users are pre-authorized.").optional(),
  ipRelaxation: word("policy.ipRelaxation")
    .describe("Whether a user's IP restrictions hold for this app.")
    .optional(),
  refreshToken: z
    .union([
      word("policy.refreshToken"),
      z
        .strictObject({ lifetime: lifetime.describe("How long a refresh token lives, however it is used.") })
        .transform((value) => `{lifetime: ${value.lifetime}}`),
      z
        .strictObject({ inactivity: lifetime.describe("How long a refresh token lives without being used.") })
        .transform((value) => `{inactivity: ${value.inactivity}}`),
    ])
    .describe("`zero`, `infinite`, `{lifetime: 30d}` or `{inactivity: 7d}`.")
    .optional(),
  singleLogoutUrl: webAddress("Where Salesforce sends a logout request, by policy."),
  tokenExchange: switchOf("Let the app take part in token exchange, by policy."),
  session: z
    .strictObject({
      action: usualWord("policy.session.action")
        .describe("What happens where a session's level is too low.")
        .optional(),
      level: usualWord("policy.session.level")
        .describe("Session level that the app requires, such as HIGH_ASSURANCE.")
        .optional(),
      timeout: durationBy(canonicalDuration, "duration", "2h", durationPattern)
        .describe("Session timeout of opaque tokens.")
        .optional(),
    })
    .describe("What the app asks of its users' sessions.")
    .optional(),
  customScopes: z
    .array(customScope)
    .describe("Custom scopes that the app gets by policy; external client apps only.")
    .optional(),
  attributes: attributes("Custom attributes by policy; external client apps only."),
  startPage: word("policy.startPage").describe("Where users start; external client apps only.").optional(),
  startUrl: destination("Where users go after they signed in, by OAuth policy; external client apps only."),
  guestAccess: z
    .strictObject({
      codeCredentials: switchOf("Allow the authorization code and credentials flow for guest users."),
      timeout: jwtTimeout("How long a guest user's JWT-based access token is valid"),
    })
    .describe("Guest users; external client apps only.")
    .optional(),
  apexHandler: oneLine().describe("Apex class that decides over users and attributes.").optional(),
  apexHandlerRunAs: oneLine().describe("Username of the user on whose behalf that class runs.").optional(),
});
