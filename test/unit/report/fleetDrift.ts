import type { AppDrift, Drift, DriftReport } from "../../../src/results/drift.ts";

const names = ["CPQ_Admin_API", "CPQ_Price_Sync", "CPQ_Quote_Export"];

/** A report of 300 orgs with 3 apps each: 200 apps have drifted, and 12 were not checked. */
export function fleetDrift(): DriftReport {
  const apps = Array.from({ length: 300 }, (_, org) =>
    names.map((name, index) => fleetApp(name, org, org * names.length + index)),
  ).flat();
  return { schemaVersion: 1, checkedAt: "2026-11-24T05:30:12.418Z", version: "0.1.0", apps, unclaimed: [] };
}

function fleetApp(name: string, org: number, index: number): AppDrift {
  const base = {
    kind: "ConnectedApp" as const,
    name,
    label: name.replaceAll("_", " "),
    specFile: `apps/${name}.yaml`,
    environment: `customer-${String(org + 1).padStart(3, "0")}`,
    org: {
      name: `customer-${org + 1}@example.com`,
      instanceUrl: `https://customer-${org + 1}.my.salesforce.example.com`,
    },
    drifts: [],
    changes: [],
  };
  if (index >= 888)
    return {
      ...base,
      state: "unchecked",
      failure: { message: "The org did not answer.", actions: ["Try again."] },
    };
  if (index % 4 !== 0 || index >= 800) return { ...base, state: "inSync" };
  const changes = [
    { at: "2026-11-21T16:42:00Z", by: `admin-${org + 1}@example.com`, what: "Changed the app" },
  ];
  return { ...base, state: "drifted", drifts: [fleetDifference(index)], changes };
}

function fleetDifference(index: number): Drift {
  const place = { file: "apps/cpq.yaml", line: 31, column: 5 };
  const remedy = ["Bring the org back to the spec: sf cpq connectedapp deploy --spec apps/cpq.yaml"];
  const setting = { kind: "setting", place, remedy } as const;
  switch ((index / 4) % 3) {
    case 0:
      return {
        ...setting,
        path: "policy.permittedUsers",
        severity: "security",
        expected: "adminApproved",
        actual: "selfAuthorized",
      };
    case 1:
      return {
        ...setting,
        path: "oauth.accessToken.timeout",
        severity: "function",
        expected: "30m",
        actual: "12h",
      };
    default:
      return {
        ...setting,
        path: "label",
        severity: "appearance",
        expected: "CPQ Admin API",
        actual: "CPQ API",
      };
  }
}
