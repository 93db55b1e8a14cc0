import { z } from "zod";
import { scopeAliases, scopeMetadataNames } from "../app/scopes.ts";
import { canonicalDuration, canonicalLifetime } from "./durations.ts";
import { oneOf } from "./words.ts";

const switchOf = (meaning: string) => z.boolean().describe(meaning).optional();
// Where a format has words of its own, its message is a key of messages/spec.md.
const oneLine = () =>
  z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^\p{Cc}\p{Cs}\uFFFE\uFFFF]*$/u, "controlCharacter");
const webAddress = (meaning: string) =>
  z
    .url({ protocol: /^https?$/, error: "webAddress" })
    .max(2000)
    .describe(meaning)
    .optional();

/** A text that one of the functions of durations.ts understands. */
function durationBy(canonical: (source: string) => string | undefined, problem: string, example: string) {
  return z
    .string()
    .transform((source, context) => {
      const found = canonical(source);
      if (found !== undefined) return found;
      context.issues.push({ code: "custom", input: source, message: problem });
      return z.NEVER;
    })
    .meta({ examples: [example] });
}

/** Minutes that Salesforce offers for a JWT-based access token. */
const jwtTimeouts = ["1m", "5m", "10m", "15m", "30m", "1h", "90m", "2h", "4h", "8h", "12h"];

const callbackUrl = z
  .string()
  .regex(/^[a-z][a-z0-9+.-]*:[^\s\p{Cc}]+$/iu, "callbackUrl")
  .describe("An absolute URL. The client credentials flow never uses it, but Salesforce requires one.");

const scopeNames = Object.fromEntries(
  Object.entries(scopeMetadataNames).map(([name, metadataName]) => [
    name,
    [metadataName, ...(scopeAliases[name] ?? [])],
  ]),
);

const accessToken = z.strictObject({
  format: oneOf({ jwt: [], opaque: [] })
    .describe("`jwt`: Issue JWT-based access tokens for named users. CPQ admin APIs take only these.")
    .optional(),
  timeout: durationBy(canonicalDuration, "duration", "30m")
    .refine((timeout) => jwtTimeouts.includes(timeout), "jwtTimeout")
    .describe("How long a JWT-based access token is valid: 1m, 5m, 10m, 15m, 30m, or 1h to 12h.")
    .optional(),
});

const oauth = z.strictObject({
  callbackUrl: z
    .union([callbackUrl.transform((url) => [url]), z.array(callbackUrl).min(1)])
    .describe("One callback URL, or several."),
  scopes: z
    .array(oneOf(scopeNames))
    .min(1)
    .transform((scopes) => [...new Set(scopes)])
    .describe(
      "OAuth scopes, by OAuth name (`api`, `refresh_token`) or metadata name (`Api`, `RefreshToken`).",
    ),
  clientCredentials: z
    .strictObject({
      enabled: z.boolean().default(true).describe("Enable the client credentials flow."),
      runAs: oneLine()
        .describe("Username of the Run As user, on whose behalf the tokens are issued.")
        .optional(),
    })
    .optional(),
  accessToken: accessToken.optional(),
  certificate: z
    .string()
    .min(1)
    .describe("Certificate for the JWT bearer flow, in PEM or base64.")
    .optional(),
  singleLogoutUrl: webAddress("Where Salesforce sends a logout request."),
  codeCredentials: z
    .strictObject({
      enabled: z.boolean().default(true).describe("Enable the authorization code and credentials flow."),
      postOnly: switchOf("Require user credentials in the POST body."),
    })
    .optional(),
  deviceFlow: switchOf("Enable the device flow."),
  dpop: switchOf("Enable demonstrating proof of possession (DPoP)."),
  introspectAllTokens: switchOf("Let the app introspect the tokens of all apps."),
  ipBinding: switchOf("Bind tokens to the IP address that they were issued to."),
  mutualTls: switchOf("Require mutual TLS with a certificate of your own key infrastructure."),
  requirePkce: switchOf("Require Proof Key for Code Exchange (PKCE)."),
  refreshToken: z
    .strictObject({
      enforceLifetime: switchOf("Enforce the refresh token's lifetime over all tokens of the app."),
      requireSecret: switchOf("Require the consumer secret in the refresh token flow."),
      rotate: switchOf("Give a new refresh token with each refresh."),
    })
    .optional(),
  tokenExchange: z
    .strictObject({
      enabled: z.boolean().default(true).describe("Enable the token exchange flow."),
      requireSecret: switchOf("Require the consumer secret in the token exchange flow."),
    })
    .optional(),
  webServerFlow: z
    .strictObject({ secretOptional: switchOf("Do not require the consumer secret in the web server flow.") })
    .optional(),
});

