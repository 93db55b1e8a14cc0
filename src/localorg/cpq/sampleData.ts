const createdDate = "2026-05-30T21:19:32.650Z";
const modifiedDate = "2026-09-14T08:02:55.210Z";
const auditDates = { dateCreated: createdDate, dateModified: modifiedDate, lastModifiedBy: "NO_USER_ID" };

/** The managed tables of the sample tenant, as a list call shows them: columns, no rows. */
export const managedTables = [
  table("regionalPricing", "List price factors by sales region", [
    ["region", "text"],
    ["factor", "number"],
  ]),
  table("shapes", "Shapes that a panel comes in", [
    ["shape", "text"],
    ["sides", "number"],
  ]),
  table("powerSupplies", "Power supplies by country", [
    ["country", "text"],
    ["voltage", "number"],
    ["plug", "text"],
  ]),
];

/** The rules of the sample tenant. */
export const rules = [
  rule(101, "hideExpressShipping", "Hide express shipping outside the region", "fieldState"),
  rule(102, "requirePowerSupply", "Require a power supply for powered panels", "validation"),
  rule(103, "applyRegionalFactor", "Apply the regional price factor", "assignment"),
  rule(104, "limitPanelCount", "Allow at most twelve panels", "validation"),
];

/** The blueprints of the sample tenant, as a list call shows them: without fields, rules and layouts. */
export const blueprints = [
  blueprint(12, "panelBuilder", "Panel builder", "Panels to measure"),
  blueprint(18, "powerKit", "Power kit", ""),
];

function table(name: string, description: string, columns: [name: string, type: "text" | "number"][]) {
  const described = columns.map(([column, type], index) => ({
    name: column,
    type,
    description: "",
    orderNumber: index + 1,
  }));
  return { ...auditDates, name, columns: described, description };
}

function rule(id: number, variableName: string, name: string, type: string) {
  return { id, name, variableName, type, active: true, ...auditDates };
}

function blueprint(id: number, variableName: string, name: string, description: string) {
  return { id, name, variableName, description, modified: modifiedDate, lastModifiedBy: "NO_USER_ID" };
}
