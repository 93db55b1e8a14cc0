import { request } from "node:http";
import JSZip from "jszip";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { FaultInput } from "../../src/localorg/faults/fault.ts";
import { startSandbox } from "./clients.ts";
import { appXml, appZip, connect, deployDefaults } from "./metadataClients.ts";

const sandbox = await startSandbox();
const { org, faults, accessToken, cpqUrl } = sandbox;
afterAll(sandbox.stop);
afterEach(() => faults.set([]));

const versions = `${org.myDomainUrl}/services/data`;
const query = `${org.myDomainUrl}/services/data/v67.0/query?q=SELECT+Id+FROM+Organization`;

/** An answer as it comes over the connection, or what the connection said. */
function get(url = versions): Promise<{ status?: number; headers?: object; text: string; error?: string }> {
  return new Promise((resolve) => {
    const asked = request(url, { headers: { authorization: `Bearer ${accessToken}` } }, (answer) => {
      const chunks: Buffer[] = [];
      const end = (error?: Error & { code?: string }) =>
        resolve({
          ...(answer.statusCode === undefined ? {} : { status: answer.statusCode }),
          headers: answer.headers,
          text: Buffer.concat(chunks).toString(),
          ...(error?.code === undefined ? {} : { error: error.code }),
        });
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => end());
      answer.on("error", end);
    });
    asked.on("error", (error: NodeJS.ErrnoException) => resolve({ text: "", error: error.code ?? "" }));
    asked.end();
  });
}

test.each<{ fault: FaultInput; expected: object }>([
  { fault: { fault: "reset" }, expected: { error: "ECONNRESET" } },
  { fault: { fault: "cutConnection" }, expected: { status: 200, error: "ECONNRESET" } },
  {
    fault: { fault: "slow", milliseconds: 50 },
    expected: { status: 200, text: expect.stringMatching(/^\[.*]$/) },
  },
  {
    fault: { fault: "status", status: 429, retryAfter: "7" },
    expected: {
      status: 429,
      headers: expect.objectContaining({ "retry-after": "7" }),
      text: '[{"message":"The fault plan says HTTP 429.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]',
    },
  },
  { fault: { fault: "page" }, expected: { status: 200, text: expect.stringContaining("<html>") } },
  { fault: { fault: "empty" }, expected: { status: 200, text: "" } },
  { fault: { fault: "cutText" }, expected: { status: 200, text: expect.stringMatching(/^\[.*[^\]]$/) } },
  { fault: { fault: "huge", mebibytes: 1 }, expected: { status: 200, text: `${" ".repeat(1024 * 1024)}[]` } },
  {
    fault: { fault: "gzipBomb", mebibytes: 2 },
    expected: { status: 200, headers: expect.objectContaining({ "content-encoding": "gzip" }) },
  },
  {
    fault: { fault: "redirect", to: "http://other.example.com/" },
    expected: { status: 302, headers: expect.objectContaining({ location: "http://other.example.com/" }) },
  },
])("$fault", async ({ fault, expected }) => {
  faults.set([fault]);
  expect(await get()).toMatchObject(expected);
  expect(await get()).toMatchObject({ status: 200, text: expect.stringMatching(/^\[.*]$/) });
  expect(faults.seen.map((seen) => seen.fault)).toEqual([fault.fault, undefined]);
});

test("a compressed bomb is valid", async () => {
  faults.set([{ fault: "gzipBomb", mebibytes: 2 }]);
  expect(await (await fetch(versions)).text()).toBe(`${" ".repeat(2 * 1024 * 1024)}[]`);
});

test("silence lasts until the client goes", async () => {
  faults.set([{ fault: "silence" }]);
  await expect(fetch(versions, { signal: AbortSignal.timeout(100) })).rejects.toThrow("timeout");
});

test("a wrong clock is in the Date header alone", async () => {
  faults.set([{ fault: "clock", seconds: -86_400 }]);
  const date = (await fetch(versions)).headers.get("date");
  expect(Date.now() - Date.parse(date ?? "")).toBeGreaterThan(86_000_000);
});

