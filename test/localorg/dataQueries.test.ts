import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../src/localorg/salesforceId.ts";
import { type LocalOrgs, type RunningOrg, startLocalOrgs } from "../../src/localorg/start.ts";
import { getWithToken, userOf } from "./clients.ts";
import { addConnectedApp, cpqApp } from "./connectedApp.ts";

let orgs: LocalOrgs;
let sandbox: RunningOrg;
let production: RunningOrg;
// 2026-06-15 is a Monday in the second quarter.
const now = Date.parse("2026-06-15T12:00:00Z");

beforeAll(async () => {
  orgs = await startLocalOrgs({ behaviour: { now: () => now } });
  [sandbox, production] = orgs.orgs as [RunningOrg, RunningOrg];
  const createdAt = Date.parse("2026-05-20T10:30:00Z");
  addConnectedApp(sandbox.org, cpqApp, { createdAt });
});
afterAll(() => orgs.stop());

interface Answer {
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string;
  records: Record<string, unknown>[];
}

async function query(soql: string, api = "", running = sandbox): Promise<Answer> {
  const url = `${running.org.myDomainUrl}/services/data/v67.0/${api}query?q=${encodeURIComponent(soql)}`;
  const response = await getWithToken(url, running.accessToken);
  expect(response.status, await response.clone().text()).toBe(200);
  return (await response.json()) as Answer;
}

async function refusal(
  soql: string,
  api = "",
): Promise<{ status: number; errorCode: string; message: string }> {
  const url = `${sandbox.org.myDomainUrl}/services/data/v67.0/${api}query?q=${encodeURIComponent(soql)}`;
  const response = await getWithToken(url, sandbox.accessToken);
  const [error] = (await response.json()) as [{ errorCode: string; message: string }];
  return { status: response.status, ...error };
}

const integrations = ["cpq.former", "cpq.frozen", "cpq.integration", "cpq.noapi", "cpq.other", "cpq.person"];

test.each<[where: string, users: string[]]>([
  ["Username = 'CPQ.Integration@example.com'", ["cpq.integration"]],
  ["Username != 'cpq.integration@example.com' AND Username LIKE '%integration%'", []],
  ["Username LIKE 'cpq.__api@%'", ["cpq.noapi"]],
  ["Name LIKE 'Noah L%n'", ["cpq.noapi"]],
  ["Name LIKE '%\\\\_%'", []],
  ["Username IN ('cpq.noapi@example.com', 'cpq.person@example.com')", ["cpq.noapi", "cpq.person"]],
  [
    "Username LIKE 'cpq%' AND Username NOT IN ('cpq.noapi@example.com')",
    integrations.filter((name) => name !== "cpq.noapi"),
  ],
  ["IsActive = false", ["cpq.former"]],
  ["(NOT IsActive = true)", ["cpq.former"]],
  ["NOT (IsActive = true OR Name = 'x')", ["cpq.former"]],
  ["IsActive = false OR (Username LIKE 'cpq.p%' AND IsActive = true)", ["cpq.former", "cpq.person"]],
  ["FederationIdentifier != null", []],
  ["Username < 'b'", ["admin"]],
  ["Username >= 'cpq.p'", ["cpq.person"]],
  ["CreatedDate > 2026-06-15T12:00:00Z", []],
  ["CreatedDate >= 2026-06-15T14:00:00+02:00 AND Username > 'cpq.p'", ["cpq.person"]],
  ["CreatedDate < TODAY", []],
  ["CreatedDate = TODAY AND CreatedDate = THIS_QUARTER AND Username > 'cpq.p'", ["cpq.person"]],
  ["CreatedDate = LAST_N_DAYS:1 AND CreatedDate != LAST_MONTH AND IsActive = false", ["cpq.former"]],
  ["Profile.Name = 'Standard User'", ["cpq.person"]],
  [
    "Profile.PermissionsApiUserOnly = true AND IsActive = true",
    ["cpq.frozen", "cpq.integration", "cpq.other"],
  ],
  ["Profile.PermissionsApiEnabled = false", ["cpq.noapi"]],
  ["Id IN (SELECT UserId FROM UserLogin WHERE IsFrozen = true)", ["cpq.frozen"]],
  [
    "Id NOT IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.Name = 'CPQ_Integration')",
    ["admin", "cpq.other"],
  ],
  ["User.Name = 'Noah Lindgren'", ["cpq.noapi"]],
])("SELECT … FROM User WHERE %s", async (where, users) => {
  const { records } = await query(`SELECT Username FROM User WHERE ${where} ORDER BY Username`);
  expect(records.map(({ Username }) => String(Username).split("@")[0])).toEqual(users);
});

