import { Connection } from "@jsforce/jsforce-node";
import { setDefaults, setDispatcher } from "@jsforce/jsforce-node/lib/request.js";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { withinDeadline } from "../../src/network/retries.ts";
import { transport } from "../../src/network/transport.ts";
import type { TargetOrg } from "../../src/org/connect.ts";
import { queryOrg } from "../../src/org/queryOrg.ts";
import { refuseAnswer } from "../../src/org/refuseAnswer.ts";
import { startSandbox } from "../localorg/clients.ts";

let sandbox: LocalOrg;
let org: TargetOrg;
beforeAll(async () => {
  sandbox = await startSandbox();
  const instanceUrl = sandbox.org.myDomainUrl;
  org = {
    connection: new Connection({ instanceUrl, accessToken: sandbox.accessToken, version: "67.0" }),
    name: "acme",
    instanceUrl,
    limit: (work: () => Promise<unknown>) => work(),
  } as unknown as TargetOrg;
  setDispatcher(transport({ seconds: 60, mebibytes: 5, refuse: refuseAnswer }));
  setDefaults({ followRedirect: false, retry: { maxRetries: 0 } });
});
afterAll(async () => {
  setDispatcher();
  setDefaults({});
  await sandbox.stop();
});
beforeEach(() => sandbox.faults.set([]));

const person = "SELECT Username FROM User WHERE Username = 'cpq.person@example.com'";
const asked = () => sandbox.faults.seen.map(({ method, path }) => `${method} ${path.split("?")[0]}`);
const batch = "POST /services/data/v67.0/composite/batch";

test("a query alone is asked as it is", async () => {
  expect(await queryOrg(org, person)).toMatchObject([{ Username: "cpq.person@example.com" }]);
  expect(asked()).toEqual(["GET /services/data/v67.0/query"]);
});

test("queries of one moment are asked in one request, and each has its own rows", async () => {
  const [users, nobody, profiles] = await Promise.all([
    queryOrg(org, person),
    queryOrg(org, "SELECT Id FROM User WHERE Username = 'nobody@example.com'"),
    queryOrg(org, "SELECT Name FROM Profile WHERE Name = 'System Administrator'"),
  ]);
  expect(users).toMatchObject([{ Username: "cpq.person@example.com" }]);
  expect(nobody).toEqual([]);
  expect(profiles).toMatchObject([{ Name: "System Administrator" }]);
  expect(asked()).toEqual([batch]);
});

test("more than 25 are asked in several requests", async () => {
  const all = await Promise.all(Array.from({ length: 60 }, () => queryOrg(org, person)));
  expect(all.map((rows) => rows.length)).toEqual(Array(60).fill(1));
  expect(asked()).toEqual([batch, batch, batch]);
});

test("one that the org refuses fails alone, with the org's words", async () => {
  const [right, wrong] = await Promise.allSettled([
    queryOrg(org, person),
    queryOrg(org, "SELECT Nothing FROM Profile"),
  ]);
  expect(right.status).toBe("fulfilled");
  expect(wrong).toMatchObject({
    reason: {
      name: "OrgRequestFailedError",
      message: expect.stringMatching(/acme.*query of Profile.*INVALID_FIELD.*Nothing/s),
    },
  });
});

test("a request that fails for a moment is made again for all of them", async () => {
  sandbox.faults.set([{ path: "composite/batch", fault: "status", status: 503, times: 1 }]);
  const all = await Promise.all([queryOrg(org, person), queryOrg(org, person)]);
  expect(all.map((rows) => rows.length)).toEqual([1, 1]);
  expect(asked()).toEqual([batch, batch]);
});

test("beyond a deadline, nothing is asked again", async () => {
  sandbox.faults.set([{ path: "/query", fault: "status", status: 503, times: 9 }]);
  const asking = withinDeadline(Date.now(), () => queryOrg(org, person));
  await expect(asking).rejects.toMatchObject({ name: "OrgUnreachableError" });
  expect(asked()).toHaveLength(1);
});

test("further pages are followed as far as they are wanted", async () => {
  const { users } = sandbox.org;
  const [first] = users;
  if (first === undefined) throw new Error("The org has no user.");
  const before = users.length;
  for (let index = 0; index < 4500; index++)
    users.push({
      ...first,
      id: `005zz000000${String(index).padStart(4, "0")}AAA`,
      username: `u${index}@example.com`,
    });
  try {
    const soql = "SELECT Id FROM User WHERE Username LIKE 'u%'";
    const [whole, page] = await Promise.all([queryOrg(org, soql, { upTo: 50_000 }), queryOrg(org, soql)]);
    expect([whole.length >= 4500, page.length]).toEqual([true, 2000]);
  } finally {
    users.length = before;
  }
});
