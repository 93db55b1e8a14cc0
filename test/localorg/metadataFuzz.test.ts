import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { startSandbox } from "./clients.ts";
import { appXml, appZip, namespace } from "./metadataClients.ts";

let sandbox: LocalOrg;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

const seed = { seed: 20_260_101, numRuns: 120 };

function envelope(body: string): string {
  return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${namespace}"><s:Header><SessionHeader><sessionId>${sandbox.accessToken}</sessionId></SessionHeader></s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

async function post(body: Uint8Array<ArrayBuffer>): Promise<string> {
  const url = `${sandbox.org.myDomainUrl}/services/Soap/m/67.0`;
  const response = await fetch(url, { method: "POST", headers: { "Content-Type": "text/xml" }, body });
  expect([200, 500]).toContain(response.status);
  const text = await response.text();
  expect(text).toMatch(/<\/soapenv:Envelope>$/);
  expect(text).not.toContain("An unexpected error occurred");
  return text;
}

/** Bytes of which some are overwritten, removed, or doubled. */
function damaged(bytes: Uint8Array) {
  const change = fc.record({
    at: fc.nat(bytes.length - 1),
    length: fc.integer({ min: 1, max: 12 }),
    kind: fc.constantFrom("overwrite", "remove", "double"),
    value: fc.constantFrom(0x00, 0x3c, 0x3e, 0x26, 0x22, 0x2f, 0xff, 0xc3, 0x21),
  });
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    let result = Buffer.from(bytes);
    for (const { at, length, kind, value } of changes) {
      const end = Math.min(at + length, result.length);
      if (kind === "overwrite") result.fill(value, Math.min(at, end), end);
      else if (kind === "remove") result = Buffer.concat([result.subarray(0, at), result.subarray(end)]);
      else result = Buffer.concat([result.subarray(0, end), result.subarray(Math.min(at, end))]);
    }
    return new Uint8Array(result);
  });
}

async function deployed(zip: Uint8Array): Promise<string> {
  const options =
    "<DeployOptions><checkOnly>true</checkOnly><rollbackOnError>true</rollbackOnError><singlePackage>true</singlePackage></DeployOptions>";
  const base64 = Buffer.from(zip).toString("base64");
  const answer = await post(Buffer.from(envelope(`<deploy><ZipFile>${base64}</ZipFile>${options}</deploy>`)));
  const [, id] = /<id>(0Af\w+)<\/id>/.exec(answer) ?? [];
  const check = `<checkDeployStatus><asyncProcessId>${id}</asyncProcessId><includeDetails>true</includeDetails></checkDeployStatus>`;
  for (;;) {
    const status = await post(Buffer.from(envelope(check)));
    if (status.includes("<done>true</done>")) return status;
  }
}

test("a damaged SOAP request is always answered with SOAP", async () => {
  const whole = Buffer.from(
    envelope("<listMetadata><queries><type>ConnectedApp</type></queries></listMetadata>"),
  );
  await fc.assert(
    fc.asyncProperty(damaged(whole), async (bytes) => {
      await post(bytes);
    }),
    seed,
  );
});

test("a deploy of a damaged zip always comes to an end", async () => {
  await fc.assert(
    fc.asyncProperty(damaged(await appZip(appXml("<scopes>Api</scopes>"))), async (zip) => {
      expect(await deployed(zip)).toMatch(/<status>(Succeeded|Failed)<\/status>/);
    }),
    seed,
  );
});

test("a deploy of a damaged file always comes to an end, with a problem if it fails", async () => {
  await fc.assert(
    fc.asyncProperty(damaged(Buffer.from(appXml("<scopes>Api</scopes>"))), async (xml) => {
      const status = await deployed(await appZip(xml));
      expect(status).toMatch(/<status>Succeeded<\/status>|<problem>.+<\/problem>/);
    }),
    seed,
  );
});
