import { Connection } from "@jsforce/jsforce-node";
import { expect, test } from "vitest";
import type { TargetOrg } from "../../src/org/connect.ts";
import { readLogins } from "../../src/org/loginHistory.ts";
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
  const log = await readLogins(org, user, Date.parse("2026-11-26T12:00:05.700Z"));
  server.close();

  expect(asked).toContain("WHERE UserId = '005000000000001AAA' AND LoginTime >= 2026-11-26T12:00:03.000Z");
  expect(log).toMatchObject({ username: "cpq@example.com", since: "2026-11-26T12:00:03.000Z", entries: [] });
  const [line, ...more] = loginLines(log);
  expect(more).toEqual([]);
  expect(line).toMatch(/"Monitor Login History" or "Manage Users".*INVALID_TYPE.*LoginHistory/);
});
