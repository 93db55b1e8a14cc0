import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { startSandbox, userOf } from "./clients.ts";

let sandbox: LocalOrg;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

async function post(body: unknown, version = "67.0") {
  const response = await fetch(`${sandbox.org.myDomainUrl}/services/data/v${version}/composite/batch`, {
    method: "POST",
    headers: { authorization: `Bearer ${sandbox.accessToken}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const query = (soql: string) => ({ method: "GET", url: `v67.0/query?q=${encodeURIComponent(soql)}` });
const users = query("SELECT Username FROM User WHERE Username = 'cpq.person@example.com'");
const wrong = query("SELECT Nothing FROM User");

// https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_batch.htm
test("a batch is answered in the order of its requests, each with its own status", async () => {
  const { status, body } = await post({ batchRequests: [users, wrong, users] });
  expect(status).toBe(200);
  const right = { statusCode: 200, result: expect.objectContaining({ totalSize: 1, done: true }) };
  const refused = { statusCode: 400, result: [expect.objectContaining({ errorCode: "INVALID_FIELD" })] };
  expect(body).toEqual({ hasErrors: true, results: [right, refused, right] });
});

test("what comes after an error is not done, if the batch says so", async () => {
  const { body } = await post({ haltOnError: true, batchRequests: [users, wrong, users] });
  expect(body).toMatchObject({
    hasErrors: true,
    results: [
      { statusCode: 200 },
      { statusCode: 400 },
      { statusCode: 412, result: [{ errorCode: "BATCH_PROCESSING_HALTED" }] },
    ],
  });
});

test("a subrequest can change data, and has no result if its own answer has no body", async () => {
  const person = userOf(sandbox, "cpq.person@example.com");
  const lacking = sandbox.org.permissionSets.find(({ name }) => !person.permissionSets.includes(name));
  const assignment = { AssigneeId: person.id, PermissionSetId: lacking?.id };
  const url = "v67.0/sobjects/PermissionSetAssignment";
  const made = await post({ batchRequests: [{ method: "POST", url, richInput: assignment }] });
  expect(made.body).toMatchObject({ hasErrors: false, results: [{ statusCode: 201 }] });
  const [{ result }] = (made.body as { results: [{ result: { id: string } }] }).results;
  const removed = await post({ batchRequests: [{ method: "DELETE", url: `${url}/${result.id}` }] });
  expect(removed.body).toEqual({ hasErrors: false, results: [{ statusCode: 204, result: null }] });
});

describe("nothing is done, if", () => {
  const refused: { title: string; body: unknown; version?: string }[] = [
    { title: "there is no request", body: { batchRequests: [] } },
    { title: "there are more than 25", body: { batchRequests: Array(26).fill(users) } },
    { title: "a method is none", body: { batchRequests: [users, { ...users, method: "LOOK" }] } },
    {
      title: "it asks the Tooling API",
      body: { batchRequests: [{ method: "GET", url: "v67.0/tooling/query?q=x" }] },
    },
    { title: "it asks a newer version than its own", body: { batchRequests: [users] }, version: "66.0" },
  ];
  test.each(refused)("$title", async ({ body, version }) => {
    const answer = await post(body, version);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual([expect.objectContaining({ errorCode: expect.any(String) })]);
  });
});
