import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { allowCredentialAccess, appInOrg, kindNames } from "./appsInOrg.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";

const { home, open, spawned, sfJson, sandbox, production, write } = await startTestOrgs();
const deployOf = (name: string, { alias } = sandbox) => [
  "cpq",
  "connectedapp",
  "deploy",
  "--spec",
  `${name}.yaml`,
  "--target-org",
  alias,
  "--enable-credential-access",
];
/** Its deploys do not end while the tests run. */
production.org.behaviour.deployTime = 60 * 60_000;
const leftovers = () => readdirSync(join(home, ".sf", "cpq-runs"));

/** Starts a deploy as a process, and waits until it says this. */
async function openUntil(text: string, ...args: string[]) {
  const child = open(...args);
  const end = once(child, "close");
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.once("close", () => reject(new Error(said)));
    child.stderr.on("data", (chunk) => {
      said += chunk;
      if (said.includes(text)) resolve();
    });
  });
  return { child, said: () => said, end };
}

async function storedPair(name: string) {
  const { json } = await sfJson(
    "cpq",
    "connectedapp",
    "credentials",
    "show",
    "--spec",
    `${name}.yaml`,
    "--target-org",
    sandbox.alias,
    "--show-secret",
  );
  return json.result as { key: string; secret: string };
}

test.each(kindNames)(
  "two deploys of one new %s at once: one waits for the other, and no secret is lost",
  async (kind) => {
    const name = `Race_${kind}`;
    write(`${name}.yaml`, specTextOf(kind, name));
    sandbox.org.behaviour.deployTime = 300;
    const ends = await Promise.all([spawned.sf(...deployOf(name)), spawned.sf(...deployOf(name))]);
    sandbox.org.behaviour.deployTime = 0;
    expect(ends.map(({ status, stderr }) => ({ status, stderr }))).toMatchObject([
      { status: 0 },
      { status: 0 },
    ]);
    const waited = ends.filter(({ stderr }) => stderr.includes(`another run is changing ${name}`));
    expect(waited).toHaveLength(1);
    const { consumerKey: key, consumerSecret: secret } = appInOrg(sandbox.org, kind, name) ?? {};
    expect(await storedPair(name)).toMatchObject({ key, secret });
    expect(leftovers()).toEqual([]);
  },
);

test("a run that may not wait says who changes the app", async () => {
  write("Busy.yaml", specTextOf("ConnectedApp", "Busy"));
  const { child, end } = await openUntil("Deploy …", ...deployOf("Busy", production));
  const { status, json } = await sfJson(...deployOf("Busy", production), "--wait", "0");
  expect({ status, name: json.name }).toEqual({ status: 1, name: "AppLockedError" });
  expect(json.message).toContain(`process ${child.pid} on`);
  await acceptedDeploy("Busy", production);
  child.kill("SIGKILL");
  await end;
});

test.skipIf(process.platform === "win32")(
  "a run that waits for the deploy of a killed one ends at the first SIGINT, and says how to end that one",
  async () => {
    production.faults.set([]);
    const child = open(...deployOf("Busy", production));
    const end = once(child, "close");
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    const asksForIt = () => production.faults.seen.some(({ operation }) => operation === "checkDeployStatus");
    await vi.waitUntil(asksForIt, { timeout: 120_000, interval: 5 });
    child.kill("SIGINT");
    expect(await end).toEqual([130, null]);
    const line = `sf ${deployOf("Busy", production).join(" ")}`;
    expect(said).toContain(`To continue: ${line} --resume\n`);
    expect(said).toContain(`To undo it: ${line} --abort\n`);
  },
);

/** The deploy that a run's journal names, as soon as the org has accepted it. */
async function acceptedDeploy(name: string, { org } = sandbox): Promise<string> {
  const file = join(home, ".sf", "cpq-runs", `${org.id}.ConnectedApp.${name}.json`);
  return vi.waitFor(
    () => {
      const [id] = /0Af\w{15}/.exec(readFileSync(file, "utf8")) ?? [];
      if (id === undefined) throw new Error("The org has accepted none.");
      return id;
    },
    { timeout: 120_000 },
  );
}

