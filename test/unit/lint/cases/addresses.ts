import type { Cases, Found } from "../linted.ts";

/** Web addresses, SAML, and what is left of the asset token flow. */
export const addressCases: Cases = {
  "cpq-url-http": {
    found: [[{ app: { cpqUrl: "http://acme.prod01.logik.io" } }, "cpq.url"]],
    clean: [
      {},
      { app: { cpqUrl: "https://acme.prod01.logik.io" } },
      { app: { cpqUrl: "http://localhost:41781" } },
    ],
  },
  "url-http": {
    found: [
      [{ settings: { startUrl: "http://app.example.com" } }, "startUrl", "startUrl"],
      [{ settings: { "canvas.url": "http://app.example.com/canvas" } }, "canvas.url", "canvas.url"],
      [
        { settings: { "policy.singleLogoutUrl": "http://app.example.com/logout" } },
        "policy.singleLogoutUrl",
        "policy.singleLogoutUrl",
      ],
      ...[
        "infoUrl",
        "iconUrl",
        "logoUrl",
        "canvasMetadata.url",
        "mobile.installUrl",
        "saml.singleLogoutUrl",
      ].map((path): Found => [{ settings: { [path]: "http://app.example.com" } }, path, path]),
    ],
    clean: [
      {},
      { settings: { startUrl: "https://app.example.com", infoUrl: "https://wiki.example.com" } },
      { settings: { "saml.entityUrl": "http://sp.example.com" } },
      { settings: { mobileStartUrl: "http://localhost:8080" } },
    ],
  },
  "password-in-url": {
    found: [
      [{ settings: { startUrl: "https://me:hunter2@app.example.com" } }, "startUrl", "startUrl"],
      [
        {
          settings: { "oauth.callbackUrl": ["https://app.example.com", "https://:hunter2@app.example.com"] },
        },
        "oauth.callbackUrl",
        "oauth.callbackUrl",
      ],
      [{ app: { cpqUrl: "https://me:hunter2@acme.prod01.logik.io" } }, "cpq.url", "cpq.url"],
    ],
    clean: [
      {},
      { settings: { startUrl: "https://app.example.com/me:you@home", description: "https://" } },
      { app: { cpqUrl: "https://acme.prod01.logik.io" } },
    ],
  },
  "saml-sha1": {
    found: [[{ settings: { "saml.signingAlgorithm": "SHA1" } }, "saml.signingAlgorithm"]],
    clean: [{}, { settings: { "saml.signingAlgorithm": "SHA256" } }],
  },
  "saml-triple-des": {
    found: [[{ settings: { "saml.encryptionType": "Triple_Des" } }, "saml.encryptionType"]],
    clean: [{}, { settings: { "saml.encryptionType": "AES_128" } }],
  },
  "saml-acs-http": {
    found: [[{ settings: { "saml.acsUrl": "http://app.example.com/acs" } }, "saml.acsUrl"]],
    clean: [{}, { settings: { "saml.acsUrl": "https://app.example.com/acs" } }],
  },
  "legacy-asset-token": {
    found: [
      [{ settings: { "oauth.assetToken.audiences": ["https://acme.logik.io"] } }, "oauth.assetToken"],
      [{ settings: { "oauth.assetToken.includeAttributes": false } }, "oauth.assetToken"],
    ],
    clean: [{}],
  },
};