describe("a query", () => {
  test("gives related records, types and URLs", async () => {
    const { records } = await query(
      "SELECT Assignee.Username, Assignee.Profile.Name, PermissionSet.Label FROM PermissionSetAssignment WHERE PermissionSet.IsOwnedByProfile = false AND Assignee.Username = 'cpq.other@example.com'",
    );
    expect(records).toEqual([
      {
        attributes: expect.objectContaining({ type: "PermissionSetAssignment" }),
        Assignee: {
          attributes: {
            type: "User",
            url: expect.stringMatching(/^\/services\/data\/v67\.0\/sobjects\/User\/005/),
          },
          Username: "cpq.other@example.com",
          Profile: { attributes: expect.anything(), Name: "Salesforce API Only System Integrations" },
        },
        PermissionSet: { attributes: expect.anything(), Label: "CPQ Reports" },
      },
    ]);
  });

  test("counts", async () => {
    expect(await query("SELECT COUNT() FROM User")).toEqual({ totalSize: 7, done: true, records: [] });
  });

  test("sorts by several fields, limits and skips", async () => {
    const { records } = await query(
      "SELECT Username FROM User ORDER BY IsActive, Username DESC LIMIT 2 OFFSET 1",
    );
    expect(records.map(({ Username }) => Username)).toEqual([
      "cpq.person@example.com",
      "cpq.other@example.com",
    ]);
  });

  test("puts nulls where it is told", async () => {
    const soql = "SELECT Name, ProfileId FROM PermissionSet ORDER BY ProfileId";
    expect((await query(`${soql} LIMIT 1`)).records[0]?.ProfileId).toBeNull();
    expect((await query(`${soql} NULLS LAST LIMIT 1`)).records[0]?.ProfileId).not.toBeNull();
  });

  test("finds a record by its 15-character Id, whose letter case counts", async () => {
    const { id } = userOf(sandbox, "cpq.person@example.com");
    expect((await query(`SELECT Id FROM User WHERE Id = '${id.slice(0, 15)}'`)).records[0]?.Id).toBe(id);
    const otherCase = id.slice(0, 15).replace(/[a-z](?=[^a-z]*$)/, (letter) => letter.toUpperCase());
    expect((await query(`SELECT Id FROM User WHERE Id = '${otherCase}'`)).totalSize).toBe(0);
  });

  test("gives all fields of the Organization, as the sf CLI needs them", async () => {
    const { records } = await query("SELECT FIELDS(ALL) FROM Organization LIMIT 1");
    expect(records[0]).toMatchObject({ Id: sandbox.org.id, IsSandbox: true, TrialExpirationDate: null });
  });

  test("shows a connected app: less by the data API, more by the Tooling API", async () => {
    const fields =
      "Name, NamedUserUvidTimeout, OptionsAllowAdminApprovedUsersOnly, RefreshTokenValidityPeriod, CreatedDate";
    const data = await query(`SELECT ${fields} FROM ConnectedApplication`);
    expect(data.records).toEqual([
      {
        attributes: expect.anything(),
        Name: "CPQ Admin API",
        NamedUserUvidTimeout: "30",
        OptionsAllowAdminApprovedUsersOnly: true,
        RefreshTokenValidityPeriod: 0,
        CreatedDate: "2026-05-20T10:30:00.000+0000",
      },
    ]);
    const tooling = await query(
      "SELECT DeveloperName, ExecutionUser.Username FROM ConnectedApplication",
      "tooling/",
    );
    expect(tooling.records[0]).toMatchObject({
      DeveloperName: "CPQ_Admin_API",
      ExecutionUser: { Username: "cpq.integration@example.com" },
    });
    expect(await refusal("SELECT DeveloperName FROM ConnectedApplication")).toMatchObject({
      errorCode: "INVALID_FIELD",
    });
  });

  test("shows who made an app in the setup audit trail", async () => {
    const { records } = await query(
      "SELECT Action, Display, CreatedBy.Username FROM SetupAuditTrail WHERE CreatedDate = LAST_MONTH",
    );
    expect(records).toMatchObject([
      {
        Action: "insertConnectedApplication",
        Display: "Created Connected App CPQ Admin API",
        CreatedBy: { Username: sandbox.adminUsername },
      },
    ]);
  });

  // Object reference: Action and DelegateUser are filtered by, the words for people are read only.
  test.each(["Display", "Section", "ResponsibleNamespacePrefix"])(
    "does not filter the setup audit trail by %s",
    async (field) => {
      expect(await refusal(`SELECT Id FROM SetupAuditTrail WHERE ${field} = 'x'`)).toMatchObject({
        errorCode: "INVALID_FIELD",
        message: expect.stringContaining(`field '${field}' can not be filtered in a query call`),
      });
    },
  );

  test("filters the setup audit trail by Action and DelegateUser", async () => {
    const soql =
      "SELECT Display FROM SetupAuditTrail WHERE Action = 'insertConnectedApplication' AND DelegateUser = null";
    expect((await query(soql)).records).toMatchObject([{ Display: "Created Connected App CPQ Admin API" }]);
  });

  test("knows ScratchOrgInfo in the production org only", async () => {
    expect(await query("SELECT Id FROM ScratchOrgInfo", "", production)).toMatchObject({ totalSize: 0 });
    expect(await refusal("SELECT Id FROM ScratchOrgInfo")).toMatchObject({ errorCode: "INVALID_TYPE" });
  });

  test("comes in pages, each under the URL that the page before it names", async () => {
    const template = userOf(production, "cpq.person@example.com");
    for (let index = 0; index < 450; index++) {
      production.org.users.push({ ...template, id: newId("005"), username: `many.${index}@example.com` });
    }
    const soql = encodeURIComponent("SELECT Id, Username FROM User WHERE Username LIKE 'many.%'");
    const first = `/services/data/v67.0/query?q=${soql}`;
    const sizes: number[] = [];
    const usernames = new Set<unknown>();
    for (let path: string | undefined = first; path; ) {
      const headers = { "Sforce-Query-Options": "batchSize=200" };
      const response = await getWithToken(production.org.myDomainUrl + path, production.accessToken, headers);
      const page = (await response.json()) as Answer;
      sizes.push(page.records.length);
      for (const { Username } of page.records) usernames.add(Username);
      expect(page).toMatchObject({ totalSize: 450, done: page.nextRecordsUrl === undefined });
      path = page.nextRecordsUrl;
    }
    expect(sizes).toEqual([200, 200, 50]);
    expect(usernames.size).toBe(450);
  });
});

