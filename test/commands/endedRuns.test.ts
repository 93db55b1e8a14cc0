import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Org } from "../../src/localorg/org.ts";
import type { JournalContent } from "../../src/results/journal.ts";
import type { MigrationResult } from "../../src/results/migration.ts";
import type { DeployResult, Promotion } from "../../src/results/promotion.ts";
import { allowCredentialAccess, appInOrg, type KindName, kindNames } from "./appsInOrg.ts";
import { type KillPoint, killPointsOf } from "./killPoints.ts";
import { specTextOf, startTestOrgs, twoEnvironments } from "./localOrgs.ts";
import { deleteApp, movableClock, userOf } from "./tampering.ts";

const { home, sf, sfJson, sandbox, production, write } = await startTestOrgs();
const kept = [join(".sf", "deploy-cache.json")];
/** Somebody sees that a run was killed, and ends it: so many milliseconds after it. */
const later = 10 * 60_000;
const runAs = "cpq.integration@example.com";

beforeAll(() => {
  for (const { org } of [sandbox, production]) allowCredentialAccess(org, true);
});

const deployOf = (name: string) =>
  `cpq connectedapp deploy --spec ${name}.yaml --target-org ${sandbox.alias}`.split(" ");

async function deploy(name: string, ...more: string[]) {
  const { status, json } = await sfJson(...deployOf(name), ...more);
  return { status, json, result: json.result as DeployResult };
}

const journalOf = (org: Org, kind: KindName, name: string) =>
  join(home, ".sf", "cpq-runs", `${org.id}.${kind}.${name}.json`);

function journalIn(file: string): JournalContent | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** The parts that the org has of an app, of whichever kind. */
function partsOf(org: Org, name: string) {
  const components = [...org.components.values()].flatMap((all) => [...all.values()]);
  const own = components.filter(
    ({ fullName, content }) =>
      fullName === name ||
      content.children.some((child) => child.name === "externalClientApplication" && child.text === name),
  );
  const connected = org.connectedApps.get(name);
  return connected === undefined ? own : [connected, ...own];
}

/** All that the org has of an app, but when it was written. */
function metadataOf(org: Org, name: string): string {
  return JSON.stringify(
    partsOf(org, name)
      .map(({ content }) => JSON.stringify(content))
      .sort(),
  );
}

/** The moments of a run that differ in what its journal says, or in the app. */
function distinct(points: readonly KillPoint[], org: Org, kind: KindName, name: string) {
  const seen = new Set<string>();
  return points.filter(({ restore }) => {
    restore();
    const steps = journalIn(journalOf(org, kind, name))?.steps.map((step) => [
      step.id,
      step.endedAt !== undefined,
      step.deploys.map(({ id, status }) => [id !== undefined, status]),
    ]);
    const key = JSON.stringify([steps, metadataOf(org, name)]);
    return seen.size !== seen.add(key).size;
  });
}

