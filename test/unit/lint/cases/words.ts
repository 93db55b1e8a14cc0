import type { Cases } from "../linted.ts";

const scopes = "oauth.scopes";
const firstScopes =
  "api, cdp_api, cdp_calculated_insight_api, cdp_identityresolution_api, cdp_ingest_api, cdp_profile_api, cdp_query_api, cdp_segment_api, chatbot_api, chatter_api, content, custom_permissions …";

/** Words that Salesforce may have added since, and typing slips. */
export const wordCases: Cases = {
  "unknown-word": {
    found: [
      [{ settings: { [scopes]: ["api", "QuantumApi"] } }, scopes, scopes, "QuantumApi", firstScopes],
      [{ settings: { [scopes]: ["apii"] } }, scopes, scopes, "apii", "api"],
      [
        { settings: { "policy.ipRelaxation": "enforce_some" } },
        "policy.ipRelaxation",
        "policy.ipRelaxation",
        "enforce_some",
        "enforce, bypass, bypass2Factor, enforceRelaxRefresh",
      ],
      [
        { settings: { "policy.permittedUsers": "adminAproved" } },
        "policy.permittedUsers",
        "policy.permittedUsers",
        "adminAproved",
        "adminApproved",
      ],
      [
        { settings: { "policy.refreshToken": "Sliding:30:Days" } },
        "policy.refreshToken",
        "policy.refreshToken",
        "Sliding:30:Days",
        "zero, infinite",
      ],
      [
        { settings: { "oauth.accessToken.timeout": "7m" } },
        "oauth.accessToken.timeout",
        "oauth.accessToken.timeout",
        "7m",
        "session, 1m, 5m, 10m, 15m, 30m, 1h, 90m, 2h, 4h, 8h, 12h",
      ],
      [
        { settings: { "policy.session.level": "HIGHEST" } },
        "policy.session.level",
        "policy.session.level",
        "HIGHEST",
        "LOW, STANDARD, HIGH_ASSURANCE",
      ],
    ],
    clean: [
      {},
      { settings: { [scopes]: ["api", "id"], "policy.session.level": "high_assurance" } },
      { settings: { "policy.refreshToken": "{inactivity: 7d}", "oauth.accessToken.timeout": "session" } },
    ],
  },
};