test.each<[soql: string, errorCode: string, message: string | RegExp]>([
  ["", "MALFORMED_QUERY", "A query string has to be specified"],
  ["SELECT", "MALFORMED_QUERY", /unexpected token/],
  ["DELETE FROM User", "MALFORMED_QUERY", "unexpected token: 'DELETE'"],
  ["SELECT Id FROM User WHERE", "MALFORMED_QUERY", /unexpected token/],
  ["SELECT Id FROM User WHERE Name = 'open", "MALFORMED_QUERY", /./],
  [
    "SELECT Id FROM User WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
    "MALFORMED_QUERY",
    "unexpected token: 'OR'",
  ],
  ["SELECT Id, Name, Id FROM User", "MALFORMED_QUERY", "duplicate field selected: Id"],
  ["SELECT FIELDS(ALL) FROM User", "MALFORMED_QUERY", /LIMIT of at most 200/],
  [`SELECT Id FROM User WHERE ${"(".repeat(5000)}Id = null${")".repeat(5000)}`, "MALFORMED_QUERY", /./],
  [
    "SELECT Nmae FROM User",
    "INVALID_FIELD",
    /^\nSELECT Nmae FROM User\n {7}\^\nERROR at Row:1:Column:8\nNo such column 'Nmae' on entity 'User'\. If you/,
  ],
  ["SELECT Id FROM User WHERE Nmae = 'x'", "INVALID_FIELD", /No such column 'Nmae' on entity 'User'/],
  ["SELECT Id FROM User ORDER BY Nmae", "INVALID_FIELD", /No such column 'Nmae' on entity 'User'/],
  ["SELECT Profile.Nmae FROM User", "INVALID_FIELD", /No such column 'Nmae' on entity 'Profile'/],
  ["SELECT Role.Name FROM User", "INVALID_FIELD", /Didn't understand relationship 'Role' in field path/],
  [
    "SELECT Id FROM User WHERE IsActive = 'true'",
    "INVALID_FIELD",
    /must be of type boolean and should not be enclosed/,
  ],
  [
    "SELECT Id FROM User WHERE Name = 5",
    "INVALID_FIELD",
    /must be of type string and should be enclosed in quotes/,
  ],
  ["SELECT Id FROM User WHERE CreatedDate = 2026-06-15", "INVALID_FIELD", /must be of type dateTime/],
  ["SELECT Id FROM Usr", "INVALID_TYPE", /sObject type 'Usr' is not supported\./],
  ["SELECT Id FROM User WHERE Id = 'abc'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: abc"],
  ["SELECT Id FROM User WHERE IsActive > true", "INVALID_QUERY_FILTER_OPERATOR", "invalid operator"],
  ["SELECT Id FROM User OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000"],
  [
    "SELECT COUNT(Id) FROM User GROUP BY ProfileId",
    "FUNCTIONALITY_NOT_ENABLED",
    /local org does not support/,
  ],
])("refuses %j with %s", async (soql, errorCode, message) => {
  expect(await refusal(soql)).toEqual({
    status: 400,
    errorCode,
    message: typeof message === "string" ? message : expect.stringMatching(message),
  });
});

test("answers a hostile LIKE pattern at once", async () => {
  const template = userOf(production, "cpq.person@example.com");
  production.org.users.push({
    ...template,
    id: newId("005"),
    username: "long@example.com",
    name: "a".repeat(5000),
  });
  const where = (pattern: string) =>
    `SELECT Id FROM User WHERE Username LIKE 'long%' AND Name LIKE '${pattern}'`;
  expect((await query(where(`${"%a".repeat(2000)}b`), "", production)).totalSize).toBe(0);
  expect((await query(where(`${"%a".repeat(2000)}%`), "", production)).totalSize).toBe(1);
});
