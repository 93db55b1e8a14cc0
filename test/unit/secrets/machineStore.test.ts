import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { machineStore } from "../../../src/secrets/machineStore.ts";
import { folderWith, temporaryHome } from "../../temporaryFolders.ts";

temporaryHome();
const storeModule = pathToFileURL(join(import.meta.dirname, "../../../src/secrets/machineStore.ts")).href;
const isWindows = process.platform === "win32";

const instanceUrl = "https://acme--uat.sandbox.my.salesforce.com";
const owner = { orgId: "00D1", kind: "ConnectedApp", appName: "App", instanceUrl };
const pair = { key: "KeyOfTheApp1", secret: "SecretOfTheApp1" };

let folder: string;
beforeEach(() => {
  folder = useFolder(folderWith({}));
});

function useFolder(path: string): string {
  process.env.CPQ_STORE_FOLDER = path;
  onTestFinished(() => {
    delete process.env.CPQ_STORE_FOLDER;
  });
  return path;
}

/** Runs a script with a store in a process of its own. */
function scriptWith(lines: string): string[] {
  return [
    "--input-type=module",
    "--eval",
    `const { machineStore } = await import(${JSON.stringify(storeModule)});
    const store = machineStore();
    const owner = ${JSON.stringify(owner)};
    ${lines}`,
  ];
}

test("a stored consumer is found again by a later command, and its secret stands encrypted in a file of its owner alone", async () => {
  const store = machineStore();
  expect(await store.write(owner, pair)).toEqual({ encrypted: true });
  await store.write({ ...owner, orgId: "00D2" }, { key: "KeyOfTheOther1", secret: "SecretOfTheOther1" });
  await store.write(
    { ...owner, kind: "ExternalClientApp" },
    { key: "KeyOfTheSuccessor1", secret: "Successor1" },
  );
  const later = machineStore();
  expect(await later.read(owner)).toEqual(pair);
  expect(await later.read({ ...owner, appName: "None" })).toBeUndefined();
  expect(readFileSync(store.place, "utf8")).not.toContain("SecretOfTheApp1");
  if (!isWindows) expect(statSync(store.place).mode & 0o777).toBe(0o600);
});

test("what is forgotten is gone, and the rest stays", async () => {
  const store = machineStore();
  await store.write(owner, pair);
  await store.write({ ...owner, appName: "Other" }, pair);
  expect(await store.erase(owner)).toBe(true);
  expect(await store.erase(owner)).toBe(false);
  expect(await store.read(owner)).toBeUndefined();
  expect(store.list().map(({ appName, key, encrypted }) => ({ appName, key, encrypted }))).toEqual([
    { appName: "Other", key: "KeyOfTheApp1", encrypted: true },
  ]);
});

test("four processes that write and read at once, in a home in which no key was made yet, lose nothing", async () => {
  const home = folderWith({});
  const env = { ...process.env, HOME: home, USERPROFILE: home, CPQ_STORE_FOLDER: folder };
  const children = Array.from({ length: 4 }, (_, process_) =>
    spawn(
      process.execPath,
      scriptWith(`
      for (let number = 0; number < 10; number += 1) {
        const own = { ...owner, appName: "App_${process_}_" + number };
        await store.write(own, { key: "Key" + own.appName, secret: "Secret" + own.appName });
        const read = await store.read(own);
        if (read?.secret !== "Secret" + own.appName) throw new Error("read " + JSON.stringify(read));
      }`),
      { env, stdio: ["ignore", "ignore", "pipe"] },
    ),
  );
  const ends = await Promise.all(children.map(async (child) => ({ code: await codeOf(child) })));
  expect(ends).toEqual(ends.map(() => ({ code: 0 })));
  const check = scriptWith(`
    const secrets = await Promise.all(store.list().map(async ({ appName }) => (await store.read({ ...owner, appName })).secret));
    console.log(JSON.stringify(secrets.sort()));`);
  const secrets = JSON.parse(execFileSync(process.execPath, check, { env, encoding: "utf8" }));
  expect(secrets).toHaveLength(40);
  expect(new Set(secrets).size).toBe(40);
});

async function codeOf(child: ChildProcess): Promise<unknown> {
  const [code] = await once(child, "close");
  return code;
}

test.skipIf(isWindows)(
  "the file is for its owner alone, whatever the umask and its former mode are",
  async () => {
    const store = machineStore();
    const former = process.umask(0);
    try {
      await store.write(owner, pair);
      expect(statSync(store.place).mode & 0o777).toBe(0o600);
      chmodSync(store.place, 0o666);
      process.umask(0o277);
      await store.write(owner, pair);
    } finally {
      process.umask(former);
    }
    expect(statSync(store.place).mode & 0o777).toBe(0o600);
  },
);

test.skipIf(isWindows)("no secret is read or written through a symbolic link", async () => {
  const elsewhere = join(folderWith({ "elsewhere.json": "{}" }), "elsewhere.json");
  const store = machineStore();
  symlinkSync(elsewhere, store.place);
  await expect(store.write(owner, pair)).rejects.toMatchObject({ name: "StoreIsLinkError" });
  await expect(store.read(owner)).rejects.toMatchObject({ name: "StoreIsLinkError" });
  expect(readFileSync(elsewhere, "utf8")).toBe("{}");
});

test("no secret is written into a git work tree, however deep", async () => {
  const tree = folderWith({ ".git/HEAD": "ref: refs/heads/main\n" });
  useFolder(join(tree, "one", "two"));
  await expect(machineStore().write(owner, pair)).rejects.toMatchObject({ name: "StoreInGitError" });
  expect(existsSync(join(tree, "one"))).toBe(false);
});

