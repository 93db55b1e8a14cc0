import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { temporaryHome } from "../../temporaryFolders.ts";

const home = temporaryHome();
const storeModule = join(import.meta.dirname, "../../../src/secrets/consumerStore.ts");
const { openConsumerStore } = await import("../../../src/secrets/consumerStore.ts");

const instanceUrl = "https://acme--uat.sandbox.my.salesforce.com";
const owner = { orgId: "00D1", kind: "ConnectedApp", appName: "App", instanceUrl };

test("a stored consumer is found again by a later command, and its secret stands encrypted in a file of its owner alone", async () => {
  const store = await openConsumerStore();
  await store.write(owner, { key: "KeyOfTheApp1", secret: "SecretOfTheApp1" });
  await store.write({ ...owner, orgId: "00D2" }, { key: "KeyOfTheOther1", secret: "SecretOfTheOther1" });
  await store.write(
    { ...owner, kind: "ExternalClientApp" },
    { key: "KeyOfTheSuccessor1", secret: "Successor1" },
  );
  const later = await openConsumerStore();
  expect(later.encrypted).toBe(true);
  expect(await later.read(owner)).toEqual({ key: "KeyOfTheApp1", secret: "SecretOfTheApp1" });
  expect(await later.read({ ...owner, appName: "None" })).toBeUndefined();
  expect(readFileSync(store.path, "utf8")).not.toContain("SecretOfTheApp1");
  expect(statSync(store.path).mode & 0o777).toBe(0o600);
});

test.skipIf(process.platform === "win32")(
  "without a keychain, a file of its owner alone takes its place",
  () => {
    const other = mkdtempSync(join(tmpdir(), "cpq-store-"));
    onTestFinished(() => rmSync(other, { recursive: true, force: true }));
    // A folder stands where the keychain's key should be.
    mkdirSync(join(other, ".sfdx", "key.json"), { recursive: true });
    const script = `
    const { openConsumerStore } = await import(${JSON.stringify(pathToFileURL(storeModule).href)});
    const store = await openConsumerStore();
    const owner = ${JSON.stringify(owner)};
    await store.write(owner, { key: "KeyOfTheApp1", secret: "SecretOfTheApp1" });
    console.log(JSON.stringify({ ...store, found: await store.read(owner) }));`;
    const options = { env: { ...process.env, HOME: other, USERPROFILE: other }, encoding: "utf8" } as const;
    const store = JSON.parse(
      execFileSync(process.execPath, ["--input-type=module", "--eval", script], options),
    );
    expect(store).toMatchObject({
      encrypted: false,
      found: { key: "KeyOfTheApp1", secret: "SecretOfTheApp1" },
    });
    expect(statSync(store.path).mode & 0o777).toBe(0o600);
  },
);

test("a refreshed sandbox is another org under the same My Domain: what was stored for it is found", async () => {
  const store = await openConsumerStore();
  const former = { ...owner, appName: "Refreshed" };
  await store.write(former, { key: "KeyBeforeTheRefresh1", secret: "Secret1234" });
  await store.write({ ...former, appName: "Other" }, { key: "KeyOfAnotherApp1", secret: "Secret1234" });
  const refreshed = { ...former, orgId: "00D9" };
  expect(await store.readFormer(refreshed)).toEqual({ key: "KeyBeforeTheRefresh1", secret: "Secret1234" });
  expect(await store.readFormer(former)).toBeUndefined();
  expect(await store.readFormer({ ...refreshed, kind: "ExternalClientApp" })).toBeUndefined();
  const elsewhere = { ...refreshed, instanceUrl: "https://acme--dev.sandbox.my.salesforce.com" };
  expect(await store.readFormer(elsewhere)).toBeUndefined();
});

test("of several former ones the newest counts, and entries without a My Domain are still read for their own org", async () => {
  const store = await openConsumerStore();
  const app = { ...owner, appName: "Several" };
  for (const orgId of ["00D1", "00D2", "00D3"])
    await store.write({ ...app, orgId }, { key: `KeyOf${orgId}`, secret: `SecretOf${orgId}` });
  const entries = JSON.parse(readFileSync(store.path, "utf8"));
  entries["00D1/ConnectedApp/Several"].storedAt = "2026-03-01T00:00:00.000Z";
  entries["00D2/ConnectedApp/Several"].storedAt = "2026-01-01T00:00:00.000Z";
  delete entries["00D3/ConnectedApp/Several"].instanceUrl;
  writeFileSync(store.path, JSON.stringify(entries));
  const later = await openConsumerStore();
  expect(await later.readFormer({ ...app, orgId: "00D9" })).toEqual({
    key: "KeyOf00D1",
    secret: "SecretOf00D1",
  });
  expect(await later.read({ ...app, orgId: "00D3" })).toEqual({ key: "KeyOf00D3", secret: "SecretOf00D3" });
});

test("a store that cannot be read is not replaced", async () => {
  const file = join(home, ".sf", "cpq-consumers.json");
  writeFileSync(file, "{ not json");
  await expect(openConsumerStore()).rejects.toMatchObject({ name: "StoreFailedError" });
  expect(readFileSync(file, "utf8")).toBe("{ not json");
});
