import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { issueOpaqueToken } from "../../src/localorg/oauth/accessToken.ts";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { startSandbox, userOf } from "./clients.ts";
import { appXml, appZip, connect, deployDefaults, manifestXml, zipOf } from "./metadataClients.ts";

let sandbox: LocalOrg;

beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.stop());

function send(method: string, path: string, body?: FormData | string, token = sandbox.accessToken) {
  return fetch(`${sandbox.org.myDomainUrl}/services/data/v67.0/metadata/deployRequest${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body }),
  });
}

function form(json: string, zip: Buffer<ArrayBufferLike>): FormData {
  const data = new FormData();
  data.append("json", new Blob([json], { type: "application/json" }));
  data.append("file", new Blob([new Uint8Array(zip)], { type: "application/zip" }), "deploy.zip");
  return data;
}

interface Answer {
  id: string;
  deployOptions: Record<string, unknown>;
  deployResult: { status: string; done: boolean; details?: { componentSuccesses: unknown[] } };
}

async function finished(id: string): Promise<Answer> {
  for (;;) {
    const response = await send("GET", `/${id}?includeDetails=true`);
    expect(response.status).toBe(200);
    const answer = (await response.json()) as Answer;
    if (answer.deployResult.done) return answer;
  }
}

test("jsforce deploys by REST", async () => {
  const { metadata } = connect(sandbox);
  const { id } = await metadata.deployRest(await appZip(appXml("")), deployDefaults);
  expect(id).toMatch(/^0Af/);
  for (let done = false; !done; ) ({ done } = await metadata.checkDeployStatus(id, false, true));
  const result = await metadata.checkDeployStatus(id, true, true);
  expect(result).toMatchObject({ id, status: "Succeeded", success: true, numberComponentsDeployed: 1 });
  expect(result.details.componentSuccesses).toMatchObject([
    { fullName: "CPQ_Admin_API", componentType: "ConnectedApp", created: true },
    { fullName: "package.xml" },
  ]);
  expect([...sandbox.org.connectedApps.keys()]).toEqual(["CPQ_Admin_API"]);
});

test("a deploy by REST has the documented answers", async () => {
  const options = { deployOptions: { ...deployDefaults, checkOnly: true, testLevel: "NoTestRun" } };
  const response = await send("POST", "", form(JSON.stringify(options), await appZip(appXml(""))));
  expect(response.status).toBe(201);
  const { id, deployOptions, deployResult } = (await response.json()) as Answer;
  expect(deployOptions).toMatchObject({ checkOnly: true, rollbackOnError: true, testLevel: "NoTestRun" });
  expect(deployResult).toMatchObject({ id, done: false, success: false });
  expect((await finished(id)).deployResult).toMatchObject({ status: "Succeeded", checkOnly: true });
  expect(sandbox.org.connectedApps.size).toBe(0);
});

test("a deploy that is over cannot be canceled", async () => {
  const response = await send("POST", "", form("{}", await zipOf({ "p/package.xml": manifestXml({}) })));
  const { id } = (await response.json()) as Answer;
  await finished(id);
  const canceled = await send("PATCH", `/${id}`, '{"deployResult": {"status": "Canceling"}}');
  expect(canceled.status).toBe(400);
  expect(await canceled.json()).toEqual([
    { errorCode: "INVALID_ID_FIELD", message: "Deployment already completed" },
  ]);
});

describe("REST answers", () => {
  const zip = Buffer.from("x");
  test.each<{ what: string; request: () => Promise<Response>; status: number; errorCode: string }>([
    {
      what: "an unknown deploy",
      request: () => send("GET", "/0Af000000000000AAA"),
      status: 404,
      errorCode: "INVALID_CROSS_REFERENCE_KEY",
    },
    {
      what: "no session",
      request: () => send("GET", "/x", undefined, "nothing"),
      status: 401,
      errorCode: "INVALID_SESSION_ID",
    },
    {
      what: "a user who is no administrator",
      request: () =>
        send(
          "GET",
          "/x",
          undefined,
          issueOpaqueToken(sandbox.org, userOf(sandbox, "cpq.person@example.com")),
        ),
      status: 403,
      errorCode: "INSUFFICIENT_ACCESS",
    },
    {
      what: "a body that is no form",
      request: () => send("POST", "", "{}"),
      status: 415,
      errorCode: "UNSUPPORTED_MEDIA_TYPE",
    },
    {
      what: "options that are no JSON",
      request: () => send("POST", "", form("{", zip)),
      status: 400,
      errorCode: "JSON_PARSER_ERROR",
    },
    {
      what: "an option that does not exist",
      request: () => send("POST", "", form('{"deployOptions": {"chekOnly": true}}', zip)),
      status: 400,
      errorCode: "JSON_PARSER_ERROR",
    },
    {
      what: "an option of a wrong type",
      request: () => send("POST", "", form('{"deployOptions": {"checkOnly": "true"}}', zip)),
      status: 400,
      errorCode: "JSON_PARSER_ERROR",
    },
    {
      what: "no file",
      request: () => send("POST", "", new FormData()),
      status: 400,
      errorCode: "INVALID_MULTIPART_REQUEST",
    },
    {
      what: "a PATCH that cancels nothing",
      request: () => send("PATCH", "/x", "{}"),
      status: 400,
      errorCode: "JSON_PARSER_ERROR",
    },
    { what: "DELETE", request: () => send("DELETE", "/x"), status: 405, errorCode: "METHOD_NOT_ALLOWED" },
    { what: "PUT", request: () => send("PUT", "", "x"), status: 405, errorCode: "METHOD_NOT_ALLOWED" },
  ])("$what with the right error", async ({ request, status, errorCode }) => {
    const response = await request();
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject([{ errorCode }]);
  });

  test("a form that is cut off with the right error", async () => {
    const response = await fetch(`${sandbox.org.myDomainUrl}/services/data/v67.0/metadata/deployRequest`, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${sandbox.accessToken}`,
        "Content-Type": "multipart/form-data; boundary=b",
      },
      body: '--b\r\nContent-Disposition: form-data; name="file"',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject([{ errorCode: "INVALID_MULTIPART_REQUEST" }]);
  });
});
