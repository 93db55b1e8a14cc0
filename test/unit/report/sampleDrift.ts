import type { AppDrift, Drift, DriftReport, UnclaimedApp } from "../../../src/results/drift.ts";

type SampleApp = Pick<AppDrift, "kind" | "name" | "label" | "specFile">;
type Found = Pick<AppDrift, "drifts" | "changes">;

const apps: readonly SampleApp[] = [
  { kind: "ConnectedApp", name: "CPQ_Admin_API", label: "CPQ Admin API", specFile: "apps/cpq-admin.yaml" },
  {
    kind: "ExternalClientApp",
    name: "CPQ_Price_Sync",
    label: "CPQ Price Sync",
    specFile: "apps/price-sync.yaml",
  },
  {
    kind: "ExternalClientApp",
    name: "CPQ_Quote_Export",
    label: "Quote Export",
    specFile: "apps/quote-export.yaml",
  },
  { kind: "ConnectedApp", name: "CPQ_Catalog", label: "Product Catalog", specFile: "apps/catalog.yaml" },
  { kind: "ConnectedApp", name: "CPQ_Approvals", label: "Approvals Bot", specFile: "apps/approvals.yaml" },
  {
    kind: "ExternalClientApp",
    name: "CPQ_Contracts",
    label: "Contract Renewal",
    specFile: "apps/contracts.yaml",
  },
];

const environments: readonly [string, AppDrift["org"]][] = [
  ["development", sandbox("cpq-dev", "dev", "00DAw000000dEv1MAE")],
  ["integration", sandbox("cpq-int", "int", "00DAw000000iNt2MAE")],
  ["uat", sandbox("cpq-uat", "uat", "00DAw000000uAt3MAE")],
  ["staging", sandbox("cpq-staging", "staging", "00DAw000000sTg4MAE")],
  [
    "production",
    {
      name: "cpq-production",
      id: "00D4x000000pRd5EAI",
      instanceUrl: "https://acme.my.salesforce.example.com",
    },
  ],
];

const uat = sandbox("cpq-uat", "uat", "00DAw000000uAt3MAE");

/** A report as a team with six apps in five environments gets it: most is well, and there is a difference of each kind. */
export function sampleDrift(): DriftReport {
  return {
    schemaVersion: 1,
    checkedAt: "2026-11-24T05:30:12.418Z",
    version: "0.1.0",
    apps: apps.flatMap((app) =>
      environments
        .filter(([environment]) => !(app.name === "CPQ_Contracts" && environment === "development"))
        .map(([environment, org]) => checked(app, environment, org)),
    ),
    unclaimed: unclaimed(),
    passedOver: [
      { kind: "ConnectedApp", name: "acme__Quotes", org: uat, why: "package" },
      { kind: "ExternalClientApp", name: "acme__Cloud", org: uat, why: "package" },
      { kind: "ConnectedApp", name: "Old_Test", org: uat, why: "excluded" },
    ],
  };
}

function checked(app: SampleApp, environment: string, org: AppDrift["org"]): AppDrift {
  const base = { ...app, environment, org, drifts: [], changes: [] };
  if (environment === "staging" && app.name !== "CPQ_Catalog") {
    if (app.name === "CPQ_Admin_API" || app.name === "CPQ_Price_Sync") return { ...base, ...expired(org) };
    return { ...base, state: "inSync" };
  }
  const found = findings(app.specFile)[`${app.name} ${environment}`];
  return found === undefined ? { ...base, state: "inSync" } : { ...base, state: "drifted", ...found };
}

function expired({ name }: AppDrift["org"]): Pick<AppDrift, "state" | "failure"> {
  return {
    state: "unchecked",
    failure: {
      message: `The login to ${name} has expired: expired access/refresh token.`,
      actions: [
        `Log in again: sf org login web --alias ${name}`,
        "In a pipeline, log in with a JWT, which needs no refresh token: sf org login jwt",
      ],
    },
  };
}

