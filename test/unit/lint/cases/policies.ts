import type { Cases, Found } from "../linted.ts";

const ranges = (...texts: string[]) => ({
  settings: { "oauth.trustedIpRanges": texts.map((range) => ({ range })) },
});
const wide = (range: string): Found => ({
  change: ranges(range),
  path: "oauth.trustedIpRanges",
  values: [range],
});

/** Who may use the app, from where, in which sessions; and what the spec holds in plain text. */
export const policyCases: Cases = {
  "self-authorized": {
    found: [
      { change: { settings: { "policy.permittedUsers": "selfAuthorized" } }, path: "policy.permittedUsers" },
      { change: { settings: { "policy.permittedUsers": null } }, path: "policy.permittedUsers" },
    ],
    clean: [{}],
  },
  "nobody-approved": {
    found: [
      { change: { settings: { "policy.permissionSets": null } }, path: "policy.permittedUsers" },
      {
        change: { settings: { "policy.permissionSets": [], "policy.profiles": [] } },
        path: "policy.permittedUsers",
      },
    ],
    clean: [
      {},
      { settings: { "policy.permissionSets": null, "policy.profiles": ["API Only"] } },
      { settings: { "policy.permissionSets": null, "policy.permittedUsers": "selfAuthorized" } },
    ],
  },
  "approved-by-profile-alone": {
    found: [
      {
        change: { settings: { "policy.permissionSets": null, "policy.profiles": ["API Only"] } },
        path: "policy.profiles",
      },
      {
        change: { settings: { "policy.permissionSets": [], "policy.profiles": ["API Only"] } },
        path: "policy.profiles",
      },
    ],
    clean: [
      {},
      { settings: { "policy.profiles": ["API Only"] } },
      { settings: { "policy.permissionSets": null } },
      { settings: { "policy.permissionSets": null, "policy.profiles": [] } },
      {
        settings: {
          "policy.permissionSets": null,
          "policy.profiles": ["API Only"],
          "policy.permittedUsers": "selfAuthorized",
        },
      },
    ],
  },
  "profile-of-people": {
    found: [
      {
        change: { settings: { "policy.profiles": ["API Only", "Admin"] } },
        path: "policy.profiles",
        values: ["Admin"],
      },
      {
        change: { settings: { "policy.profiles": ["System Administrator", "Standard User"] } },
        path: "policy.profiles",
        values: ["System Administrator, Standard User"],
      },
    ],
    clean: [{}, { settings: { "policy.profiles": ["Minimum Access - API Only Integrations"] } }],
  },
  "ip-bypass": {
    found: [
      {
        change: { settings: { "policy.ipRelaxation": "bypass" } },
        path: "policy.ipRelaxation",
        values: ["bypass"],
      },
      {
        change: { settings: { "policy.ipRelaxation": "bypass2Factor" } },
        path: "policy.ipRelaxation",
        values: ["bypass2Factor"],
      },
    ],
    clean: [
      {},
      { settings: { "policy.ipRelaxation": null } },
      { settings: { "policy.ipRelaxation": "enforceRelaxRefresh" } },
    ],
  },
  "ip-relaxed-refresh": {
    found: [
      {
        change: {
          settings: { "policy.ipRelaxation": "enforceRelaxRefresh", "oauth.scopes": ["refresh_token"] },
        },
        path: "policy.ipRelaxation",
      },
    ],
    clean: [
      { settings: { "policy.ipRelaxation": "enforceRelaxRefresh" } },
      { settings: { "oauth.scopes": ["refresh_token"] } },
    ],
  },
  "session-level-low": {
    found: [{ change: { settings: { "policy.session.level": "LOW" } }, path: "policy.session.level" }],
    clean: [
      {},
      { settings: { "policy.session.level": "STANDARD" } },
      { settings: { "policy.session.level": "HIGH_ASSURANCE" } },
    ],
  },
  "trusted-ip-range-wide": {
    found: [
      "0.0.0.0/0",
      "128.0.0.0/1",
      "0.0.0.0-255.255.255.255",
      "10.0.0.0-11.0.0.0",
      "::/0",
      "2000::/3",
      "2001:db8::-2001:db9::",
      "::-2001::",
      "::ffff:0.0.0.0/96",
    ].map(wide),
    clean: [
      ranges(),
      ranges("everywhere", "10.0.0.9-10.0.0.1"),
      // It begins with an IPv4 address in the form of IPv6, and ends with an address of IPv6.
      ranges("::ffff:0.0.0.0-::1:0:0:0"),
      ranges("10.0.0.0/8", "203.0.113.7", "10.0.0.1-10.255.255.255", "203.0.113.0/24"),
      ranges("2001:db8::/32", "2001:db8::1", "2001:db8::-2001:db8:ffff::", "::ffff:10.0.0.0/104"),
    ],
  },
  "consumer-key-plain": {
    found: [{ change: { app: { consumerKey: "3MVG9example" } }, path: "consumer.key" }],
    clean: [{}],
  },
  "consumer-secret-plain": {
    found: [
      { change: { app: { consumerSecret: "hunter2hunter2" } }, path: "consumer.secret" },
      { change: { app: { consumerSecret: "${command:echo hunter2hunter2}" } }, path: "consumer.secret" },
      { change: { app: { consumerSecret: "${command: printf '%s' hunter2}" } }, path: "consumer.secret" },
      { change: { app: { consumerSecret: "x${env:CPQ_SECRET}" } }, path: "consumer.secret" },
    ],
    clean: [
      {},
      { app: { consumerSecret: "${env:CPQ_SECRET}" } },
      { app: { consumerSecret: "${file:/run/secrets/cpq}" } },
      { app: { consumerSecret: "${command:op read op://vault/cpq/secret}" } },
      { app: { consumerSecret: "${command:echo $CPQ_SECRET}" } },
    ],
  },
  "secret-in-text": {
    found: [
      {
        change: { settings: { "oauth.certificate": "-----BEGIN RSA PRIVATE KEY-----\nMIIC" } },
        path: "oauth.certificate",
        values: ["oauth.certificate"],
      },
      {
        change: { settings: { description: `For tests:\n00D000000000001AAA!${"AQ.x".repeat(12)}` } },
        path: "description",
        values: ["description"],
      },
      {
        change: {
          settings: {
            attributes: [
              { key: "k", formula: `"eyJ${"a".repeat(20)}.eyJ${"b".repeat(20)}.${"c".repeat(20)}"` },
            ],
          },
        },
        path: "attributes",
        values: ["attributes"],
      },
    ],
    clean: [
      {},
      { settings: { "oauth.certificate": "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----" } },
      { settings: { description: "The secret is in the vault; org 00D000000000001AAA." } },
    ],
  },
};
