// What an editor is told besides what is right and wrong: Salesforce's defaults, and snippets to begin with.

const starter = {
  apiVersion: "cpq/v1",
  kind: "ExternalClientApp",
  name: "${1:CPQ_Admin_API}",
  label: "${2:CPQ Admin API}",
  contactEmail: "${3:platform@example.com}",
  oauth: {
    callbackUrl: "https://login.salesforce.com/services/oauth2/success",
    scopes: ["api"],
    clientCredentials: { runAs: "${4:cpq.integration@example.com}" },
    accessToken: { format: "jwt", timeout: "30m" },
  },
  consumer: "generated",
  policy: {
    permittedUsers: "adminApproved",
    permissionSets: ["${5:CPQ Integration}"],
    ipRelaxation: "enforce",
    refreshToken: "zero",
  },
};

/** Snippets by the path that they are offered at, as yaml-language-server understands them. */
const snippets = {
  "": [{ label: "App for CPQ admin APIs", description: "A new external client app", body: starter }],
  environments: [
    {
      label: "Sandbox and production",
      description: "One app in two orgs",
      body: {
        uat: { targetOrg: "${1:uat}", orgType: "sandbox", usernameSuffix: "${2:.uat}" },
        production: { targetOrg: "${3:production}", orgType: "production" },
      },
    },
  ],
  "lint.ignore": [
    { label: "Silence a rule", body: [{ rule: "${1:jwt-timeout-long}", reason: "${2:why this is meant}" }] },
  ],
  consumer: [
    { label: "Credential helper", body: { store: { helper: "${1:pass}" } } },
    {
      label: "From the environment",
      body: { key: "\\${env:CPQ_CONSUMER_KEY\\}", secret: "\\${env:CPQ_CONSUMER_SECRET\\}" },
    },
  ],
};

const partAt = (schema, path) =>
  path === "" ? schema : path.split(".").reduce((part, key) => part?.properties?.[key], schema);

/** The schema with what editors show and offer. A default is told, not filled in: a setting left out is left to the org. */
export function editorSchema(schema, definitions) {
  for (const [path, { default: value }] of Object.entries(definitions)) {
    const part = partAt(schema, path);
    if (part?.description === undefined || value === undefined || Array.isArray(value)) continue;
    part.description = `${part.description} Salesforce's default: ${value}.`;
  }
  for (const [path, list] of Object.entries(snippets)) partAt(schema, path).defaultSnippets = list;
  return schema;
}
