import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { OrgBehaviour } from "../../src/localorg/behaviour.ts";
import type { Org } from "../../src/localorg/org.ts";
import type { DeployReport } from "../../src/results/deploy.ts";
import { temporaryHome } from "../temporaryFolders.ts";
import { allowCredentialAccess, type KindName } from "./appsInOrg.ts";
import { commandLine } from "./commandLine.ts";
import { allPassed, outcomes, reportOf } from "./deployReports.ts";
import { specTextOf } from "./localOrgs.ts";
import { movableClock } from "./tampering.ts";

const home = temporaryHome();
const { serveOrgs } = await import("../../src/localorg/salesforceCli/serve.ts");
const { sf, sfJson } = commandLine(home);
const hour = 60 * 60_000;
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
  const { status, stderr } = await sf(...deployArgs(file, "--no-verify"));
  expect(status, stderr).toBe(0);
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

/** Lets an org change after it has taken that many deploys: each of them asks it once how long it takes. */
function changeAfter({ behaviour }: Org, deploys: number, change: () => void): void {
  let left = deploys;
  const usual = behaviour.deployTime;
  Object.defineProperty(behaviour, "deployTime", {
    configurable: true,
    get: () => {
      if (left-- > 0) return usual;
      Object.defineProperty(behaviour, "deployTime", { value: usual, writable: true });
      change();
      return behaviour.deployTime;
    },
  });
}

/** Puts production's app of the same name into the sandbox, as a refresh does. */
async function copyFromProduction(
  sandbox: Org,
  production: Org,
  name: string,
  file: string,
): Promise<string> {
  const args = [
    "cpq",
    "connectedapp",
    "deploy",
    "--spec",
    file,
    "--target-org",
    "local-production",
    "--no-verify",
  ];
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
  expect(stdout).toMatch(/was refreshed, and the app is gone\. The consumer key and secret are new ones/);
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
    /is a copy of production's app, with production's consumer key\. Nothing was changed/,
  );
  expect(stopped.stderr).toContain("--recreate");
  expect({ status: stopped.status, key: keyNow() }).toEqual({ status: 1, key: productionKey });

  const dry = await sf(...deployArgs(file, "--recreate", "--dry-run"));
  expect({ status: dry.status, key: keyNow() }).toEqual({ status: 0, key: productionKey });

  const { status, json } = await sfJson(...deployArgs(file, "--recreate"));
  const report = reportOf(json);
  expect(report.refresh).toEqual({
    reason: "copy",
    keptKey: true,
    tell: [],
    deletedCopy: { consumerKey: productionKey, specFile: expect.stringMatching(/Copied\.copy\.yaml$/) },
  });
  expect(outcomes(report)).toEqual(allPassed);
  expect(status).toBe(0);
  expect(sandbox.connectedApps.get("Copied")).toMatchObject({
    consumerKey: former?.consumerKey,
    consumerSecret: former?.consumerSecret,
  });
  expect(production.connectedApps.get("Copied")?.consumerKey).toBe(productionKey);
});

