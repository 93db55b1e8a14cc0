import type { Cases, Found } from "../linted.ts";

/** Web addresses, SAML, and what is left of the asset token flow. */
export const addressCases: Cases = {
  "cpq-url-http": {
    found: [{ change: { app: { cpqUrl: "http://acme.prod01.logik.io" } }, path: "cpq.url" }],
    clean: [
      {},
      { app: { cpqUrl: "https://acme.prod01.logik.io" } },
      { app: { cpqUrl: "http://localhost:41781" } },
    ],
  },
  "url-http": {
    found: [
      {
        change: { settings: { startUrl: "http://app.example.com" } },
        path: "startUrl",
        values: ["startUrl"],
      },
      {
        change: { settings: { "canvas.url": "http://app.example.com/canvas" } },
        path: "canvas.url",
        values: ["canvas.url"],
      },
      {
        change: { settings: { "policy.singleLogoutUrl": "http://app.example.com/logout" } },
        path: "policy.singleLogoutUrl",
        values: ["policy.singleLogoutUrl"],
      },
      ...["http://notlocalhost/", "http://localhost.example.com/", "http://127.0.0.1.example.com/"].map(
        (startUrl): Found => ({ change: { settings: { startUrl } }, path: "startUrl", values: ["startUrl"] }),
      ),
      ...[
        "infoUrl",
        "iconUrl",
        "logoUrl",
        "canvasMetadata.url",
        "mobile.installUrl",
        "saml.singleLogoutUrl",
      ].map(
        (path): Found => ({
          change: { settings: { [path]: "http://app.example.com" } },
          path,
          values: [path],
        }),
      ),
    ],
    clean: [
      {},
      { settings: { startUrl: "https://app.example.com", infoUrl: "https://wiki.example.com" } },
      { settings: { "saml.entityUrl": "http://sp.example.com" } },
      { settings: { mobileStartUrl: "http://localhost:8080" } },
      { settings: { mobileStartUrl: "http://a.b.localhost", startUrl: "http://127.10.200.30/" } },
      // These have rules of their own.
      {
        settings: {
          "oauth.callbackUrl": ["http://app.example.com"],
          "saml.acsUrl": "http://app.example.com",
        },
      },
    ],
  },
  "password-in-url": {
    found: [
      {
        change: { settings: { startUrl: "https://me:hunter2@app.example.com" } },
        path: "startUrl",
        values: ["startUrl"],
      },
      {
        change: {
          settings: { "oauth.callbackUrl": ["https://app.example.com", "https://:hunter2@app.example.com"] },
        },
        path: "oauth.callbackUrl",
        values: ["oauth.callbackUrl"],
      },
      {
        change: { app: { cpqUrl: "https://me:hunter2@acme.prod01.logik.io" } },
        path: "cpq.url",
        values: ["cpq.url"],
      },
    ],
    clean: [
      {},
      { settings: { startUrl: "https://app.example.com/me:you@home", description: "https://" } },
      { app: { cpqUrl: "https://acme.prod01.logik.io" } },
    ],
  },
  "saml-sha1": {
    found: [{ change: { settings: { "saml.signingAlgorithm": "SHA1" } }, path: "saml.signingAlgorithm" }],
    clean: [{}, { settings: { "saml.signingAlgorithm": "SHA256" } }],
  },
  "saml-triple-des": {
    found: [{ change: { settings: { "saml.encryptionType": "Triple_Des" } }, path: "saml.encryptionType" }],
    clean: [{}, { settings: { "saml.encryptionType": "AES_128" } }],
  },
  "saml-acs-http": {
    found: [{ change: { settings: { "saml.acsUrl": "http://app.example.com/acs" } }, path: "saml.acsUrl" }],
    clean: [{}, { settings: { "saml.acsUrl": "https://app.example.com/acs" } }],
  },
  "legacy-asset-token": {
    found: [
      {
        change: { settings: { "oauth.assetToken.audiences": ["https://acme.logik.io"] } },
        path: "oauth.assetToken",
      },
      { change: { settings: { "oauth.assetToken.includeAttributes": false } }, path: "oauth.assetToken" },
    ],
    clean: [{}],
  },
};
