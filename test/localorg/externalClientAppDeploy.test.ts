import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import JSZip from "jszip";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { startSandbox } from "./clients.ts";
import { cpqAdmin, deployFiles, problemsWith } from "./externalClientAppFiles.ts";
import { connect, deploy, manifestXml, zipOf } from "./metadataClients.ts";

let sandbox: LocalOrg;

beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.stop());

/** The retrieved files of some types, by their paths. */
async function retrieve(types: string[]): Promise<Record<string, string>> {
  const { zipFile } = await connect(sandbox)
    .metadata.retrieve({
      apiVersion: "67.0",
      singlePackage: true,
      unpackaged: { types: types.map((name) => ({ name, members: ["*"] })), version: "67.0" },
    } as never)
    .complete();
  const zip = await JSZip.loadAsync(zipFile, { base64: true });
  const texts = Object.values(zip.files).filter(({ dir }) => !dir);
  return Object.fromEntries(
    await Promise.all(texts.map(async (file) => [file.name, await file.async("string")])),
  );
}

test("an external client app of five files is deployed, listed and retrieved", async () => {
  const result = await deployFiles(sandbox, cpqAdmin);
  expect(result.details.componentFailures).toEqual([]);
  expect(result).toMatchObject({ success: true, numberComponentsDeployed: 5 });
  const files = await retrieve(["ExternalClientApplication", "ExtlClntAppGlobalOauthSettings"]);
  expect(Object.keys(files).sort()).toEqual([
    "externalClientApps/CPQ_Admin.eca",
    "extlClntAppGlobalOauthSets/CPQ_Admin_glbloauth.ecaGlblOauth",
    "package.xml",
  ]);
  expect(files["externalClientApps/CPQ_Admin.eca"]).toContain("<label>CPQ Admin</label>");
  expect(await connect(sandbox).metadata.list([{ type: "ExtlClntAppOauthSettings" }], "67.0")).toMatchObject([
    {
      fullName: "CPQ_Admin_oauth",
      fileName: "extlClntAppOauthSettings/CPQ_Admin_oauth.ecaOauth",
      type: "ExtlClntAppOauthSettings",
    },
  ]);
  const again = await deployFiles(sandbox, cpqAdmin);
  expect(again.details.componentSuccesses.filter(({ changed }) => changed)).toMatchObject([
    { fullName: "package.xml" },
  ]);
});

test("the settings for external client apps have a root element of their own, and stay", async () => {
  const settings = { enableClientSecretInRestApiAccess: "true" };
  expect(await problemsWith(sandbox, { settings })).toEqual([]);
  const files = await retrieve(["Settings"]);
  expect(files["settings/ExternalClientApp.settings"]).toContain(
    "<enableClientSecretInRestApiAccess>true</enableClientSecretInRestApiAccess>",
  );
  expect(files["settings/ExternalClientApp.settings"]).toContain("<ExternalClientAppSettings ");
  const deletion = await deploy(
    sandbox,
    await zipOf({
      "package.xml": manifestXml({}),
      "destructiveChanges.xml": manifestXml({ Settings: ["ExternalClientApp"] }),
    }),
  );
  expect(deletion.success).toBe(false);
});

test("an app is still there after a restart from the data folder", async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), "localorg-"));
  try {
    const first = await startSandbox({ dataFolder });
    await deployFiles(first, cpqAdmin);
    const before = first.org.components;
    await first.stop();
    const second = await startSandbox({ dataFolder });
    expect(before.size).toBe(5);
    expect(second.org.components).toEqual(before);
    await second.stop();
  } finally {
    await rm(dataFolder, { recursive: true });
  }
});
