import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import type { Org, OrgBehaviour } from "../../src/localorg/org.ts";
import type { DeployReport } from "../../src/runs/deploy.ts";
import { allowCredentialAccess, type KindName } from "./appsInOrg.ts";
import { commandLine } from "./commandLine.ts";
import { allPassed, outcomes, reportOf } from "./deployReports.ts";
import { specTextOf } from "./localOrgs.ts";

const home = mkdtempSync(join(tmpdir(), "cpq-refresh-"));
Object.assign(process.env, { HOME: home, USERPROFILE: home, SF_USE_GENERIC_UNIX_KEYCHAIN: "true" });
afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 10 }));
const { serveOrgs } = await import("../../src/localorg/salesforceCli/serve.ts");
const { sf, sfJson } = commandLine(home);
const consumers = "consumers:\n  - {name: Nightly import, contact: pricing@example.com}\n";

/** Orgs of one start. A later start on the same port is the same sandbox after a refresh: same My Domain, another Id. */
async function start(port: number, behaviour: Partial<OrgBehaviour> = {}) {
  const orgs = [
    { name: "sandbox", isSandbox: true, port },
    { name: "production", isSandbox: false },
  ];
  const served = await serveOrgs({ orgs, behaviour });
  let running = true;
  const stop = async () => {
    if (running) await served.stop();
    running = false;
  };
  onTestFinished(stop);
  const [sandbox, production] = served.orgs;
  if (sandbox === undefined || production === undefined) throw new Error("Two orgs were to be started.");
  return { sandbox: sandbox.org, production: production.org, stop };
}

/** Deploys an app to a sandbox, and refreshes the sandbox. */
async function refreshed(kind: KindName, name: string, behaviour: Partial<OrgBehaviour> = {}) {
  const file = `${name}.yaml`;
  writeFileSync(join(home, file), specTextOf(kind, name) + consumers);
  const before = await start(0);
  if (kind === "ExternalClientApp") allowCredentialAccess(before.sandbox, true);
  const { status } = await sf(...deployArgs(file));
  expect(status).toBe(0);
  const former = before.sandbox.connectedApps.get(name);
  const port = Number(new URL(before.sandbox.myDomainUrl).port);
  await before.stop();
  const after = await start(port, behaviour);
  expect(after.sandbox.id).not.toBe(before.sandbox.id);
  expect(after.sandbox.myDomainUrl).toBe(before.sandbox.myDomainUrl);
  return { ...after, former, file };
}

function deployArgs(file: string, ...more: string[]): string[] {
  return ["cpq", "connectedapp", "deploy", "--spec", file, "--target-org", "local-sandbox", ...more];
}

/** Puts production's app of the same name into the sandbox, as a refresh does. */
async function copyFromProduction(
  sandbox: Org,
  production: Org,
  name: string,
  file: string,
): Promise<string> {
  const args = ["cpq", "connectedapp", "deploy", "--spec", file, "--target-org", "local-production"];
  expect((await sf(...args)).status).toBe(0);
  const app = production.connectedApps.get(name);
  if (app === undefined) throw new Error("Production has no such app.");
  sandbox.connectedApps.set(name, structuredClone(app));
  return app.consumerKey;
}

test("an app that is gone is made again with the key and secret that its callers know", async () => {
  const { sandbox, former, file } = await refreshed("ConnectedApp", "Gone");
  const { status, json } = await sfJson(...deployArgs(file));
  const report = reportOf(json);
  expect(report.refresh).toEqual({ reason: "gone", keptKey: true, tell: [] });
  expect(outcomes(report)).toEqual(allPassed);
  expect(status).toBe(0);
  expect(sandbox.connectedApps.get("Gone")).toMatchObject({
    consumerKey: former?.consumerKey,
    consumerSecret: former?.consumerSecret,
  });
  const again = reportOf((await sfJson(...deployArgs(file))).json);
  expect({ refresh: again.refresh, action: again.plan.action }).toEqual({
    refresh: undefined,
    action: "nothing",
  });
});

test("where another org still has the key, a new pair is made, and people are told who has to know", async () => {
  const { sandbox, production, former, file } = await refreshed("ConnectedApp", "Taken");
  if (former === undefined) throw new Error("There was no app.");
  production.connectedApps.set("Holder", { ...structuredClone(former), name: "Holder" });
  const { status, stdout } = await sf(...deployArgs(file));
  expect(stdout).toMatch(
    /was refreshed since the last deploy, and the app is gone\. Key and secret are new ones/,
  );
  expect(stdout).toContain("  Nightly import (pricing@example.com)");
  expect(stdout).toContain("The app is verified");
  expect(status).toBe(0);
  expect(sandbox.connectedApps.get("Taken")?.consumerKey).not.toBe(former.consumerKey);
});

test("an external client app gets a new pair from the org", async () => {
  const { sandbox, file } = await refreshed("ExternalClientApp", "Gone_External");
  allowCredentialAccess(sandbox, true);
  const report = reportOf((await sfJson(...deployArgs(file))).json) as DeployReport;
  expect(report.refresh).toMatchObject({
    reason: "gone",
    keptKey: false,
    tell: [{ name: "Nightly import" }],
  });
  expect(outcomes(report)).toEqual(allPassed);
});

test("production's copy is left alone until somebody says so, and then made again for the sandbox's own callers", async () => {
  const { sandbox, production, former, file } = await refreshed("ConnectedApp", "Copied");
  const productionKey = await copyFromProduction(sandbox, production, "Copied", file);
  const keyNow = () => sandbox.connectedApps.get("Copied")?.consumerKey;

  const stopped = await sf(...deployArgs(file));
  expect(stopped.stderr).toMatch(
    /is the copy of production's, with production's consumer key\. Nothing was changed/,
  );
  expect(stopped.stderr).toContain("--recreate");
  expect({ status: stopped.status, key: keyNow() }).toEqual({ status: 1, key: productionKey });

  const dry = await sf(...deployArgs(file, "--recreate", "--dry-run"));
  expect({ status: dry.status, key: keyNow() }).toEqual({ status: 0, key: productionKey });

  const { status, json } = await sfJson(...deployArgs(file, "--recreate"));
  const report = reportOf(json);
  expect(report.refresh).toEqual({ reason: "copy", keptKey: true, tell: [] });
  expect(outcomes(report)).toEqual(allPassed);
  expect(status).toBe(0);
  expect(sandbox.connectedApps.get("Copied")).toMatchObject({
    consumerKey: former?.consumerKey,
    consumerSecret: former?.consumerSecret,
  });
  expect(production.connectedApps.get("Copied")?.consumerKey).toBe(productionKey);
});

test("an org that lets no connected app be made keeps the copy: nothing is deleted in vain", async () => {
  const { sandbox, production, file } = await refreshed("ConnectedApp", "Blocked");
  await copyFromProduction(sandbox, production, "Blocked", file);
  sandbox.behaviour.restrictConnectedApps = true;
  const { status, stderr } = await sf(...deployArgs(file, "--recreate"));
  expect(stderr).toContain("You can't create a connected app.");
  expect(status).toBe(1);
  expect(sandbox.connectedApps.has("Blocked")).toBe(true);
});
