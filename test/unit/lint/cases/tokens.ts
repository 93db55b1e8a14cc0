import type { Cases } from "../linted.ts";

const refresh = { "oauth.scopes": ["api", "refresh_token"], "policy.refreshToken": "{lifetime: 30d}" };
const format = "oauth.accessToken.format";
const timeout = "oauth.accessToken.timeout";
const session = "policy.session.timeout";

/** Access tokens and refresh tokens. */
export const tokenCases: Cases = {
  "access-token-opaque": {
    found: [
      { change: { settings: { [format]: "opaque" } }, path: format },
      { change: { settings: { [format]: null } }, path: format },
    ],
    clean: [{}],
  },
  "jwt-timeout-long": {
    found: [
      { change: { settings: { [timeout]: "1h" } }, path: timeout, values: ["1h"] },
      { change: { settings: { [timeout]: "90m" } }, path: timeout, values: ["90m"] },
      { change: { settings: { [timeout]: "12h" } }, path: timeout, values: ["12h"] },
    ],
    clean: [{}, { settings: { [timeout]: "1m" } }, { settings: { [timeout]: null } }],
  },
  "jwt-timeout-unset": {
    found: [{ change: { settings: { [timeout]: null } }, path: timeout }],
    clean: [{}, { settings: { [timeout]: null, [format]: "opaque" } }],
  },
  "session-timeout-long": {
    found: [
      { change: { settings: { [format]: "opaque", [session]: "12h" } }, path: session, values: ["12h"] },
      { change: { settings: { [format]: null, [session]: "481m" } }, path: session, values: ["481m"] },
    ],
    clean: [
      {},
      { settings: { [format]: "jwt", [session]: "12h" } },
      { settings: { [format]: "opaque", [session]: "8h" } },
      { settings: { [format]: "opaque", [session]: "15m" } },
    ],
  },
  "session-timeout-without-effect": {
    found: [{ change: { settings: { [session]: "2h" } }, path: session }],
    clean: [{}, { settings: { [format]: "opaque", [session]: "2h" } }],
  },
  "refresh-token-infinite": {
    found: [
      {
        change: { settings: { ...refresh, "policy.refreshToken": "infinite" } },
        path: "policy.refreshToken",
      },
      { change: { settings: { ...refresh, "policy.refreshToken": null } }, path: "policy.refreshToken" },
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
      { change: { settings: refresh }, path: "oauth.refreshToken.requireSecret" },
      {
        change: { settings: { ...refresh, "oauth.refreshToken.requireSecret": false } },
        path: "oauth.refreshToken.requireSecret",
      },
    ],
    clean: [
      {},
      { settings: { ...refresh, "oauth.refreshToken.requireSecret": true } },
      { settings: { ...refresh, "policy.refreshToken": "zero" } },
    ],
  },
  "refresh-token-no-rotation": {
    found: [
      { change: { settings: refresh }, path: "oauth.refreshToken.rotate" },
      {
        change: { settings: { ...refresh, "oauth.refreshToken.rotate": false } },
        path: "oauth.refreshToken.rotate",
      },
    ],
    clean: [
      {},
      { settings: { ...refresh, "oauth.refreshToken.rotate": true } },
      { settings: { ...refresh, "policy.refreshToken": "zero" } },
    ],
  },
};
