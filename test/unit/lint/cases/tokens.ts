import type { Cases } from "../linted.ts";

const refresh = { "oauth.scopes": ["api", "refresh_token"], "policy.refreshToken": "{lifetime: 30d}" };
const format = "oauth.accessToken.format";
const timeout = "oauth.accessToken.timeout";
const session = "policy.session.timeout";

/** Access tokens and refresh tokens. */
export const tokenCases: Cases = {
  "access-token-opaque": {
    found: [
      [{ settings: { [format]: "opaque" } }, format],
      [{ settings: { [format]: null } }, format],
    ],
    clean: [{}],
  },
  "jwt-timeout-long": {
    found: [
      [{ settings: { [timeout]: "1h" } }, timeout, "1h"],
      [{ settings: { [timeout]: "90m" } }, timeout, "90m"],
      [{ settings: { [timeout]: "12h" } }, timeout, "12h"],
    ],
    clean: [{}, { settings: { [timeout]: "1m" } }, { settings: { [timeout]: null } }],
  },
  "jwt-timeout-unset": {
    found: [[{ settings: { [timeout]: null } }, timeout]],
    clean: [{}, { settings: { [timeout]: null, [format]: "opaque" } }],
  },
  "session-timeout-long": {
    found: [
      [{ settings: { [format]: "opaque", [session]: "12h" } }, session, "12h"],
      [{ settings: { [format]: null, [session]: "481m" } }, session, "481m"],
    ],
    clean: [
      {},
      { settings: { [format]: "opaque", [session]: "8h" } },
      { settings: { [format]: "opaque", [session]: "15m" } },
    ],
  },
  "session-timeout-without-effect": {
    found: [[{ settings: { [session]: "2h" } }, session]],
    clean: [{}, { settings: { [format]: "opaque", [session]: "2h" } }],
  },
  "refresh-token-infinite": {
    found: [
      [{ settings: { ...refresh, "policy.refreshToken": "infinite" } }, "policy.refreshToken"],
      [{ settings: { ...refresh, "policy.refreshToken": null } }, "policy.refreshToken"],
    ],
    clean: [
      {},
      { settings: refresh },
      { settings: { "policy.refreshToken": "infinite" } },
      { settings: { ...refresh, "policy.refreshToken": "zero" } },
    ],
  },
  "refresh-token-secret-optional": {
    found: [
      [{ settings: refresh }, "oauth.refreshToken.requireSecret"],
      [
        { settings: { ...refresh, "oauth.refreshToken.requireSecret": false } },
        "oauth.refreshToken.requireSecret",
      ],
    ],
    clean: [
      {},
      { settings: { ...refresh, "oauth.refreshToken.requireSecret": true } },
      { settings: { ...refresh, "policy.refreshToken": "zero" } },
    ],
  },
  "refresh-token-no-rotation": {
    found: [
      [{ settings: refresh }, "oauth.refreshToken.rotate"],
      [{ settings: { ...refresh, "oauth.refreshToken.rotate": false } }, "oauth.refreshToken.rotate"],
    ],
    clean: [
      {},
      { settings: { ...refresh, "oauth.refreshToken.rotate": true } },
      { settings: { ...refresh, "policy.refreshToken": "zero" } },
    ],
  },
};