test.each(kindNames)(
  "%s: a killed update is undone or gone on with, wherever it was killed",
  async (kind) => {
    const name = `Updated_${kind}`;
    const { org } = sandbox;
    write(`${name}.yaml`, specTextOf(kind, name));
    expect((await deploy(name)).status).toBe(0);
    const former = metadataOf(org, name);
    write(`${name}.yaml`, specTextOf(kind, name, ["scopes: [api]", "scopes: [api, openid]"]));
    const points = distinct(
      await killPointsOf({ org, home, files: kept }, () => deploy(name)),
      org,
      kind,
      name,
    );
    // Nobody has to look for a deploy that the org may list late.
    movableClock(sandbox)(later);
    const outcomes = new Set<string | undefined>();
    for (const [index, { title, restore }] of points.entries()) {
      restore();
      const journal = journalIn(journalOf(org, kind, name));
      const isChanged = metadataOf(org, name) !== former;
      const { status, json, result } = await deploy(name, "--abort");
      outcomes.add(result?.undone?.outcome ?? json.name);
      if (journal === undefined) expect(json.name, title).toBe("NothingToAbortError");
      else {
        expect({ status, undone: result.undone }, `${title}: ${json.message}`).toMatchObject({
          status: 0,
          undone: { outcome: isChanged ? "restored" : "unchanged", leftAlone: [] },
        });
        expect(metadataOf(org, name), title).toBe(former);
        if (isChanged) expect(result.undone?.formerApp?.outcome, title).toBe("passed");
        expect(JSON.stringify(journal), title).not.toContain(appInOrg(org, kind, name)?.consumerSecret);
      }
      expect(existsSync(journalOf(org, kind, name)), title).toBe(false);
      if (index % 3 !== 0) continue;
      restore();
      const resumed = await deploy(name, "--resume");
      expect(resumed.json.name ?? resumed.result.apps[0]?.verification?.outcome, title).toBe(
        journal === undefined ? "NothingToResumeError" : "passed",
      );
    }
    expect([...outcomes].sort()).toEqual(["NothingToAbortError", "restored", "unchanged"]);

    const changed = points.find(({ restore }) => {
      restore();
      return metadataOf(org, name) !== former && existsSync(journalOf(org, kind, name));
    });
    if (changed === undefined) throw new Error("No point has changed the app.");
    const user = userOf(org, runAs);
    user.isActive = false;
    const refused = await deploy(name, "--abort");
    user.isActive = true;
    expect(refused).toMatchObject({
      status: 1,
      json: {
        name: "UndoFailedError",
        message: expect.stringMatching(
          /is not as it was before:\n.* did not accept the former state: .*\noauth.scopes was/,
        ),
        state: { undo: expect.stringContaining("--abort") },
      },
    });
    // What could not be undone can be undone later.
    expect((await deploy(name, "--abort")).result.undone?.outcome).toBe("restored");
    expect(metadataOf(org, name)).toBe(former);
  },
);

test("an abort that cannot read whether somebody changed the app since undoes nothing, and can be made again", async () => {
  const name = "Unread";
  const { org, faults } = sandbox;
  write(`${name}.yaml`, specTextOf("ConnectedApp", name));
  expect((await deploy(name)).status).toBe(0);
  const former = metadataOf(org, name);
  write(`${name}.yaml`, specTextOf("ConnectedApp", name, ["scopes: [api]", "scopes: [api, openid]"]));
  const points = await killPointsOf({ org, home, files: kept }, () => deploy(name));
  points.findLast(({ restore }) => {
    restore();
    return journalIn(journalOf(org, "ConnectedApp", name))?.steps.at(-1)?.id === "verify";
  });
  const isUnread = {
    fault: "redirect",
    to: "https://example.com",
    path: "/tooling/query.*ConnectedApplication",
  } as const;
  faults.set([{ ...isUnread, times: 9 }]);
  const { status, json } = await deploy(name, "--abort");
  expect({ status, name: json.name }).toEqual({ status: 1, name: "ChangeUnreadableError" });
  expect(json.message).toMatch(/Unread in local-sandbox [\s\S]*example\.com/);
  // What it read before it restored, it need not read after.
  faults.set([{ ...isUnread, after: 1, times: 9 }]);
  expect((await deploy(name, "--abort")).result.undone?.outcome).toBe("restored");
  faults.set([]);
  expect(metadataOf(org, name)).toBe(former);
});

