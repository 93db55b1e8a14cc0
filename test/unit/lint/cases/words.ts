import type { Cases } from "../linted.ts";

const scopes = "oauth.scopes";
const firstScopes =
  "api, cdp_api, cdp_calculated_insight_api, cdp_identityresolution_api, cdp_ingest_api, cdp_profile_api, cdp_query_api, cdp_segment_api, chatbot_api, chatter_api, content, custom_permissions …";

/** Words that Salesforce may have added since, and typing slips. */
export const wordCases: Cases = {
  "unknown-word": {
    found: [
      {
        change: { settings: { [scopes]: ["api", "QuantumApi"] } },
        path: scopes,
        values: [scopes, "QuantumApi", firstScopes],
      },
      { change: { settings: { [scopes]: ["apii"] } }, path: scopes, values: [scopes, "apii", "api"] },
      {
        change: { settings: { "policy.ipRelaxation": "enforce_some" } },
        path: "policy.ipRelaxation",
        values: [
          "policy.ipRelaxation",
          "enforce_some",
          "enforce, bypass, bypass2Factor, enforceRelaxRefresh",
        ],
      },
      {
        change: { settings: { "policy.permittedUsers": "adminAproved" } },
        path: "policy.permittedUsers",
        values: ["policy.permittedUsers", "adminAproved", "adminApproved"],
      },
      {
        change: { settings: { "policy.refreshToken": "Sliding:30:Days" } },
        path: "policy.refreshToken",
        values: ["policy.refreshToken", "Sliding:30:Days", "zero, infinite"],
      },
      {
        change: { settings: { "oauth.accessToken.timeout": "7m" } },
        path: "oauth.accessToken.timeout",
        values: [
          "oauth.accessToken.timeout",
          "7m",
          "session, 1m, 5m, 10m, 15m, 30m, 1h, 90m, 2h, 4h, 8h, 12h",
        ],
      },
      {
        change: { settings: { "policy.session.level": "HIGHEST" } },
        path: "policy.session.level",
        values: ["policy.session.level", "HIGHEST", "LOW, STANDARD, HIGH_ASSURANCE"],
      },
    ],
    clean: [
      {},
      { settings: { [scopes]: ["api", "id"], "policy.session.level": "high_assurance" } },
      { settings: { "policy.refreshToken": "{inactivity: 7d}", "oauth.accessToken.timeout": "session" } },
    ],
  },
};
