import type { Cases } from "../linted.ts";

const ranges = (...texts: string[]) => ({
  settings: { "oauth.trustedIpRanges": texts.map((range) => ({ range })) },
});
const wide = (range: string): Cases[string]["found"][number] => [
  ranges(range),
  "oauth.trustedIpRanges",
  range,
];

/** Who may use the app, from where, in which sessions; and what the spec holds in plain text. */
export const policyCases: Cases = {
  "self-authorized": {
    found: [
      [{ settings: { "policy.permittedUsers": "selfAuthorized" } }, "policy.permittedUsers"],
      [{ settings: { "policy.permittedUsers": null } }, "policy.permittedUsers"],
    ],
    clean: [{}],
  },
  "nobody-approved": {
    found: [
      [{ settings: { "policy.permissionSets": null } }, "policy.permittedUsers"],
      [{ settings: { "policy.permissionSets": [], "policy.profiles": [] } }, "policy.permittedUsers"],
    ],
    clean: [
      {},
      { settings: { "policy.permissionSets": null, "policy.profiles": ["API Only"] } },
      { settings: { "policy.permissionSets": null, "policy.permittedUsers": "selfAuthorized" } },
    ],
  },
  "approved-by-profile-alone": {
    found: [
      [{ settings: { "policy.permissionSets": null, "policy.profiles": ["API Only"] } }, "policy.profiles"],
      [{ settings: { "policy.permissionSets": [], "policy.profiles": ["API Only"] } }, "policy.profiles"],
    ],
    clean: [
      {},
      { settings: { "policy.profiles": ["API Only"] } },
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
      [{ settings: { "policy.profiles": ["API Only", "Admin"] } }, "policy.profiles", "Admin"],
      [
        { settings: { "policy.profiles": ["System Administrator", "Standard User"] } },
        "policy.profiles",
        "System Administrator, Standard User",
      ],
    ],
    clean: [{}, { settings: { "policy.profiles": ["Minimum Access - API Only Integrations"] } }],
  },
  "ip-bypass": {
    found: [
      [{ settings: { "policy.ipRelaxation": "bypass" } }, "policy.ipRelaxation", "bypass"],
      [{ settings: { "policy.ipRelaxation": "bypass2Factor" } }, "policy.ipRelaxation", "bypass2Factor"],
    ],
    clean: [
      {},
      { settings: { "policy.ipRelaxation": null } },
      { settings: { "policy.ipRelaxation": "enforceRelaxRefresh" } },
    ],
  },
  "ip-relaxed-refresh": {
    found: [
      [
        { settings: { "policy.ipRelaxation": "enforceRelaxRefresh", "oauth.scopes": ["refresh_token"] } },
        "policy.ipRelaxation",
      ],
    ],
    clean: [
      { settings: { "policy.ipRelaxation": "enforceRelaxRefresh" } },
      { settings: { "oauth.scopes": ["refresh_token"] } },
    ],
  },
  "session-level-low": {
    found: [[{ settings: { "policy.session.level": "LOW" } }, "policy.session.level"]],
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
      ranges("10.0.0.0/8", "203.0.113.7", "10.0.0.1-10.255.255.255", "203.0.113.0/24"),
      ranges("2001:db8::/32", "2001:db8::1", "2001:db8::-2001:db8:ffff::", "::ffff:10.0.0.0/104"),
    ],
  },
  "consumer-key-plain": {
    found: [[{ app: { consumerKey: "3MVG9example" } }, "consumer.key"]],
    clean: [{}],
  },
  "consumer-secret-plain": {
    found: [
      [{ app: { consumerSecret: "hunter2hunter2" } }, "consumer.secret"],
      [{ app: { consumerSecret: "${command:echo hunter2hunter2}" } }, "consumer.secret"],
      [{ app: { consumerSecret: "${command: printf '%s' hunter2}" } }, "consumer.secret"],
      [{ app: { consumerSecret: "x${env:CPQ_SECRET}" } }, "consumer.secret"],
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
      [
        { settings: { "oauth.certificate": "-----BEGIN RSA PRIVATE KEY-----\nMIIC" } },
        "oauth.certificate",
        "oauth.certificate",
      ],
      [
        { settings: { description: `For tests:\n00D000000000001AAA!${"AQ.x".repeat(12)}` } },
        "description",
        "description",
      ],
      [
        {
          settings: {
            attributes: [
              { key: "k", formula: `"eyJ${"a".repeat(20)}.eyJ${"b".repeat(20)}.${"c".repeat(20)}"` },
            ],
          },
        },
        "attributes",
        "attributes",
      ],
    ],
    clean: [
      {},
      { settings: { "oauth.certificate": "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----" } },
      { settings: { description: "The secret is in the vault; org 00D000000000001AAA." } },
    ],
  },
};
