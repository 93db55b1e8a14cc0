import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Connection } from "@jsforce/jsforce-node";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { TargetOrg } from "../../../src/org/connect.ts";
import { readCredentials } from "../../../src/org/credentials.ts";
import type { Timer } from "../../../src/org/timer.ts";

interface Answer {
  status?: number;
  body: unknown;
}

// An org that answers each path with what a test says, the last answer again and again.
let answers: Record<string, Answer[]>;
let asked: string[];
const server = createServer((request, response) => {
  const path = decodeURIComponent(request.url ?? "").replaceAll("+", " ");
  asked.push(path);
  const [, script = []] = Object.entries(answers).find(([part]) => path.includes(part)) ?? [];
  const { status = 200, body } = (script.length > 1 ? script.shift() : script[0]) ?? {
    status: 404,
    body: [],
  };
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
});
let org: TargetOrg;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const instanceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connection = new Connection({ instanceUrl, accessToken: "00D!x", version: "67.0" });
  // The library's own class differs in what it adds, none of which is used here.
  const target = { connection, name: "acme", limit: (work: () => Promise<unknown>) => work() };
  org = target as unknown as TargetOrg;
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  answers = {
    "/query": [{ body: { records: [{ Id: "0xI1" }], done: true, totalSize: 1 } }],
    part: [{ body: { id: "888", key: "3MVG9.key", secret: "S3CR3T" } }],
    "/credentials/0xI1": [{ body: { consumers: [{ id: "888" }] } }],
  };
});

/** A time that passes only by waiting. */
function ownTime(): Timer & { waited: number } {
  return {
    waited: 0,
    now() {
      return this.waited;
    },
    async wait(milliseconds) {
      this.waited += milliseconds;
    },
  };
}

const off: Answer = {
  status: 403,
  body: [{ errorCode: "FUNCTIONALITY_NOT_ENABLED", message: "Access to client secrets is off." }],
};

test("key and secret are read by the Id of the app and of its consumer", async () => {
  expect(await readCredentials(org, "Cloud")).toEqual({ key: "3MVG9.key", secret: "S3CR3T" });
  expect(asked.slice(1)).toEqual([
    "/services/data/v67.0/apps/oauth/credentials/0xI1",
    "/services/data/v67.0/apps/oauth/credentials/0xI1/888?part=keyandsecret",
  ]);
});

test("the pages of the list are followed, and no page twice", async () => {
  const next = "/services/data/v67.0/apps/oauth/credentials/0xI1?page=1";
  answers["/credentials/0xI1"] = [
    { body: { consumers: [], nextPageUrl: next } },
    { body: { consumers: [{ id: "888" }], nextPageUrl: null } },
  ];
  expect((await readCredentials(org, "Cloud")).secret).toBe("S3CR3T");
  answers["/credentials/0xI1"] = [{ body: { consumers: [], nextPageUrl: next } }];
  await expect(readCredentials(org, "Cloud")).rejects.toThrow(/shows no consumer/);
});

test("of several apps of one name, the one that has a consumer here is taken", async () => {
  answers["/query"] = [{ body: { records: [{ Id: "0xI0" }, { Id: "0xI1" }], done: true, totalSize: 2 } }];
  expect((await readCredentials(org, "Cloud")).key).toBe("3MVG9.key");
});

test("right after access was switched on, a secret that is missing, or access that is off, is waited for", async () => {
  answers.part = [
    off,
    { body: { id: "888", key: "3MVG9.key" } },
    { body: { id: "888", key: "3MVG9.key", secret: "S3CR3T" } },
  ];
  const timer = ownTime();
  expect((await readCredentials(org, "Cloud", { until: 60_000, timer })).secret).toBe("S3CR3T");
  expect(timer.waited).toBe(3000);
});

test("it is not waited for longer than a minute, and not at all if access was on before", async () => {
  answers.part = [{ body: { id: "888", key: "3MVG9.key" } }];
  const timer = ownTime();
  await expect(readCredentials(org, "Cloud", { until: 60_000, timer })).rejects.toMatchObject({
    name: "CredentialsNotReadableError",
    message: expect.stringContaining("and no secret"),
  });
  expect(timer.waited).toBeLessThanOrEqual(60_000);
  expect(timer.waited).toBeGreaterThan(30_000);
  asked = [];
  await expect(readCredentials(org, "Cloud")).rejects.toThrow(/no secret/);
  expect(asked).toHaveLength(3);
});

test("a permission that is missing is not waited for, and both permissions are named", async () => {
  answers["/credentials/0xI1"] = [
    { status: 403, body: [{ errorCode: "INSUFFICIENT_ACCESS", message: "No permission." }] },
  ];
  const timer = ownTime();
  await expect(readCredentials(org, "Cloud", { until: 60_000, timer })).rejects.toMatchObject({
    message: expect.stringContaining("INSUFFICIENT_ACCESS"),
    actions: expect.arrayContaining([
      expect.stringMatching(/External Client App Developer.*View Client Secret/),
    ]),
  });
  expect(timer.waited).toBe(0);
});

test("an answer of another shape is an error that does not show the answer", async () => {
  answers.part = [{ body: { id: "888", key: 17, secret: "S3CR3T" } }];
  const failure = await readCredentials(org, "Cloud").catch((error: Error) => error);
  expect(String(failure)).toMatch(/OAuth credentials should return \(key: /);
  expect(JSON.stringify(failure) + String(failure)).not.toContain("S3CR3T");
});
