import { Connection } from "@jsforce/jsforce-node";
import { describe, expect, test } from "vitest";
import type { TargetOrg } from "../../src/org/connect.ts";
import { readLogins, refusalsOf } from "../../src/org/loginHistory.ts";
import { loginLines } from "../../src/results/loginLines.ts";
import { startTokenServer } from "./tokenServer.ts";

test("an org that does not let its login history be read is no failure, but one line with the permission", async () => {
  const server = await startTokenServer();
  const message = "sObject type 'LoginHistory' is not supported.";
  const refusal = { status: 400, body: [{ errorCode: "INVALID_TYPE", message }] };
  let asked = "";
  server.otherwise = (path) => {
    asked = decodeURIComponent(path.replaceAll("+", " "));
    return refusal;
  };
  const connection = new Connection({ instanceUrl: server.url, accessToken: "00D!x", version: "67.0" });
  const org = { connection, name: "uat", limit: (work: () => unknown) => work() } as unknown as TargetOrg;
  const user = { id: "005000000000001AAA", username: "cpq@example.com", isActive: true };
  const log = await readLogins(org, user, ["CPQ"], Date.parse("2026-11-26T12:00:05.700Z"));
  server.close();

  expect(asked).toContain("WHERE UserId = '005000000000001AAA' AND LoginTime >= 2026-11-26T12:00:03.000Z");
  expect(log).toMatchObject({ username: "cpq@example.com", since: "2026-11-26T12:00:03.000Z", entries: [] });
  const [line, ...more] = loginLines(log);
  expect(more).toEqual([]);
  expect(line).toMatch(/"Monitor Login History" or "Manage Users".*INVALID_TYPE.*LoginHistory/);
});

describe("of what the org logged", () => {
  const entry = (application: string, status = "Failed: Not approved for access") => ({
    at: "2026-11-26T12:00:05.000Z",
    status,
    sourceIp: "192.0.2.1",
    application,
    loginType: "Remote Access 2.0",
  });
  const [own, byName, other] = [entry("CPQ Admin API"), entry("CPQ_Admin_API"), entry("Other")];
  const success = entry("CPQ Admin API", "Success");

  test.each([
    { what: "the app's own failures count", logged: [other, own], shown: [own] },
    { what: "the app's own failures count, by its API name too", logged: [other, byName], shown: [byName] },
    { what: "each failure counts if none names the app", logged: [success, other], shown: [other] },
    { what: "a success is of no refused token", logged: [success], shown: [] },
    { what: "the newest are enough", logged: Array(5).fill(own), shown: Array(3).fill(own) },
  ])("$what", ({ logged, shown }) =>
    expect(refusalsOf(["CPQ Admin API", "CPQ_Admin_API"], logged)).toEqual(shown),
  );
});
