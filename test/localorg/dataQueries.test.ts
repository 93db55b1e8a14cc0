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

test.each<{ where: string; users: string[] }>([
  { where: "Username = 'CPQ.Integration@example.com'", users: ["cpq.integration"] },
  { where: "Username != 'cpq.integration@example.com' AND Username LIKE '%integration%'", users: [] },
  { where: "Username LIKE 'cpq.__api@%'", users: ["cpq.noapi"] },
  { where: "Name LIKE 'Noah L%n'", users: ["cpq.noapi"] },
  { where: "Name LIKE '%\\\\_%'", users: [] },
  {
    where: "Username IN ('cpq.noapi@example.com', 'cpq.person@example.com')",
    users: ["cpq.noapi", "cpq.person"],
  },
  {
    where: "Username LIKE 'cpq%' AND Username NOT IN ('cpq.noapi@example.com')",
    users: integrations.filter((name) => name !== "cpq.noapi"),
  },
  { where: "IsActive = false", users: ["cpq.former"] },
  { where: "(NOT IsActive = true)", users: ["cpq.former"] },
  { where: "NOT (IsActive = true OR Name = 'x')", users: ["cpq.former"] },
  {
    where: "IsActive = false OR (Username LIKE 'cpq.p%' AND IsActive = true)",
    users: ["cpq.former", "cpq.person"],
  },
  { where: "FederationIdentifier != null", users: [] },
  { where: "Username < 'b'", users: ["admin"] },
  { where: "Username >= 'cpq.p'", users: ["cpq.person"] },
  { where: "CreatedDate > 2026-06-15T12:00:00Z", users: [] },
  { where: "CreatedDate >= 2026-06-15T14:00:00+02:00 AND Username > 'cpq.p'", users: ["cpq.person"] },
  { where: "CreatedDate < TODAY", users: [] },
  {
    where: "CreatedDate = TODAY AND CreatedDate = THIS_QUARTER AND Username > 'cpq.p'",
    users: ["cpq.person"],
  },
  {
    where: "CreatedDate = LAST_N_DAYS:1 AND CreatedDate != LAST_MONTH AND IsActive = false",
    users: ["cpq.former"],
  },
  { where: "Profile.Name = 'Standard User'", users: ["cpq.person"] },
  {
    where: "Profile.PermissionsApiUserOnly = true AND IsActive = true",
    users: ["cpq.frozen", "cpq.integration", "cpq.other"],
  },
  { where: "Profile.PermissionsApiEnabled = false", users: ["cpq.noapi"] },
  { where: "Id IN (SELECT UserId FROM UserLogin WHERE IsFrozen = true)", users: ["cpq.frozen"] },
  {
    where:
      "Id NOT IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.Name = 'CPQ_Integration')",
    users: ["admin", "cpq.other"],
  },
  { where: "User.Name = 'Noah Lindgren'", users: ["cpq.noapi"] },
])("SELECT … FROM User WHERE $where", async ({ where, users }) => {
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

test.each<{ soql: string; errorCode: string; message: string | RegExp }>([
  { soql: "", errorCode: "MALFORMED_QUERY", message: "A query string has to be specified" },
  { soql: "SELECT", errorCode: "MALFORMED_QUERY", message: /unexpected token/ },
  { soql: "DELETE FROM User", errorCode: "MALFORMED_QUERY", message: "unexpected token: 'DELETE'" },
  { soql: "SELECT Id FROM User WHERE", errorCode: "MALFORMED_QUERY", message: /unexpected token/ },
  { soql: "SELECT Id FROM User WHERE Name = 'open", errorCode: "MALFORMED_QUERY", message: /./ },
  {
    soql: "SELECT Id FROM User WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
    errorCode: "MALFORMED_QUERY",
    message: "unexpected token: 'OR'",
  },
  {
    soql: "SELECT Id, Name, Id FROM User",
    errorCode: "MALFORMED_QUERY",
    message: "duplicate field selected: Id",
  },
  { soql: "SELECT FIELDS(ALL) FROM User", errorCode: "MALFORMED_QUERY", message: /LIMIT of at most 200/ },
  {
    soql: `SELECT Id FROM User WHERE ${"(".repeat(5000)}Id = null${")".repeat(5000)}`,
    errorCode: "MALFORMED_QUERY",
    message: /./,
  },
  {
    soql: "SELECT Nmae FROM User",
    errorCode: "INVALID_FIELD",
    message:
      /^\nSELECT Nmae FROM User\n {7}\^\nERROR at Row:1:Column:8\nNo such column 'Nmae' on entity 'User'\. If you/,
  },
  {
    soql: "SELECT Id FROM User WHERE Nmae = 'x'",
    errorCode: "INVALID_FIELD",
    message: /No such column 'Nmae' on entity 'User'/,
  },
  {
    soql: "SELECT Id FROM User ORDER BY Nmae",
    errorCode: "INVALID_FIELD",
    message: /No such column 'Nmae' on entity 'User'/,
  },
  {
    soql: "SELECT Profile.Nmae FROM User",
    errorCode: "INVALID_FIELD",
    message: /No such column 'Nmae' on entity 'Profile'/,
  },
  {
    soql: "SELECT Role.Name FROM User",
    errorCode: "INVALID_FIELD",
    message: /Didn't understand relationship 'Role' in field path/,
  },
  {
    soql: "SELECT Id FROM User WHERE IsActive = 'true'",
    errorCode: "INVALID_FIELD",
    message: /must be of type boolean and should not be enclosed/,
  },
  {
    soql: "SELECT Id FROM User WHERE Name = 5",
    errorCode: "INVALID_FIELD",
    message: /must be of type string and should be enclosed in quotes/,
  },
  {
    soql: "SELECT Id FROM User WHERE CreatedDate = 2026-06-15",
    errorCode: "INVALID_FIELD",
    message: /must be of type dateTime/,
  },
  { soql: "SELECT Id FROM Usr", errorCode: "INVALID_TYPE", message: /sObject type 'Usr' is not supported\./ },
  {
    soql: "SELECT Id FROM User WHERE Id = 'abc'",
    errorCode: "INVALID_QUERY_FILTER_OPERATOR",
    message: "invalid ID field: abc",
  },
  {
    soql: "SELECT Id FROM User WHERE IsActive > true",
    errorCode: "INVALID_QUERY_FILTER_OPERATOR",
    message: "invalid operator",
  },
  {
    soql: "SELECT Id FROM User OFFSET 2001",
    errorCode: "NUMBER_OUTSIDE_VALID_RANGE",
    message: "Maximum SOQL offset allowed is 2000",
  },
  {
    soql: "SELECT COUNT(Id) FROM User GROUP BY ProfileId",
    errorCode: "FUNCTIONALITY_NOT_ENABLED",
    message: /local org does not support/,
  },
])("refuses $soql with $errorCode", async ({ soql, errorCode, message }) => {
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