function findings(file: string): Record<string, Found> {
  const at = (line: number, column = 5) => ({ file, line, column });
  const options = (environment: string) =>
    `--spec ${file} --environment ${environment} --target-org ${orgOf(environment)}`;
  const deploy = (environment: string) => `Repair it: sf cpq connectedapp deploy ${options(environment)}`;
  const accept = (path: string, environment: string) =>
    `Or accept it: sf cpq connectedapp drift ${options(environment)} --accept ${path}`;
  const setting = (
    path: string,
    line: number,
    values: [Drift["expected"], Drift["actual"]],
    environment: string,
    severity: Drift["severity"] = "security",
  ): Drift => ({
    kind: "setting",
    path,
    severity,
    expected: values[0],
    actual: values[1],
    place: at(line),
    remedy: [deploy(environment), accept(path, environment)],
  });
  const byAdmin = {
    at: "2026-11-21T16:42:00Z",
    by: "Dana Whitfield",
    what: "Changed Connected App CPQ Admin API: permitted users",
  };
  return {
    "CPQ_Admin_API production": {
      drifts: [
        setting(
          "description",
          6,
          ["Admin access to CPQ pricing", "Admin access to CPQ"],
          "production",
          "appearance",
        ),
        setting("policy.permittedUsers", 31, ["adminApproved", "selfAuthorized"], "production"),
        setting(
          "oauth.scopes",
          14,
          [
            ["api", "refresh_token"],
            ["api", "full", "refresh_token", "web"],
          ],
          "production",
        ),
        setting("oauth.accessToken.timeout", 22, ["30m", "12h"], "production", "function"),
      ],
      changes: [
        byAdmin,
        {
          at: "2026-11-20T09:05:31Z",
          by: "deploy.bot@acme.example.com",
          what: "Deployed by the Metadata API",
        },
      ],
    },
    "CPQ_Admin_API uat": {
      drifts: [
        {
          kind: "runAsUser",
          path: "oauth.clientCredentials.runAs",
          severity: "function",
          expected: "cpq.integration@acme.example.com.uat",
          actual: "cpq.integration@acme.example.com.uat2",
          detail: "The Run As user is another one, and is frozen. Every request for a token fails.",
          place: at(19, 7),
          remedy: ["Unfreeze the user in Setup, Users, or name another one in the spec.", deploy("uat")],
        },
      ],
      changes: [{ at: "2026-11-23T22:10:00Z", by: "Sandbox refresh" }],
    },
    "CPQ_Price_Sync integration": {
      drifts: [
        {
          kind: "appMissing",
          path: "name",
          severity: "function",
          expected: "CPQ_Price_Sync",
          actual: undefined,
          detail: "The org has no External Client App of this name. A sandbox refresh may have removed it.",
          place: at(3, 3),
          remedy: [`Create it: sf cpq connectedapp deploy ${options("integration")}`],
        },
      ],
      changes: [],
    },
    "CPQ_Price_Sync production": {
      drifts: [
        setting(
          "oauth.callbackUrl",
          11,
          [
            ["https://pricing.example.com/oauth/callback"],
            ["https://pricing.example.com/oauth/callback", "http://localhost:1717/OauthRedirect"],
          ],
          "production",
        ),
        {
          kind: "verification",
          path: "token.format",
          severity: "function",
          expected: "jwt",
          actual: "opaque",
          detail:
            "A fresh token is no JWT: the app issues opaque tokens, which the callers cannot check themselves.",
          place: at(20, 7),
          remedy: [deploy("production")],
        },
      ],
      changes: [
        { at: "2026-11-19T13:27:45Z", by: "Ravi Menon", what: "Changed External Client App OAuth settings" },
      ],
    },
    "CPQ_Quote_Export uat": {
      drifts: [setting("label", 4, ["Quote Export", "Quote Export (old)"], "uat", "appearance")],
      changes: [{ at: "2026-11-02T08:00:00Z", by: "Dana Whitfield" }],
    },
    "CPQ_Quote_Export integration": {
      drifts: [
        {
          kind: "consumerKey",
          path: "consumerKey",
          severity: "function",
          expected: "3MVG9…f3kQ",
          actual: "3MVG9…pW1x",
          detail: "The app was made anew. Callers that still use the former key are refused.",
          place: at(8, 3),
          remedy: [
            `Tell the callers the new key and secret: sf cpq connectedapp credentials show ${options("integration")}`,
          ],
        },
      ],
      changes: [{ at: "2026-11-23T22:10:00Z", by: "Sandbox refresh" }],
    },
    "CPQ_Catalog staging": {
      drifts: [
        {
          kind: "appBlocked",
          path: "name",
          severity: "security",
          expected: undefined,
          actual: undefined,
          detail: "The app is blocked in this org: nobody can log in with it.",
          place: at(3, 3),
          remedy: ["If this was not meant: in Setup, Connected Apps OAuth Usage, choose Unblock."],
        },
      ],
      changes: [
        { at: "2026-11-22T07:14:09Z", by: "security.team@acme.example.com", what: "Blocked Product Catalog" },
      ],
    },
    "CPQ_Catalog development": {
      drifts: [
        {
          kind: "unmentioned",
          path: "startUrl",
          severity: "appearance",
          expected: undefined,
          actual: "https://catalog.example.com/welcome",
          place: at(1, 1),
          remedy: ["Write it into the spec, or remove it in Setup."],
        },
        setting("oauth.ipBinding", 24, [true, false], "development"),
      ],
      changes: [],
    },
    "CPQ_Approvals production": {
      drifts: [
        {
          kind: "permissionSet",
          path: "policy.permissionSets",
          severity: "function",
          expected: ["CPQ_Admin_API_Access", "CPQ_Approvals_Access"],
          actual: ["CPQ_Admin_API_Access"],
          detail: "The Run As user has none of the permission sets that give access to the app.",
          place: at(33),
          remedy: ["Assign it: sf org assign permset --name CPQ_Approvals_Access"],
        },
      ],
      changes: [{ at: "2026-11-18T17:55:00Z", by: "Ravi Menon", what: "Removed permission set assignment" }],
    },
  };
}

function orgOf(environment: string): string {
  return environments.find(([name]) => name === environment)?.[1].name ?? "";
}

function unclaimed(): UnclaimedApp[] {
  return [
    {
      kind: "ConnectedApp",
      name: "Legacy_Pricing_Job",
      label: "Legacy pricing job",
      org: sandbox("cpq-uat", "uat", "00DAw000000uAt3MAE"),
      why: ["clientCredentials"],
    },
    {
      kind: "ExternalClientApp",
      name: "Partner_Portal_Tokens",
      label: "Partner portal",
      org: {
        name: "cpq-production",
        id: "00D4x000000pRd5EAI",
        instanceUrl: "https://acme.my.salesforce.example.com",
      },
      why: ["clientCredentials", "jwt"],
    },
  ];
}

function sandbox(name: string, suffix: string, id: string): AppDrift["org"] {
  return { name, id, instanceUrl: `https://acme--${suffix}.sandbox.my.salesforce.example.com` };
}
