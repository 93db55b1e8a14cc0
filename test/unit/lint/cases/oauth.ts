import type { Cases, Found } from "../linted.ts";

const path = "oauth.scopes";
const callback = "oauth.callbackUrl";
const clientCredentials = "oauth.clientCredentials.enabled";
const page = "https://app.example.com/callback";

/** Scopes, flows and callback URLs. */
export const oauthCases: Cases = {
  "scope-none-in-token": {
    found: [
      { change: { settings: { [path]: ["full", "refresh_token"] } }, path, values: ["full, refresh_token"] },
      { change: { settings: { [path]: ["web"] } }, path, values: ["web"] },
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
    found: [{ change: { settings: { [path]: null } }, path }],
    clean: [{}, { settings: { [path]: null, [clientCredentials]: false } }],
  },
  "scope-full": {
    found: [{ change: { settings: { [path]: ["api", "full"] } }, path }],
    clean: [{}, { settings: { [path]: ["api", "web", "refresh_token"] } }, { settings: { [path]: null } }],
  },
  "scope-browser-session": {
    found: [
      { change: { settings: { [path]: ["api", "web"] } }, path, values: ["web"] },
      {
        change: { settings: { [path]: ["visualforce", "lightning", "id"] } },
        path,
        values: ["visualforce, lightning"],
      },
    ],
    clean: [{ settings: { [path]: ["api", "full"] } }],
  },
  "scope-user-identity": {
    found: [
      {
        change: { settings: { [path]: ["api", "user_registration_api"] } },
        path,
        values: ["user_registration_api"],
      },
    ],
    clean: [{ settings: { [path]: ["api", "openid", "id"] } }],
  },
  "scope-refresh-token": {
    found: [{ change: { settings: { [path]: ["api", "refresh_token"] } }, path }],
    clean: [{}, { settings: { [path]: ["api", "refresh_token"], [clientCredentials]: false } }],
  },
  "scope-beyond-api": {
    found: [
      {
        change: { settings: { [path]: ["api", "wave_api", "mcp_api", "web"] } },
        path,
        values: ["wave_api, mcp_api"],
      },
    ],
    clean: [
      {},
      { settings: { [path]: ["api", "id", "openid"] } },
      { settings: { [path]: ["full", "web", "refresh_token", "forgot_password"] } },
    ],
  },
  "client-credentials-off": {
    found: [
      { change: { settings: { [clientCredentials]: false } }, path: clientCredentials },
      { change: { settings: { [clientCredentials]: null } }, path: clientCredentials },
      { change: { settings: { "policy.clientCredentials": false } }, path: "policy.clientCredentials" },
    ],
    clean: [{}, { settings: { "policy.clientCredentials": true } }],
  },
  "run-as-unset": {
    found: [
      {
        change: { settings: { "oauth.clientCredentials.runAs": null } },
        path: "oauth.clientCredentials.runAs",
      },
    ],
    clean: [{}, { settings: { "oauth.clientCredentials.runAs": null, [clientCredentials]: false } }],
  },
  "device-flow": {
    found: [{ change: { settings: { "oauth.deviceFlow": true } }, path: "oauth.deviceFlow" }],
    clean: [{}, { settings: { "oauth.deviceFlow": false } }],
  },
  "code-credentials": {
    found: [
      {
        change: { settings: { "oauth.codeCredentials.enabled": true } },
        path: "oauth.codeCredentials.enabled",
      },
    ],
    clean: [{}, { settings: { "oauth.codeCredentials.enabled": false } }],
  },
  "guest-access": {
    found: [
      {
        change: { settings: { "policy.guestAccess.codeCredentials": true } },
        path: "policy.guestAccess.codeCredentials",
      },
    ],
    clean: [{}, { settings: { "policy.guestAccess.codeCredentials": false } }],
  },
  "first-party": {
    found: [{ change: { settings: { "oauth.firstParty": true } }, path: "oauth.firstParty" }],
    clean: [{}, { settings: { "oauth.firstParty": false } }],
  },
  "secret-optional": {
    found: [
      {
        change: { settings: { "oauth.webServerFlow.secretOptional": true } },
        path: "oauth.webServerFlow.secretOptional",
      },
    ],
    clean: [{}, { settings: { "oauth.webServerFlow.secretOptional": false } }],
  },
  "token-exchange-secret-optional": {
    found: [
      {
        change: { settings: { "oauth.tokenExchange.enabled": true } },
        path: "oauth.tokenExchange.requireSecret",
      },
      {
        change: {
          settings: { "oauth.tokenExchange.enabled": true, "oauth.tokenExchange.requireSecret": false },
        },
        path: "oauth.tokenExchange.requireSecret",
      },
    ],
    clean: [
      {},
      { settings: { "oauth.tokenExchange.requireSecret": false } },
      { settings: { "oauth.tokenExchange.enabled": true, "oauth.tokenExchange.requireSecret": true } },
    ],
  },
  "jwt-bearer-certificate": {
    found: [{ change: { settings: { "oauth.certificate": "MIIC" } }, path: "oauth.certificate" }],
    clean: [{}],
  },
  "introspect-all-tokens": {
    found: [
      { change: { settings: { "oauth.introspectAllTokens": true } }, path: "oauth.introspectAllTokens" },
    ],
    clean: [{}, { settings: { "oauth.introspectAllTokens": false } }],
  },
  "callback-http": {
    found: [
      {
        change: { settings: { [callback]: ["http://app.example.com/cb"] } },
        path: callback,
        values: ["http://app.example.com/cb"],
      },
      {
        change: { settings: { [callback]: [page, "http://user:hunter2@example.com/cb?key=1"] } },
        path: callback,
        values: ["http://example.com/cb"],
      },
      {
        change: { settings: { [callback]: ["http://localhost.example.com/"] } },
        path: callback,
        values: ["http://localhost.example.com/"],
      },
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
      {
        change: { settings: { [callback]: ["https://*.example.com/cb"] } },
        path: callback,
        values: ["https://*.example.com/cb"],
      },
      {
        change: { settings: { [callback]: [page, "https://app.example.com/*"] } },
        path: callback,
        values: ["https://app.example.com/*"],
      },
    ],
    clean: [{}, { settings: { [callback]: [page] } }],
  },
  "callback-custom-scheme": {
    found: [
      {
        change: { settings: { [callback]: ["myapp://callback"] } },
        path: callback,
        values: ["myapp://callback"],
      },
      {
        change: { settings: { [callback]: ["myapp+https://callback"] } },
        path: callback,
        values: ["myapp+https://callback"],
      },
    ],
    clean: [
      {},
      { settings: { [callback]: [page, "HTTPS://app.example.com/", "http://localhost:1717/callback"] } },
    ],
  },
  "pkce-off": {
    found: [
      { change: { settings: { [callback]: [page] } }, path: "oauth.requirePkce" },
      { change: { settings: { [callback]: [page], "oauth.requirePkce": false } }, path: "oauth.requirePkce" },
      {
        change: {
          settings: { [callback]: ["https://login.salesforce.com.example.com/services/oauth2/success"] },
        },
        path: "oauth.requirePkce",
      },
      {
        change: {
          settings: { "oauth.requirePkce": false, "oauth.deviceFlow": true },
          app: { kind: "ExternalClientApp" },
        },
        path: "oauth.requirePkce",
      },
      { change: { settings: { "oauth.webServerFlow.secretOptional": true } }, path: "oauth.requirePkce" },
      { change: { settings: { "oauth.codeCredentials.enabled": true } }, path: "oauth.requirePkce" },
      ...[
        ["https://login.salesforce.com/services/oauth2/success", page],
        ["http://login.salesforce.com/services/oauth2/success"],
        ["https://login.salesforce.com/a/services/oauth2/success"],
        ["https://login.salesforce.com/services/oauth2/success/a"],
        ["https://not a host"],
        ["a https://"],
      ].map((urls): Found => ({ change: { settings: { [callback]: urls } }, path: "oauth.requirePkce" })),
    ],
    clean: [
      {},
      { settings: { [callback]: ["http://"] } },
      { settings: { [callback]: ["https://salesforce.com/services/oauth2/callback/"] } },
      { settings: { [callback]: [page], "oauth.requirePkce": true } },
      { settings: { [callback]: [page] }, app: { kind: "ExternalClientApp" } },
      { settings: { [callback]: ["https://"] } },
      {
        settings: { [callback]: ["https://acme--uat.sandbox.my.salesforce.com/services/oauth2/success"] },
      },
    ],
  },
};
