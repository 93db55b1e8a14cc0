import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { validToken } from "../../src/localorg/oauth/accessToken.ts";
import { startLocalOrgs } from "../../src/localorg/start.ts";
import { getWithToken, postForm, requestToken, startSandbox } from "./clients.ts";
import { addConnectedApp, cpqApp, withOAuth } from "./connectedApp.ts";

let dataFolder: string;

beforeEach(async () => {
  dataFolder = join(await mkdtemp(join(tmpdir(), "localorg-")), "data");
});
afterEach(() => rm(join(dataFolder, ".."), { recursive: true }));

test("an org is the same after a restart: Ids, users, apps, signing key, sessions", async () => {
  const first = await startSandbox({ dataFolder });
  const app = addConnectedApp(first.org, withOAuth({ isNamedUserJwtEnabled: "false" }), {
    jwtTimeoutMinutes: 15,
  });
  const opaque = await requestToken(first);
  const { id, users, signingKey } = structuredClone({ ...first.org, behaviour: undefined });
  await first.stop();

  const second = await startSandbox({ dataFolder, behaviour: { propagation: 5 } });
  const { org, accessToken } = second;
  expect({ id: org.id, users: org.users, signingKey: org.signingKey }).toEqual({ id, users, signingKey });
  expect([...org.connectedApps.values()]).toEqual([app]);
  expect(org.behaviour.propagation).toBe(5);
  expect(accessToken).toBe(first.accessToken);
  for (const token of [accessToken, opaque]) {
    expect((await getWithToken(`${org.myDomainUrl}/services/data/v67.0/sobjects`, token)).status).toBe(200);
  }
  await second.stop();
});

test("a revoked JWT stays revoked if the org comes back on its port", async () => {
  const first = await startSandbox({ dataFolder });
  addConnectedApp(first.org, cpqApp);
  const token = await requestToken(first);
  const kept = await requestToken(first);
  await postForm(`${first.org.myDomainUrl}/services/oauth2/revoke`, { token });
  const { myDomainUrl } = first.org;
  await first.stop();

  const second = await startSandbox({ dataFolder });
  // As if it had got the same port again: tokens name the My Domain URL.
  second.org.myDomainUrl = myDomainUrl;
  expect(await validToken(second.org, token)).toBeUndefined();
  expect(await validToken(second.org, kept)).toMatchObject({ format: "jwt" });
  await second.stop();
});

test("the files are for their owner only, whole, and free of addresses", async () => {
  const sandbox = await startSandbox({ dataFolder });
  await sandbox.stop();
  expect(await readdir(dataFolder)).toEqual(["sandbox.json"]);
  const file = join(dataFolder, "sandbox.json");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(dataFolder)).mode & 0o777).toBe(0o700);
  const text = await readFile(file, "utf8");
  expect(text).toContain(sandbox.org.id);
  expect(text).not.toContain("localhost");
});

test.each(["", "{", "[]", '{"name":"sandbox"}'])(
  "a file of %j is a clear error, and is not overwritten",
  async (text) => {
    const sandbox = await startSandbox({ dataFolder });
    await sandbox.stop();
    const file = join(dataFolder, "sandbox.json");
    await writeFile(file, text);
    await expect(startSandbox({ dataFolder })).rejects.toThrow("is not the state of a local org");
    expect(await readFile(file, "utf8")).toBe(text);
  },
);

test("a stored sandbox does not become a production org", async () => {
  const sandbox = await startSandbox({ dataFolder });
  await sandbox.stop();
  const production = { name: "sandbox", isSandbox: false };
  await expect(startLocalOrgs({ dataFolder, orgs: [production] })).rejects.toThrow('"sandbox" is a sandbox');
});

test("each start without a data folder makes a new org", async () => {
  const first = await startSandbox();
  const second = await startSandbox();
  expect(first.org.id).not.toBe(second.org.id);
  expect(first.accessToken).not.toBe(second.accessToken);
  await Promise.all([first.stop(), second.stop()]);
});
