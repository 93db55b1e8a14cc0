import type { Cases } from "../linted.ts";

const path = "oauth.scopes";
const callback = "oauth.callbackUrl";
const clientCredentials = "oauth.clientCredentials.enabled";
const page = "https://app.example.com/callback";

/** Scopes, flows and callback URLs. */
export const oauthCases: Cases = {
  "scope-none-in-token": {
    found: [
      [{ settings: { [path]: ["full", "refresh_token"] } }, path, "full, refresh_token"],
      [{ settings: { [path]: ["web"] } }, path, "web"],
    ],
    clean: [
      {},
      { settings: { [path]: ["full", "id"] } },
      { settings: { [path]: ["full", "QuantumApi"] } },
      { settings: { [path]: ["full"], "oauth.customScopes": ["Quotes"] } },
      { settings: { [path]: ["full"], [clientCredentials]: false } },
      { settings: { [path]: null } },
    ],
  },
  "scopes-unset": {
    found: [[{ settings: { [path]: null } }, path]],
    clean: [{}, { settings: { [path]: null, [clientCredentials]: false } }],
  },
  "scope-full": {
    found: [[{ settings: { [path]: ["api", "full"] } }, path]],
    clean: [{}, { settings: { [path]: ["api", "web", "refresh_token"] } }, { settings: { [path]: null } }],
  },
  "scope-browser-session": {
    found: [
      [{ settings: { [path]: ["api", "web"] } }, path, "web"],
      [{ settings: { [path]: ["visualforce", "lightning", "id"] } }, path, "visualforce, lightning"],
    ],
    clean: [{ settings: { [path]: ["api", "full"] } }],
  },
  "scope-user-identity": {
    found: [[{ settings: { [path]: ["api", "user_registration_api"] } }, path, "user_registration_api"]],
    clean: [{ settings: { [path]: ["api", "openid", "id"] } }],
  },
  "scope-refresh-token": {
    found: [[{ settings: { [path]: ["api", "refresh_token"] } }, path]],
    clean: [{}, { settings: { [path]: ["api", "refresh_token"], [clientCredentials]: false } }],
  },
  "scope-beyond-api": {
    found: [[{ settings: { [path]: ["api", "wave_api", "mcp_api", "web"] } }, path, "wave_api, mcp_api"]],
    clean: [
      {},
      { settings: { [path]: ["api", "id", "openid"] } },
      { settings: { [path]: ["full", "web", "refresh_token", "forgot_password"] } },
    ],
  },
  "client-credentials-off": {
    found: [
      [{ settings: { [clientCredentials]: false } }, clientCredentials],
      [{ settings: { [clientCredentials]: null } }, clientCredentials],
      [{ settings: { "policy.clientCredentials": false } }, "policy.clientCredentials"],
    ],
    clean: [{}, { settings: { "policy.clientCredentials": true } }],
  },
  "run-as-unset": {
    found: [[{ settings: { "oauth.clientCredentials.runAs": null } }, "oauth.clientCredentials.runAs"]],
    clean: [{}, { settings: { "oauth.clientCredentials.runAs": null, [clientCredentials]: false } }],
  },
  "device-flow": {
    found: [[{ settings: { "oauth.deviceFlow": true } }, "oauth.deviceFlow"]],
    clean: [{}, { settings: { "oauth.deviceFlow": false } }],
  },
  "code-credentials": {
    found: [[{ settings: { "oauth.codeCredentials.enabled": true } }, "oauth.codeCredentials.enabled"]],
    clean: [{}, { settings: { "oauth.codeCredentials.enabled": false } }],
  },
  "guest-access": {
    found: [
      [{ settings: { "policy.guestAccess.codeCredentials": true } }, "policy.guestAccess.codeCredentials"],
    ],
    clean: [{}, { settings: { "policy.guestAccess.codeCredentials": false } }],
  },
  "first-party": {
    found: [[{ settings: { "oauth.firstParty": true } }, "oauth.firstParty"]],
    clean: [{}, { settings: { "oauth.firstParty": false } }],
  },
  "secret-optional": {
    found: [
      [{ settings: { "oauth.webServerFlow.secretOptional": true } }, "oauth.webServerFlow.secretOptional"],
    ],
    clean: [{}, { settings: { "oauth.webServerFlow.secretOptional": false } }],
  },
  "token-exchange-secret-optional": {
    found: [
      [{ settings: { "oauth.tokenExchange.enabled": true } }, "oauth.tokenExchange.requireSecret"],
      [
        { settings: { "oauth.tokenExchange.enabled": true, "oauth.tokenExchange.requireSecret": false } },
        "oauth.tokenExchange.requireSecret",
      ],
    ],
    clean: [
      {},
      { settings: { "oauth.tokenExchange.requireSecret": false } },
      { settings: { "oauth.tokenExchange.enabled": true, "oauth.tokenExchange.requireSecret": true } },
    ],
  },
  "jwt-bearer-certificate": {
    found: [[{ settings: { "oauth.certificate": "MIIC" } }, "oauth.certificate"]],
    clean: [{}],
  },
  "introspect-all-tokens": {
    found: [[{ settings: { "oauth.introspectAllTokens": true } }, "oauth.introspectAllTokens"]],
    clean: [{}, { settings: { "oauth.introspectAllTokens": false } }],
  },
  "callback-http": {
    found: [
      [{ settings: { [callback]: ["http://app.example.com/cb"] } }, callback, "http://app.example.com/cb"],
      [
        { settings: { [callback]: [page, "http://user:hunter2@example.com/cb?key=1"] } },
        callback,
        "http://example.com/cb",
      ],
      [
        { settings: { [callback]: ["http://localhost.example.com/"] } },
        callback,
        "http://localhost.example.com/",
      ],
    ],
    clean: [
      {},
      {
        settings: {
          [callback]: [page, "http://localhost:1717/OauthRedirect", "http://127.0.0.1/cb", "http://[::1]/"],
        },
      },
      { settings: { [callback]: ["myapp://callback"] } },
    ],
  },
  "callback-wildcard": {
    found: [
      [{ settings: { [callback]: ["https://*.example.com/cb"] } }, callback, "https://*.example.com/cb"],
      [
        { settings: { [callback]: [page, "https://app.example.com/*"] } },
        callback,
        "https://app.example.com/*",
      ],
    ],
    clean: [{}, { settings: { [callback]: [page] } }],
  },
  "callback-custom-scheme": {
    found: [[{ settings: { [callback]: ["myapp://callback"] } }, callback, "myapp://callback"]],
    clean: [{}, { settings: { [callback]: [page, "HTTPS://app.example.com/"] } }],
  },
  "pkce-off": {
    found: [
      [{ settings: { [callback]: [page] } }, "oauth.requirePkce"],
      [{ settings: { [callback]: [page], "oauth.requirePkce": false } }, "oauth.requirePkce"],
      [
        { settings: { [callback]: ["https://login.salesforce.com.example.com/services/oauth2/success"] } },
        "oauth.requirePkce",
      ],
      [
        {
          settings: { "oauth.requirePkce": false, "oauth.deviceFlow": true },
          app: { kind: "ExternalClientApp" },
        },
        "oauth.requirePkce",
      ],
      [{ settings: { "oauth.webServerFlow.secretOptional": true } }, "oauth.requirePkce"],
    ],
    clean: [
      {},
      { settings: { [callback]: [page], "oauth.requirePkce": true } },
      { settings: { [callback]: [page] }, app: { kind: "ExternalClientApp" } },
      { settings: { [callback]: ["https://"] } },
      {
        settings: { [callback]: ["https://acme--uat.sandbox.my.salesforce.com/services/oauth2/success"] },
      },
    ],
  },
};
