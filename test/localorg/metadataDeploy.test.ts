import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import JSZip from "jszip";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { startSandbox } from "./clients.ts";
import { appXml, appZip, connect, deploy, problemsOf } from "./metadataClients.ts";

let sandbox: LocalOrg;

beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.stop());

test("a deploy that takes no time is over when its client asks for the first time", async () => {
  const { metadata } = connect(sandbox);
  const { id } = await metadata.deploy(await appZip(appXml("")), { singlePackage: true });
  expect(await metadata.checkDeployStatus(id)).toMatchObject({ done: true });
});

test("a connected app that is deployed by SOAP can be retrieved in its canonical form, without the secret", async () => {
  const result = await deploy(
    sandbox,
    await appZip(
      appXml(`<consumerKey>myOwnKey0001</consumerKey><consumerSecret>myOwnSecret01</consumerSecret>
        <scopes>Profile</scopes><scopes>Api</scopes><scopes>Email</scopes><scopes>OfflineAccess</scopes>`),
    ),
  );
  expect(result).toMatchObject({
    status: "Succeeded",
    success: true,
    done: true,
    numberComponentsTotal: 1,
    numberComponentsDeployed: 1,
    numberComponentErrors: 0,
  });
  expect(result.details.componentFailures).toEqual([]);
  expect(result.details.componentSuccesses).toMatchObject([
    { fullName: "CPQ_Admin_API", fileName: "connectedApps/CPQ_Admin_API.connectedApp", created: true },
    { fullName: "package.xml", fileName: "package.xml", success: true },
  ]);
  const retrieved = await connect(sandbox)
    .metadata.retrieve({
      apiVersion: "67.0",
      singlePackage: true,
      unpackaged: { types: [{ name: "ConnectedApp", members: ["*"] }], version: "67.0" },
    } as never)
    .complete();
  expect(retrieved.success).toBe(true);
  expect(retrieved.fileProperties).toMatchObject([
    { fullName: "CPQ_Admin_API", fileName: "connectedApps/CPQ_Admin_API.connectedApp", type: "ConnectedApp" },
  ]);
  const zip = await JSZip.loadAsync(retrieved.zipFile, { base64: true });
  expect(Object.keys(zip.files)).toContain("package.xml");
  const xml = await zip.file("connectedApps/CPQ_Admin_API.connectedApp")?.async("string");
  expect(xml).toContain("<label>CPQ &amp; Admin</label>");
  expect(xml).toContain("<consumerKey>myOwnKey0001</consumerKey>");
  expect(xml).not.toContain("myOwnSecret01");
  expect([...(xml ?? "").matchAll(/<scopes>(.*)<\/scopes>/g)].map(([, scope]) => scope)).toEqual([
    "Basic",
    "Api",
    "RefreshToken",
  ]);
});

// Metadata API guide; reported from live orgs.
test("several callback URLs stand in one element, one a line, and each is checked", async () => {
  const withUrls = (...urls: string[]) =>
    appXml("").replace(/<callbackUrl>.*<\/callbackUrl>/, `<callbackUrl>${urls.join("\n")}</callbackUrl>`);
  expect(await problemsOf(sandbox, withUrls("https://example.com/one", "http://example.com/two"))).toEqual([
    "Callback URL: The URL must use HTTPS, unless it is localhost.",
  ]);
  expect(await problemsOf(sandbox, withUrls("https://example.com/one", "https://example.com/two"))).toEqual(
    [],
  );
  expect(await connect(sandbox).metadata.read("ConnectedApp", "CPQ_Admin_API")).toMatchObject({
    oauthConfig: { callbackUrl: "https://example.com/one\nhttps://example.com/two" },
  });
});

test("a deployed app is still there after a restart from the data folder", async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), "localorg-"));
  try {
    const first = await startSandbox({ dataFolder });
    await deploy(first, await appZip(appXml("<scopes>Api</scopes>")));
    const before = first.org.connectedApps.get("CPQ_Admin_API");
    await first.stop();
    const second = await startSandbox({ dataFolder });
    expect(before).toBeDefined();
    expect(second.org.connectedApps.get("CPQ_Admin_API")).toEqual(before);
    await second.stop();
  } finally {
    await rm(dataFolder, { recursive: true });
  }
});

test("the Tooling API lists deploys with who made them, and not with what they had", async () => {
  const { id } = await deploy(sandbox, await appZip(appXml("<scopes>Api</scopes>")));
  const soql = "SELECT Id, Status, CheckOnly, CreatedBy.Username, NumberComponentsTotal FROM DeployRequest";
  const { records } = await connect(sandbox).tooling.query(`${soql} ORDER BY CreatedDate DESC LIMIT 5`);
  expect(records).toMatchObject([
    {
      Id: id,
      Status: "Succeeded",
      CheckOnly: false,
      CreatedBy: { Username: sandbox.adminUsername },
      NumberComponentsTotal: 1,
    },
  ]);
});