test.skipIf(isWindows)("nor by a link into one, though the folder is not there yet", async () => {
  const tree = folderWith({ ".git/HEAD": "ref: refs/heads/main\n", "deep/.keep": "" });
  const links = folderWith({});
  symlinkSync(join(tree, "deep"), join(links, "link"));
  useFolder(join(links, "link", "new"));
  await expect(machineStore().write(owner, pair)).rejects.toMatchObject({ name: "StoreInGitError" });
  expect(existsSync(join(tree, "deep", "new"))).toBe(false);
});

test.skipIf(isWindows)(
  "without a keychain nothing is written in plain text, unless a variable allows it",
  () => {
    const home = mkdtempSync(join(tmpdir(), "cpq-store-"));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    // A folder stands where the keychain's key should be.
    mkdirSync(join(home, ".sfdx", "key.json"), { recursive: true });
    const script = scriptWith(`
    const written = await store.write(owner, ${JSON.stringify(pair)}).catch(({ name }) => name);
    console.log(JSON.stringify({ written, found: (await store.read(owner)) ?? null, listed: store.list().length }));`);
    const run = (more: object) => {
      const env = { ...process.env, HOME: home, USERPROFILE: home, CPQ_STORE_FOLDER: folder, ...more };
      return JSON.parse(execFileSync(process.execPath, script, { env, encoding: "utf8" }));
    };
    expect(run({})).toEqual({ written: "KeychainFailedError", found: null, listed: 0 });
    expect(run({ CPQ_UNENCRYPTED_STORE: "true" })).toEqual({
      written: { encrypted: false },
      found: pair,
      listed: 1,
    });
    expect(statSync(join(folder, "cpq-consumers.unencrypted.json")).mode & 0o777).toBe(0o600);
  },
);

test("a refreshed sandbox is another org under the same My Domain: what was stored for it is found", async () => {
  const store = machineStore();
  await store.write(owner, { key: "KeyBeforeTheRefresh1", secret: "Secret1234" });
  await store.write({ ...owner, appName: "Other" }, { key: "KeyOfAnotherApp1", secret: "Secret1234" });
  const refreshed = { ...owner, orgId: "00D9" };
  expect(await store.readFormer(refreshed)).toEqual({ key: "KeyBeforeTheRefresh1", secret: "Secret1234" });
  expect(await store.readFormer(owner)).toBeUndefined();
  expect(await store.readFormer({ ...refreshed, kind: "ExternalClientApp" })).toBeUndefined();
  const elsewhere = { ...refreshed, instanceUrl: "https://acme--dev.sandbox.my.salesforce.com" };
  expect(await store.readFormer(elsewhere)).toBeUndefined();
});

test("a key is read without its secret: the org's own, else the one from before a refresh", async () => {
  const store = machineStore();
  expect(store.readKey(owner)).toBeUndefined();
  await store.write(owner, pair);
  const refreshed = { ...owner, orgId: "00D9" };
  expect(store.readKey(owner)).toBe(pair.key);
  expect(store.readKey(refreshed)).toBe(pair.key);
  expect(Date.parse(store.storedAt(owner, pair.key) ?? "")).toBeLessThanOrEqual(Date.now());
  expect(store.storedAt(owner, "KeyOfSomebody")).toBeUndefined();
  expect(store.storedAt(refreshed, pair.key)).toBeUndefined();
  await store.write(refreshed, { key: "KeyAfterTheRefresh1", secret: "Secret1234" });
  expect(store.readKey(refreshed)).toBe("KeyAfterTheRefresh1");
  // What another process writes meanwhile counts, even if it cannot be decrypted here.
  const entries = JSON.parse(readFileSync(store.place, "utf8"));
  const changed = {
    ...entries["00D1/ConnectedApp/App"],
    consumerKey: "KeyOfSomebody",
    consumerSecret: "none",
  };
  writeFileSync(store.place, JSON.stringify({ ...entries, "00D1/ConnectedApp/App": changed }));
  expect(store.readKey(owner)).toBe("KeyOfSomebody");
});

test("of several former ones the newest counts, and entries without a My Domain are still read for their own org", async () => {
  const store = machineStore();
  for (const orgId of ["00D1", "00D2", "00D3"])
    await store.write({ ...owner, orgId }, { key: `KeyOf${orgId}`, secret: `SecretOf${orgId}` });
  const entries = JSON.parse(readFileSync(store.place, "utf8"));
  entries["00D1/ConnectedApp/App"].storedAt = "2026-03-01T00:00:00.000Z";
  entries["00D2/ConnectedApp/App"].storedAt = "2026-01-01T00:00:00.000Z";
  delete entries["00D3/ConnectedApp/App"].instanceUrl;
  writeFileSync(store.place, JSON.stringify(entries));
  expect(await store.readFormer({ ...owner, orgId: "00D9" })).toEqual({
    key: "KeyOf00D1",
    secret: "SecretOf00D1",
  });
  expect(await store.read({ ...owner, orgId: "00D3" })).toEqual({ key: "KeyOf00D3", secret: "SecretOf00D3" });
});

for (const text of ['{ not json: "SecretOfTheApp1"', '{"00D1/ConnectedApp/App": {"consumerKey": 1}}'])
  test(`a store that cannot be read is not replaced: ${text}`, async () => {
    const store = machineStore();
    writeFileSync(store.place, text);
    await expect(store.read(owner)).rejects.toMatchObject({ name: "StoreFailedError" });
    const written = store.write(owner, pair);
    await expect(written).rejects.toMatchObject({ name: "StoreFailedError" });
    await expect(written).rejects.not.toThrow(/SecretOfTheApp1/);
    expect(readFileSync(store.place, "utf8")).toBe(text);
  });