test("a copy that gave way to an app that is not verified is named, with the command that gives its settings back", async () => {
  const { sandbox, production, former, file } = await refreshed("ConnectedApp", "Regretted");
  const productionKey = await copyFromProduction(sandbox, production, "Regretted", file);
  const metadata = () => {
    const app = sandbox.connectedApps.get("Regretted");
    return JSON.stringify(app?.content).replaceAll(app?.consumerKey ?? "", "KEY");
  };
  const before = metadata();
  // The app lets nobody in any more.
  const spec = specTextOf("ConnectedApp", "Regretted").replace("[CPQ Integration]", "[]");
  writeFileSync(join(home, file), spec.replace("label: Regretted", "label: Later"));
  const { status, stdout } = await sf(...deployArgs(file, "--recreate"));
  expect(status).toBe(4);
  expect(stdout).toContain("the new app Regretted");
  expect(stdout).toContain(
    `production's copy of the app is gone, whose consumer key ${productionKey} no org takes`,
  );
  const [, command = ""] = /give its settings to the new app: sf (.*)$/m.exec(stdout) ?? [];
  const again = await sf(...command.split(" "));
  expect(again.status, again.stderr + again.stdout).toBe(0);
  expect(sandbox.connectedApps.get("Regretted")?.consumerKey).toBe(former?.consumerKey);
  expect(metadata()).toBe(before);
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

test("where another app has the former secret, a new pair is made too", async () => {
  const { sandbox, production, former, file } = await refreshed("ConnectedApp", "Secret_Taken");
  if (former === undefined) throw new Error("There was no app.");
  const holder = { ...structuredClone(former), name: "Holder", consumerKey: "KeyOfTheHolder1" };
  production.connectedApps.set("Holder", holder);
  const { status, json } = await sfJson(...deployArgs(file));
  expect(status).toBe(0);
  expect(reportOf(json).refresh).toMatchObject({ keptKey: false, tell: [{ name: "Nightly import" }] });
  expect(sandbox.connectedApps.get("Secret_Taken")?.consumerSecret).not.toBe(former.consumerSecret);
});

test("who has to be told of a new pair is also said by the run that succeeds after one that failed", async () => {
  const { sandbox, production, former, file } = await refreshed("ConnectedApp", "Twice");
  if (former === undefined) throw new Error("There was no app.");
  production.connectedApps.set("Holder", { ...structuredClone(former), name: "Holder" });
  // The first refusal is that of the key; from then on, this org creates nothing.
  changeAfter(sandbox, 1, () => {
    sandbox.behaviour.restrictConnectedApps = true;
  });
  const failed = await sf(...deployArgs(file));
  expect({ status: failed.status, made: sandbox.connectedApps.has("Twice") }).toEqual({
    status: 1,
    made: false,
  });
  sandbox.behaviour.restrictConnectedApps = false;
  const { status, json } = await sfJson(...deployArgs(file));
  expect(status).toBe(0);
  expect(reportOf(json).refresh).toEqual({
    reason: "gone",
    keptKey: false,
    tell: [{ name: "Nightly import", contact: "pricing@example.com" }],
  });
});

test("an app that cannot be made after its copy was deleted leaves an error that says just that, and the next run makes it", async () => {
  const { sandbox, production, former, file } = await refreshed("ConnectedApp", "Half");
  await copyFromProduction(sandbox, production, "Half", file);
  changeAfter(sandbox, 2, () => {
    sandbox.behaviour.restrictConnectedApps = true;
  });
  const { status, json } = await sfJson(...deployArgs(file, "--recreate"));
  expect(status).toBe(1);
  expect(sandbox.connectedApps.has("Half")).toBe(false);
  expect(json.message).toMatch(
    /Production's copy of Half in local-sandbox was deleted.*has no such app now.*still stored/s,
  );
  expect(json.message).toContain("You can't create a connected app.");
  expect(json.message).not.toContain("Nothing was changed");
  expect(json.actions?.join(" ")).toMatch(/Spring '26.*deploy again.*deploy --spec \S+Half\.copy\.yaml/s);
  expect(JSON.stringify(json)).not.toContain(former?.consumerSecret);

  sandbox.behaviour.restrictConnectedApps = false;
  const again = await sfJson(...deployArgs(file));
  expect(reportOf(again.json).refresh).toEqual({ reason: "gone", keptKey: true, tell: [] });
  expect(sandbox.connectedApps.get("Half")?.consumerKey).toBe(former?.consumerKey);
});

test.each([
  {
    what: "the deletion of the copy",
    quick: 1,
    words: /deletion of production's copy of .* is still in progress/,
  },
  {
    what: "the app's new creation",
    quick: 2,
    words: /copy of .* was deleted, and the app is being created again/,
  },
])("$what that outlasts --wait is exit code 69, and what the org's state is", async ({ quick, words }) => {
  const name = `Long_${quick}`;
  const { sandbox, production, file } = await refreshed("ConnectedApp", name);
  await copyFromProduction(sandbox, production, name, file);
  const waitLonger = movableClock();
  changeAfter(sandbox, quick, () => {
    sandbox.behaviour.deployTime = 60_000;
    waitLonger(hour);
  });
  expect((await sfJson(...deployArgs(file, "--recreate"))).json).toMatchObject({
    status: 69,
    message: expect.stringMatching(words),
    actions: expect.arrayContaining([expect.stringMatching(/sf project deploy report --job-id 0Af/)]),
  });
});

test("the callers' old key and secret get a token after the refresh, and an org that creates no app keeps them stored", async () => {
  const { sandbox, former, file } = await refreshed("ConnectedApp", "Callers");
  sandbox.behaviour.restrictConnectedApps = true;
  const blocked = await sf(...deployArgs(file));
  expect(blocked.status).toBe(1);
  expect(blocked.stderr).toContain("You can't create a connected app.");
  sandbox.behaviour.restrictConnectedApps = false;
  expect((await sf(...deployArgs(file, "--no-verify"))).status).toBe(0);
  const answer = await fetch(`${sandbox.myDomainUrl}/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: former?.consumerKey ?? "",
      client_secret: former?.consumerSecret ?? "",
    }),
  });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toHaveProperty("access_token");
});

test("a deploy with a new pair that outlasts --wait says who has to be told, since the next run finds nothing to do", async () => {
  const { sandbox, file } = await refreshed("ExternalClientApp", "Long_External");
  const waitLonger = movableClock();
  changeAfter(sandbox, 0, () => {
    sandbox.behaviour.deployTime = 60_000;
    waitLonger(hour);
  });
  expect((await sfJson(...deployArgs(file))).json).toMatchObject({
    status: 69,
    actions: expect.arrayContaining([
      expect.stringMatching(/new ones.*Nightly import \(pricing@example\.com\)/),
    ]),
  });
});

test("a dry run changes nothing and stores nothing, and says that a spec names nobody who has to be told", async () => {
  const { sandbox, production, former, file } = await refreshed("ConnectedApp", "Dry");
  if (former === undefined) throw new Error("There was no app.");
  production.connectedApps.set("Holder", { ...structuredClone(former), name: "Holder" });
  writeFileSync(join(home, file), specTextOf("ConnectedApp", "Dry"));
  const store = () => readFileSync(join(home, ".sf", "cpq-consumers.json"), "utf8");
  const before = store();
  const { status, stdout } = await sf(...deployArgs(file, "--dry-run"));
  expect(stdout).toContain(
    "The consumer key and secret are new ones. The spec names nobody to tell them to (consumers).",
  );
  expect({ status, store: store(), made: sandbox.connectedApps.has("Dry") }).toEqual({
    status: 0,
    store: before,
    made: false,
  });
});

test("--recreate does not go with a plan that was reviewed", async () => {
  const args = ["cpq", "connectedapp", "deploy", "--plan", "plan.json", "--recreate"];
  const { status, stderr } = await sf(...args);
  expect(status).toBe(2);
  expect(stderr).toMatch(/--plan.*--recreate|--recreate.*--plan/s);
});