test.each(kindNames)(
  "%s: what a killed run made is deleted again, the permission set is taken back, and others' changes stay",
  async (kind) => {
    const name = `Made_${kind}`;
    const { org } = sandbox;
    const user = userOf(org, runAs);
    const { permissionSets } = user;
    user.permissionSets = [];
    write(`${name}.yaml`, specTextOf(kind, name));
    const points = await killPointsOf({ org, home, files: kept }, () => deploy(name, "--assign-run-as"));
    const last = points.findLast(({ restore }) => {
      restore();
      return journalIn(journalOf(org, kind, name))?.steps.at(-1)?.id === "verify";
    });
    if (last === undefined) throw new Error("No run was at its verification.");
    last.restore();
    expect(userOf(org, runAs).permissionSets).not.toEqual([]);
    expect((await deploy(name, "--abort")).result.undone).toMatchObject({
      outcome: "removed",
      notes: [expect.stringContaining("was cut off")],
      done: [expect.stringContaining("permission set")],
      leftAlone: [expect.stringContaining("consumer key and secret")],
    });
    expect(appInOrg(org, kind, name)).toBeUndefined();
    expect(userOf(org, runAs).permissionSets).toEqual([]);
    expect((await deploy(name, "--abort")).json.name).toBe("NothingToAbortError");

    last.restore();
    const afterTheRun = org.behaviour.now() + 60_000;
    for (const part of partsOf(org, name)) part.modifiedAt = afterTheRun;
    const { status, stdout, stderr } = await sf(...deployOf(name), "--abort");
    expect({ status, isThere: appInOrg(org, kind, name) !== undefined }).toEqual({
      status: 1,
      isThere: true,
    });
    expect(`${stdout}${stderr}`.match(/^The last run on .* was cut off/gm)).toHaveLength(1);
    expect(stdout).toMatch(/stays as it is: after the run, .+ changed it at \S+Z \(/);
    expect(existsSync(journalOf(org, kind, name))).toBe(false);
    deleteApp(org, name);
    userOf(org, runAs).permissionSets = permissionSets;
  },
);

test("a run is resumed only as what it was, and what is typed is what the run printed", async () => {
  const name = "Resumed";
  const { org } = sandbox;
  const file = journalOf(org, "ConnectedApp", name);
  write(`${name}.yaml`, specTextOf("ConnectedApp", name));
  const points = await killPointsOf({ org, home, files: kept }, () => deploy(name, "--no-verify"));
  points.find(({ restore }) => {
    restore();
    return journalIn(file)?.steps.at(-1)?.id === "readBack";
  });
  const line = `sf cpq connectedapp deploy --spec ${name}.yaml --target-org ${sandbox.alias} --no-verify`;
  expect(journalIn(file)).toMatchObject({ goOn: `${line} --resume`, undo: `${line} --abort` });
  expect((await deploy(name, "--resume")).json).toMatchObject({
    name: "OtherRunError",
    actions: [`To continue: ${line} --resume`, `To undo it: ${line} --abort`],
  });
  write(
    `${name}.yaml`,
    specTextOf("ConnectedApp", name, ["timeout: 30m", "timeout: 15m"], ["[api]", "[id, api]"]),
  );
  expect((await deploy(name, "--resume", "--no-verify")).json).toMatchObject({
    name: "SpecChangedError",
    message: expect.stringContaining("oauth.accessToken.timeout, oauth.scopes"),
  });
  write("Other_Spec.yaml", specTextOf("ConnectedApp", "Other_Spec"));
  const several = ["--spec", "Other_Spec.yaml", "--resume"];
  expect((await deploy(name, ...several)).json).toMatchObject({ status: 2, name: "OneEndingError" });
  // None of these refusals took anything away: the run can still be resumed.
  write(`${name}.yaml`, specTextOf("ConnectedApp", name));
  const [, ...words] = `${line} --resume`.split(" ");
  expect(await sf(...words)).toMatchObject({ status: 0 });
  expect(existsSync(file)).toBe(false);
});

test.each(kindNames)(
  "%s: a deploy that the org refused leaves nothing to resume or to undo",
  async (kind) => {
    const name = `Refused_${kind}`;
    write(`${name}.yaml`, specTextOf(kind, name, [`runAs: ${runAs}`, "runAs: cpq.person@example.com"]));
    const { status, json } = await deploy(name);
    const again = `sf ${deployOf(name).join(" ")}`;
    expect({ status, state: json.state }).toMatchObject({ status: 1, state: { goOn: again } });
    expect(json.state).not.toHaveProperty("undo");
    expect(json.actions?.at(-1)).toBe(`To try again: ${again}`);
    // The refusal says it all.
    expect(json.message).not.toMatch(/at this step|: Failed/);
    expect(existsSync(journalOf(sandbox.org, kind, name))).toBe(false);
    expect((await deploy(name, "--abort")).json.name).toBe("NothingToAbortError");
  },
);

test("a killed promotion: the next one restores the target if the verification fails; resume and abort", async () => {
  const name = "Promoted";
  const kind = "ExternalClientApp";
  const { org } = production;
  const text = (...changes: [string, string][]) => specTextOf(kind, name, ...changes) + twoEnvironments;
  const file = write(`${name}.yaml`, text());
  const toUat = () => sf("cpq", "connectedapp", "deploy", "--spec", file, "-e", "uat");
  const promote = async (...more: string[]) => {
    const args = `cpq connectedapp promote --spec ${file} --from uat --to production`.split(" ");
    const { status, json } = await sfJson(...args, "--no-prompt", "--yes-production", ...more);
    return { status, json, promotion: json.result as Promotion };
  };
  await toUat();
  expect((await promote()).status).toBe(0);
  const former = metadataOf(org, name);
  write(file, text(["scopes: [api]", "scopes: [api, openid]"]));
  await toUat();
  expect((await promote("--resume")).json.name).toBe("NothingToResumeError");
  const points = await killPointsOf({ org, home, files: kept }, () => promote());
  const atVerify = points.find(({ restore }) => {
    restore();
    return journalIn(journalOf(org, kind, name))?.steps.at(-1)?.id === "verify";
  });
  expect(metadataOf(org, name)).not.toBe(former);

  const line = `sf cpq connectedapp promote --spec ${file} --from uat --to production`;
  const other = ["deploy", "--spec", file, "-e", "production", "--abort"];
  expect((await sfJson("cpq", "connectedapp", ...other)).json).toMatchObject({
    name: "OtherRunError",
    actions: [`To continue: ${line} --resume`, `To undo it: ${line} --abort`],
  });
  expect((await promote("--abort")).promotion).toMatchObject({
    restored: true,
    undone: { outcome: "restored", formerApp: { outcome: "passed" } },
  });
  expect(metadataOf(org, name)).toBe(former);

  atVerify?.restore();
  expect((await promote("--resume")).promotion).toMatchObject({
    deploy: { plan: { action: "nothing" }, verification: { outcome: "passed" } },
    receiptFile: expect.any(String),
  });

  atVerify?.restore();
  org.behaviour.blockClientCredentialsFlow = true;
  const { promotion } = await promote("--wait", "0");
  org.behaviour.blockClientCredentialsFlow = false;
  expect(promotion.deploy?.verification?.outcome ?? promotion.gates.at(-1)).toBe("failed");
  expect(promotion.restored).toBe(true);
  expect(metadataOf(org, name)).toBe(former);
});

test("a killed deletion of a migrated app: it is found to be done, and cannot be undone", async () => {
  const name = "Migrated";
  const { org } = sandbox;
  const file = journalOf(org, "ConnectedApp", name);
  for (const kind of kindNames) {
    write(`${name}.yaml`, specTextOf(kind, name));
    await deploy(name, "--no-verify");
  }
  const migrate = async (...more: string[]) => {
    const args = `cpq connectedapp migrate --name ${name} --target-org ${sandbox.alias} --delete-old`;
    const flags = ["--no-prompt", "--even-if-used", "--even-if-unverified"];
    const { status, json } = await sfJson(...args.split(" "), ...flags, ...more);
    return { status, json, result: json.result as MigrationResult };
  };
  const points = await killPointsOf({ org, home, files: kept }, () => migrate());
  movableClock(sandbox)(later);
  const outcomes = [];
  for (const { title, restore } of distinct(points, org, "ConnectedApp", name)) {
    restore();
    if (journalIn(file) === undefined) continue;
    const isThere = org.connectedApps.has(name);
    expect(await migrate("--abort"), title).toMatchObject({
      status: isThere ? 0 : 1,
      result: { undone: { outcome: isThere ? "unchanged" : "leftAlone" } },
    });
    restore();
    expect(await migrate("--resume"), title).toMatchObject({ status: 0, result: { deleted: { name } } });
    expect({ isThere: org.connectedApps.has(name), isOpen: existsSync(file) }, title).toEqual({
      isThere: false,
      isOpen: false,
    });
    outcomes.push(isThere);
  }
  expect(new Set(outcomes)).toEqual(new Set([true, false]));
});