test.skipIf(process.platform === "win32").each(["SIGINT", "SIGTERM"] as const)(
  "a deploy that %s interrupts says what is deployed, where the secret is, and how to go on; the CLI knows the deploy",
  async (signal) => {
    const name = `Ended_by_${signal}`;
    write(`${name}.yaml`, specTextOf("ConnectedApp", name));
    const { child, said, end } = await openUntil("Deploy …", ...deployOf(name, production));
    const id = await acceptedDeploy(name, production);
    child.kill(signal);
    expect(await end).toEqual([130, null]);
    expect(said()).toContain(`sf project deploy report --job-id ${id}`);
    const jobs = JSON.parse(readFileSync(join(home, ".sf", "deploy-cache.json"), "utf8"));
    expect(jobs[id]).toMatchObject({ "target-org": "admin@production.example.com", "dry-run": false });
    expect(said()).toContain(join(home, ".sf", "cpq-consumers.json"));
    const line = `sf ${deployOf(name, production).join(" ")}`;
    expect(said()).toContain(`To continue: ${line} --resume\n`);
    expect(said()).toContain(`To undo it: ${line} --abort\n`);
  },
);

test("after a run that was killed, the next one says so, waits for its deploy, and goes on", async () => {
  const name = "Killed";
  write(`${name}.yaml`, specTextOf("ConnectedApp", name));
  sandbox.org.behaviour.deployTime = 2000;
  const { child, end } = await openUntil("Deploy …", ...deployOf(name));
  const id = await acceptedDeploy(name);
  child.kill("SIGKILL");
  await end;
  sandbox.org.behaviour.deployTime = 0;
  const { status, json } = await sfJson(...deployOf(name));
  expect(status).toBe(0);
  expect(json.result).toMatchObject({
    apps: [
      {
        plan: { action: "nothing" },
        notes: [expect.stringContaining("was cut off"), `Its deploy ${id} has ended since: Succeeded.`],
      },
    ],
  });
  expect(leftovers().filter((file) => file.includes(`.${name}.`))).toEqual([]);
});

describe("access to consumer secrets, which is off in the org", () => {
  const isOn = () =>
    sandbox.org.components
      .get("Settings")
      ?.get("ExternalClientApp")
      ?.content.children.some(({ text }) => text === "true") === true;
  const record = () => join(home, ".sf", "cpq-runs", `${sandbox.org.id}.credentialAccess.json`);

  /** Starts a deploy, and waits until it is at this point. */
  async function openAt(name: string, isThere: () => boolean) {
    write(`${name}.yaml`, specTextOf("ExternalClientApp", name));
    // The secret stays missing, so that there is time to end the run.
    sandbox.org.behaviour.secretDelay = 60 * 60_000;
    const child = open(...deployOf(name));
    const end = once(child, "close");
    await vi.waitUntil(isThere, { timeout: 120_000, interval: 5 });
    return { child, end };
  }

  test.skipIf(process.platform === "win32").each(["SIGINT", "SIGTERM"] as const)(
    "%s: the run itself switches it off",
    async (signal) => {
      const { child, end } = await openAt(`Access_${signal}`, isOn);
      child.kill(signal);
      expect(await end).toEqual([130, null]);
      expect({ isOn: isOn(), isRecorded: existsSync(record()) }).toEqual({ isOn: false, isRecorded: false });
    },
  );

  test.each([
    { at: "before it is on", isThere: () => existsSync(record()) },
    { at: "while it is on", isThere: isOn },
  ])("kill -9 $at: the next run switches it off, and says so", async ({ at, isThere }) => {
    const { child, end } = await openAt(`Killed_${at.replaceAll(" ", "_")}`, isThere);
    child.kill("SIGKILL");
    await end;
    // The run of another app, which needs no access.
    write("Other.yaml", specTextOf("ConnectedApp", "Other"));
    const { status, json } = await sfJson(...deployOf("Other"));
    expect(status).toBe(0);
    const [{ notes }] = (json.result as { apps: [{ notes: string[] }] }).apps;
    expect(notes).toEqual([expect.stringContaining("consumer secrets by REST")]);
    expect({ isOn: isOn(), isRecorded: existsSync(record()) }).toEqual({ isOn: false, isRecorded: false });
  });

  test("a run that needs it after one that was killed does not take it for the org's own value", async () => {
    const { child, end } = await openAt("Killed_And_Again", isOn);
    child.kill("SIGKILL");
    await end;
    sandbox.org.behaviour.secretDelay = 0;
    const { status } = await sfJson(...deployOf("Killed_And_Again"));
    expect({ status, isOn: isOn(), isRecorded: existsSync(record()) }).toEqual({
      status: 0,
      isOn: false,
      isRecorded: false,
    });
  });

  test("where the org has it on, it stays on", async () => {
    allowCredentialAccess(sandbox.org, true);
    write("Own.yaml", specTextOf("ExternalClientApp", "Own"));
    expect((await sfJson(...deployOf("Own"))).status).toBe(0);
    expect(isOn()).toBe(true);
    allowCredentialAccess(sandbox.org, false);
  });
});
