import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Connection } from "@jsforce/jsforce-node";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { kinds } from "../../src/metadata/kinds.ts";
import { formatXml, parseXml } from "../../src/metadata/xmlText.ts";
import type { TargetOrg } from "../../src/org/connect.ts";
import { retrieveApps } from "../../src/org/retrieve.ts";
import { startSandbox } from "../localorg/clients.ts";
import { appXml, appZip, connect, deploy } from "../localorg/metadataClients.ts";

let sandbox: LocalOrg;
let org: TargetOrg;
beforeAll(async () => {
  sandbox = await startSandbox();
  org = {
    connection: connect(sandbox),
    name: "acme",
    instanceUrl: sandbox.org.myDomainUrl,
    limit: (work: () => Promise<unknown>) => work(),
  } as unknown as TargetOrg;
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.faults.set([]));

const { components } = kinds.ConnectedApp;
const folder = join(import.meta.dirname, "../unit/metadata/cases/full/expected");
const operations = () => sandbox.faults.seen.map(({ operation }) => operation);

test("a connected app that is read at once has every element that a retrieve gives, with the same texts", async () => {
  const [file = ""] = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".connectedApp-meta.xml"),
  );
  const xml = readFileSync(join(folder, file), "utf8").replace(
    /<description>[^<]*/,
    "<description>  Tom &amp; Jerry &lt;b&gt;\n\tin two lines ",
  );
  expect(await deploy(sandbox, await appZip(appXml("<scopes>Api</scopes>"), "Full"))).toMatchObject({
    success: true,
  });
  // Its elements cannot all be deployed, since this org is older than some of them.
  Object.assign(sandbox.org.connectedApps.get("Full") ?? {}, { content: parseXml(xml) });
  sandbox.faults.set([]);

  const [read] = await retrieveApps(org, [{ components, name: "Full" }]);
  expect(operations()).toEqual(["readMetadata"]);
  const names = ["Full", ...Array.from({ length: 10 }, (_, index) => `Missing_${index}`)];
  const [retrieved] = await retrieveApps(
    org,
    names.map((name) => ({ components, name })),
  );
  expect(operations()).toContain("retrieve");
  const textOf = (app: typeof read) =>
    app?.files.map(({ fullName, content }) => [fullName, formatXml(content)]);
  expect(textOf(read)).toEqual(textOf(retrieved));
  expect(textOf(read)?.[0]?.[1]).toContain("Tom &amp; Jerry &lt;b&gt;\n\tin two lines ");
});

test("an app that does not exist has no files, and is no failure", async () => {
  const apps = await retrieveApps(
    org,
    ["Missing", "Full"].map((name) => ({ components, name })),
  );
  expect(apps.map(({ files }) => files.length)).toEqual([0, 1]);
});

test("an answer that does not speak of the app is none: it would make a new app of an old one", async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/xml" }).end(envelope("<result/>"));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const instanceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connection = new Connection({ instanceUrl, accessToken: "00D!example", version: "67.0" });
  try {
    const asked = retrieveApps({ ...org, connection } as TargetOrg, [{ components, name: "Full" }]);
    await expect(asked).rejects.toMatchObject({ name: "NoOrgAnswerError" });
  } finally {
    server.close();
  }
});

const envelope = (result: string) =>
  `<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><readMetadataResponse xmlns="http://soap.sforce.com/2006/04/metadata">${result}</readMetadataResponse></soapenv:Body></soapenv:Envelope>`;