const lifetime = durationBy(canonicalLifetime, "lifetime", "30d");

const policy = z.strictObject({
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

const consumer = z
  .union([
    z.literal("generated"),
    z.strictObject({
      key: oneLine().describe(
        "The consumer key, in plain text or as ${env:NAME}, ${file:PATH} or ${command:…}.",
      ),
      secret: oneLine()
        .regex(/^\$\{(env|file|command):[^}]+\}$/, "secretReference")
        .describe("Where the consumer secret comes from: ${env:NAME}, ${file:PATH} or ${command:…}."),
    }),
  ])
  .default("generated");

/** The spec language. Everything that a spec may say is here: types, validation and the JSON Schema come from it. */
export const specSchema = z.strictObject({
  apiVersion: z.literal("cpq/v1").describe("Version of the spec language."),
  kind: z.literal(["ConnectedApp", "ExternalClientApp"]).describe("Kind of app."),
  name: z
    .string()
    .max(80)
    .regex(/^[A-Za-z](?:_?[A-Za-z0-9])*$/, "apiName")
    .describe(
      "API name: letters, digits and single underscores; begins with a letter, ends with no underscore.",
    ),
  label: oneLine().max(80).describe("The name that people see."),
  contactEmail: z.email("email").describe("Where Salesforce reaches the app's owner."),
  contactPhone: oneLine().optional(),
  description: z
    .string()
    .max(1000)
    .regex(/^(?:[^\p{Cc}\p{Cs}\uFFFE\uFFFF]|[\t\n])*$/u, "controlCharacter")
    // A YAML block text ends with a line break that nobody means.
    .transform((text) => text.trimEnd())
    .optional(),
  iconUrl: webAddress("Icon of the app."),
  infoUrl: webAddress("Page about the app."),
  logoUrl: webAddress("Logo of the app."),
  startUrl: webAddress("Where users go after they signed in."),
  mobileStartUrl: webAddress("Where users of a mobile app go after they signed in."),
  oauth,
  consumer: consumer.describe(
    "Consumer key and secret: generated by this tool and stored, or from elsewhere.",
  ),
  policy: policy.optional(),
  cpq: z
    .strictObject({
      url: z
        .url({ protocol: /^https?$/, error: "webAddress" })
        .describe("Base URL of the CPQ tenant, https://TENANT.SECTOR.logik.io."),
      path: z
        .string()
        .regex(/^\/[^\s\p{Cc}]*$/u, "urlPath")
        .optional()
        .describe("The admin API's path that the verification reads. Without it, the known ones are tried."),
    })
    .optional()
    .describe("The CPQ product whose admin API has to take the token."),
  consumers: z
    .array(
      z.strictObject({
        name: oneLine().describe("Who calls with the consumer key, such as a nightly job."),
        contact: oneLine().describe("How to reach them.").optional(),
      }),
    )
    .describe("Who has to be told when the consumer key or secret is another one.")
    .optional(),
  lint: z
    .strictObject({
      ignore: z
        .array(
          z.strictObject({
            rule: oneLine().describe("Id of the rule, such as `jwt-timeout-long`."),
            reason: oneLine().describe("Why this app may do what the rule warns of."),
          }),
        )
        .describe("Rules of the policy lint that this spec silences."),
    })
    .describe("Settings of the policy lint.")
    .optional(),
});

/** A spec as the schema understood it: every value in its canonical form. */
export type AppSpec = z.output<typeof specSchema>;