describe("a fault meets", () => {
  const page = { fault: "page" } as const;
  test.each<{ title: string; plan: FaultInput[]; expected: string }>([
    { title: "the request of a number", plan: [{ ...page, request: 3 }], expected: "..x..." },
    {
      title: "those of a path",
      plan: [{ ...page, path: "^/services/data/v67.0/query", times: 9 }],
      expected: ".x.x.x",
    },
    { title: "those of a method", plan: [{ ...page, method: "post", times: 9 }], expected: "......" },
    { title: "some after some", plan: [{ ...page, after: 1, times: 2 }], expected: ".xx..." },
    {
      title: "one each",
      plan: [
        { ...page, request: 1 },
        { ...page, request: 6 },
      ],
      expected: "x....x",
    },
  ])("$title", async ({ plan, expected }) => {
    faults.set(plan);
    for (let count = 0; count < 3; count++) {
      await get();
      await get(query);
    }
    expect(faults.seen.map(({ fault }) => (fault === undefined ? "." : "x")).join("")).toBe(expected);
  });
});

test.each([
  { title: "before the org has done what it was asked", done: false, apps: 0 },
  { title: "after the org has done what it was asked", done: true, apps: 1 },
])("a deploy is lost $title", async ({ done, apps }) => {
  faults.set([{ fault: "reset", operation: "deploy", done }]);
  const { metadata } = connect(sandbox);
  const zip = await appZip(appXml("<consumerKey>ABCDEFGH12345678</consumerKey><scopes>Api</scopes>", {}));
  await expect(metadata.deploy(zip, deployDefaults)).rejects.toThrow();
  await Promise.all([...org.deployments.values()].map(({ ended }) => ended));
  expect(org.connectedApps.size).toBe(apps);
});

test("half a zip is in whole XML", async () => {
  const { metadata } = connect(sandbox);
  const unpackaged = { types: [{ name: "ConnectedApp", members: ["*"] }], version: "67.0" };
  const { id } = await metadata.retrieve({ apiVersion: 67, singlePackage: true, unpackaged } as never);
  await expect.poll(async () => String((await metadata.checkRetrieveStatus(id)).done)).toBe("true");
  faults.set([{ fault: "halfZip", operation: "checkRetrieveStatus" }]);
  const { zipFile: half, done } = await metadata.checkRetrieveStatus(id);
  expect(String(done)).toBe("true");
  expect(Buffer.from(half, "base64").subarray(0, 2).toString()).toBe("PK");
  await expect(JSZip.loadAsync(half, { base64: true })).rejects.toThrow();
});

test("a fault can meet the questions about one retrieve", async () => {
  const { metadata } = connect(sandbox);
  const retrieve = async () => {
    const unpackaged = { types: [{ name: "ConnectedApp", members: ["*"] }], version: "67.0" };
    return (await metadata.retrieve({ apiVersion: 67, singlePackage: true, unpackaged } as never)).id;
  };
  const [first, second] = [await retrieve(), await retrieve()];
  faults.set([{ fault: "empty", operation: "checkRetrieveStatus", job: 2 }]);
  for (const id of [first, first, second, first]) await metadata.checkRetrieveStatus(id).catch(() => {});
  expect(faults.seen.map(({ job, fault }) => ({ job, fault }))).toEqual([
    { job: 1 },
    { job: 1 },
    { job: 2, fault: "empty" },
    { job: 1 },
  ]);
});

test("the CPQ admin API has the same plan", async () => {
  faults.set([{ fault: "page", path: "^/a/Admin" }]);
  const answer = await fetch(`${cpqUrl}/a/Admin/v3/rules`);
  expect(await answer.text()).toContain("Sign in to the network");
});

test("the control address sets a plan, and tells what was asked", async () => {
  const control = `${org.myDomainUrl}/localorg/faults`;
  const set = (plan: unknown) => fetch(control, { method: "PUT", body: JSON.stringify(plan) });
  expect((await set([{ fault: "empty" }])).status).toBe(200);
  expect(await (await fetch(versions)).text()).toBe("");
  const requests = [{ number: 1, method: "GET", path: "/services/data", fault: "empty" }];
  expect(await (await fetch(control)).json()).toEqual({ requests });
  const wrong = await set([{ fault: "fire" }]);
  expect(wrong.status).toBe(400);
  expect(await wrong.text()).toContain("fault");
  expect(await (await fetch(control, { method: "DELETE" })).json()).toEqual({ requests: [] });
});
