import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";
import { beforeAll, expect, test, vi } from "vitest";
import { shellWord } from "../../src/app/shellWord.ts";
import { rotationFormats } from "../../src/report/rotation.ts";
import type { Rotation } from "../../src/results/rotation.ts";
import { allowCredentialAccess, appInOrg } from "./appsInOrg.ts";
import { environmentOf } from "./commandLine.ts";
import { killPointsOf } from "./killPoints.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";

const { home, open, sf, sfJson, sandbox, write } = await startTestOrgs();
const { org } = sandbox;
const toSandbox = ["--target-org", sandbox.alias];
const entry = join(import.meta.dirname, "..", "..", "bin", "run.js");
const day = 24 * 60 * 60_000;

beforeAll(async () => {
  allowCredentialAccess(org, true);
});

async function newApp(name: string): Promise<void> {
  write(`${name}.yaml`, specTextOf("ExternalClientApp", name));
  const { status, stderr } = await sf(
    "cpq",
    "connectedapp",
    "deploy",
    "--spec",
    `${name}.yaml`,
    ...toSandbox,
  );
  expect(status, stderr).toBe(0);
}

const rotateOf = (name: string, ...more: string[]) => [
  "cpq",
  "connectedapp",
  "rotate",
  "--spec",
  `${name}.yaml`,
  ...toSandbox,
  ...more,
];

async function rotation(name: string, ...more: string[]) {
  const { status, json } = await sfJson(...rotateOf(name, ...more));
  return { status, json, result: json.result as Rotation };
}

/** The pair that the callers of the app use. */
async function stored(name: string): Promise<{ key: string; secret: string }> {
  const command = [
    "cpq",
    "connectedapp",
    "credentials",
    "show",
    "--spec",
    `${name}.yaml`,
    ...toSandbox,
    "--show-secret",
  ];
  const { json } = await sfJson(...command);
  return json.result as { key: string; secret: string };
}

async function isAccepted({ key, secret }: { key: string; secret: string }): Promise<boolean> {
  const { ok } = await fetch(`${org.myDomainUrl}/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "client_credentials", client_id: key, client_secret: secret }),
  });
  return ok;
}

const ownKey = (name: string) => appInOrg(org, "ExternalClientApp", name)?.consumerKey;
const journal = (name: string) => join(home, ".sf", "cpq-runs", `${org.id}.ExternalClientApp.${name}.json`);

test("a rotation gives the callers a new pair, and the former one works until it is revoked", async () => {
  await newApp("Rotated");
  const former = await stored("Rotated");
  const files = rotationFormats.flatMap((format) => ["--format", format, "--output", `rotated.${format}`]);
  const { status, result } = await rotation("Rotated", ...files);
  const pair = await stored("Rotated");
  expect({ status, result }).toMatchObject({
    status: 0,
    result: {
      outcome: "rotated",
      key: ownKey("Rotated"),
      formerKey: former.key,
      formerValidUntil: expect.any(String),
      secretAge: { since: expect.any(String), knownFrom: "machine", appSince: expect.any(String) },
      verification: { outcome: "passed" },
    },
  });
  expect(pair.key).toBe(ownKey("Rotated"));
  expect(pair.secret).not.toBe(former.secret);
  expect([await isAccepted(pair), await isAccepted(former)]).toEqual([true, true]);
  expect(JSON.stringify(result)).not.toContain(pair.secret);
  for (const format of rotationFormats)
    expect(readFileSync(join(home, `rotated.${format}`), "utf8"), format).toMatch(
      format === "json"
        ? `"key": "${pair.key}"`
        : /Rotated has a new consumer key and secret in local-sandbox/,
    );

  expect((await rotation("Rotated", "--revoke-former", "--grace", "1h")).result.outcome).toBe("notDue");
  expect(await isAccepted(former)).toBe(true);
  const revoked = await sf(...rotateOf("Rotated", "--revoke-former"));
  expect(revoked.stdout).toMatch(
    /^The former key and secret of Rotated in local-sandbox were revoked\.\n\nThe secret is /,
  );
  expect(revoked.stdout).not.toContain("works no more");
  expect([await isAccepted(pair), await isAccepted(former)]).toEqual([true, false]);
  const { stdout } = await sf(...rotateOf("Rotated", "--revoke-former"));
  expect(stdout).toContain("Rotated in local-sandbox has no former key and secret.");
  expect(stdout).toMatch(/^The secret is .* minutes? old, since/m);
});

test("the next rotation revokes what the last one left, and --grace what this one leaves", async () => {
  await newApp("Twice");
  const first = await stored("Twice");
  await rotation("Twice");
  const second = await stored("Twice");
  const { status, result } = await rotation("Twice", "--grace", "0m");
  const third = await stored("Twice");
  expect({ status, until: result.formerValidUntil }).toEqual({ status: 0, until: undefined });
  expect([await isAccepted(first), await isAccepted(second), await isAccepted(third)]).toEqual([
    false,
    false,
    true,
  ]);
});

test("an app without a spec is rotated by its name, and access is as before", async () => {
  await newApp("Named");
  allowCredentialAccess(org, false);
  const refused = await sfJson("cpq", "connectedapp", "rotate", "--name", "Named", ...toSandbox);
  expect(refused.json.message).toContain("enableClientSecretInRestApiAccess");
  expect(refused.json.actions).toEqual([
    expect.stringContaining("--enable-credential-access"),
    expect.stringContaining("Setup"),
  ]);
  const args = ["rotate", "--name", "Named", ...toSandbox, "--enable-credential-access"];
  const { status, json } = await sfJson("cpq", "connectedapp", ...args);
  expect({ status, json }).toMatchObject({ status: 0, json: { result: { outcome: "rotated" } } });
  const settings = org.components.get("Settings")?.get("ExternalClientApp")?.content.children;
  expect(settings?.map(({ text }) => text)).not.toContain("true");
  allowCredentialAccess(org, true);
  expect((await stored("Named")).key).toBe(ownKey("Named"));
  const mistyped = await sfJson("cpq", "connectedapp", "rotate", "--name", "Namd", ...toSandbox);
  expect(mistyped.json).toMatchObject({
    name: "NoSuchAppError",
    message: "local-sandbox shows no app with the API name Namd. Did you mean Named?",
  });
});

// The terminal of util-linux.
const hasTerminal = spawnSync("script", ["--version"]).status === 0;

test.skipIf(!hasTerminal)(
  "in a terminal, a rotation that has nothing to do ends, and so does its display",
  async () => {
    await newApp("Shown");
    const command = [process.execPath, entry, ...rotateOf("Shown", "--if-older-than", "30d")];
    const { CI: _ci, NO_COLOR: _noColor, ...env } = environmentOf(home);
    const child = spawn(
      "script",
      ["--quiet", "--return", "--command", command.map(shellWord).join(" "), "/dev/null"],
      { cwd: home, env: { ...env, TERM: "xterm" }, stdio: ["pipe", "pipe", "inherit"] },
    );
    const [said, [status]] = await Promise.all([text(child.stdout), once(child, "close")]);
    const shown = stripVTControlCharacters(said);
    expect({ status, shown }).toEqual({ status: 0, shown: expect.stringContaining("Nothing was changed") });
    expect(shown).toContain("▸ Org: local-sandbox");
  },
);

test("--if-older-than leaves a young secret, and does not guess", async () => {
  await newApp("Aged");
  const key = ownKey("Aged");
  expect((await rotation("Aged", "--if-older-than", "30d")).result.outcome).toBe("notDue");
  expect(ownKey("Aged")).toBe(key);
  const file = join(home, ".sf", "cpq-consumers.json");
  const entries = JSON.parse(readFileSync(file, "utf8"));
  const id = `${org.id}/ExternalClientApp/Aged`;
  entries[id].storedAt = new Date(Date.now() - 31 * day).toISOString();
  write(join(".sf", "cpq-consumers.json"), JSON.stringify(entries));
  expect((await rotation("Aged", "--if-older-than", "30d")).result.outcome).toBe("rotated");
  expect(ownKey("Aged")).not.toBe(key);
});

test("on a machine that forgets, the org tells the age, and --if-age-unknown decides if it cannot", async () => {
  await newApp("Forgotten");
  const forget = () => {
    const file = join(home, ".sf", "cpq-consumers.json");
    const { [`${org.id}/ExternalClientApp/Forgotten`]: _, ...others } = JSON.parse(
      readFileSync(file, "utf8"),
    );
    write(join(".sf", "cpq-consumers.json"), JSON.stringify(others));
  };
  const monthly = (...more: string[]) => rotation("Forgotten", "--if-older-than", "30d", ...more);
  forget();
  const young = await monthly();
  expect(young.result).toMatchObject({ outcome: "notDue", secretAge: { appSince: expect.any(String) } });
  expect(young.result.secretAge.since).toBeUndefined();

  for (const byName of org.components.values())
    for (const component of byName.values())
      if (component.fullName.startsWith("Forgotten")) component.createdAt -= 100 * day;
  const key = ownKey("Forgotten");
  expect((await monthly("--if-age-unknown", "fail")).json).toMatchObject({
    name: "AgeUnknownError",
    message: expect.stringContaining("The org keeps no former secret"),
  });
  expect((await monthly("--if-age-unknown", "skip")).result).toMatchObject({
    outcome: "ageUnknown",
    secretAge: { unknown: expect.stringContaining("The store of this machine") },
  });
  expect(ownKey("Forgotten")).toBe(key);
  expect((await monthly()).result).toMatchObject({ outcome: "rotated", notes: [] });
  forget();
  expect((await monthly()).result).toMatchObject({
    outcome: "notDue",
    secretAge: { since: expect.any(String), knownFrom: "org" },
  });
});

test("what somebody else staged is taken or removed only on demand", async () => {
  await newApp("Foreign");
  const settings = org.components.get("ExtlClntAppGlobalOauthSettings");
  const part = settings?.get("Foreign_glbloauth");
  if (part?.consumer === undefined) throw new Error("The global settings are not there.");
  const staged = {
    id: "1cS000000000001AAA",
    consumerKey: "KeyOfSomebodyElse",
    consumerSecret: "SecretOfSomebodyElse",
    state: "Active" as const,
    changedAt: Date.now(),
  };
  settings?.set("Foreign_glbloauth", { ...part, consumer: { ...part.consumer, staged } });
  expect((await rotation("Foreign")).json.name).toBe("SlotTakenError");
  expect((await rotation("Foreign", "--abort")).result.outcome).toBe("aborted");
  expect((await rotation("Foreign", "--abort")).result.outcome).toBe("nothingToAbort");
  expect((await rotation("Foreign", "--resume")).json.name).toBe("NothingToResumeError");
  settings?.set("Foreign_glbloauth", { ...part, consumer: { ...part.consumer, staged } });
  expect((await rotation("Foreign", "--resume")).result.key).toBe("KeyOfSomebodyElse");
  expect(await stored("Foreign")).toMatchObject({ key: "KeyOfSomebodyElse", secret: "SecretOfSomebodyElse" });
});

test("kill -9 at any moment leaves a stored pair that works, and the next run ends the rotation", async () => {
  await newApp("Killed");
  const former = await stored("Killed");
  const points = await killPointsOf({ org, home, files: [] }, () => rotation("Killed", "--grace", "0m"));
  expect(points.length).toBeGreaterThan(9);
  const outcomes = new Set<string>();
  for (const { title, restore } of points) {
    restore();
    expect(await isAccepted(await stored("Killed")), title).toBe(true);
    const begun = ownKey("Killed");
    // A rotation that is under way is finished, whatever the age of the secret; another one is not begun.
    const { status, json, result } = await rotation("Killed", "--grace", "0m", "--if-older-than", "1d");
    expect(status, `${title}: ${json.message}`).toBe(0);
    outcomes.add(result.outcome);
    const pair = await stored("Killed");
    expect(pair.key, title).toBe(ownKey("Killed"));
    if (begun !== former.key) expect(pair.key, title).toBe(begun);
    const isRotated = pair.key !== former.key;
    expect([await isAccepted(pair), await isAccepted(former)], title).toEqual([true, !isRotated]);
    if (result.outcome === "rotated") expect(isRotated, title).toBe(true);
    expect(existsSync(journal("Killed")), title).toBe(false);
  }
  expect([...outcomes].sort()).toEqual(["notDue", "rotated"]);
});

test.skipIf(process.platform === "win32")(
  "kill -9 of a pipeline's rotation: the next one, on another machine, ends it, and revokes nothing that callers read",
  async () => {
    const pair = write("kept.json", "");
    write(
      "keeper.cjs",
      `const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const file = __dirname + "/${pair}";
if (process.argv[2] === "put") writeFileSync(file, readFileSync(0));
else if (existsSync(file)) process.stdout.write(readFileSync(file));
`,
    );
    const command = (what: string) => `[${process.execPath}, ${join(home, "keeper.cjs")}, ${what}]`;
    const consumer = `consumer: { store: { commands: { store: ${command("put")}, read: ${command("get")} } } }\n`;
    write("Kept.yaml", specTextOf("ExternalClientApp", "Kept") + consumer);
    const deploy = ["cpq", "connectedapp", "deploy", "--spec", "Kept.yaml", ...toSandbox];
    expect((await sf(...deploy, "--allow-commands")).status).toBe(0);
    const kept = () => JSON.parse(readFileSync(join(home, pair), "utf8")) as { key: string; secret: string };
    const former = kept();
    const points = await killPointsOf({ org, home, files: [pair] }, () =>
      rotation("Kept", "--allow-commands"),
    );
    const isTaken = points.filter(({ restore }) => {
      restore();
      return ownKey("Kept") !== former.key && kept().key === former.key;
    });
    expect(isTaken.length).toBeGreaterThan(0);
    for (const { title, restore } of isTaken.slice(0, 1)) {
      for (const more of [[], ["--resume"], ["--if-older-than", "30d"]]) {
        restore();
        // Of the other machine, only the store and the org are known here.
        for (const file of [join(home, ".sf", "cpq-consumers.json"), journal("Kept")])
          rmSync(file, { force: true });
        const begun = ownKey("Kept");
        const { status, json, result } = await rotation("Kept", "--allow-commands", ...more);
        expect(status, `${title}, ${more}: ${json.message}`).toBe(0);
        expect(result).toMatchObject({ outcome: "rotated", key: begun, formerKey: former.key });
        expect(kept().key).toBe(begun);
        expect([await isAccepted(kept()), await isAccepted(former)]).toEqual([true, true]);
      }
    }
    // A pair of yet another origin in the store: nobody knows who reads it, so nothing is revoked.
    write(pair, JSON.stringify({ ...former, key: "KeyOfSomebodyElse" }));
    expect((await rotation("Kept", "--allow-commands")).json.name).toBe("FormerStoredError");
    expect(await isAccepted(former)).toBe(true);
  },
);

test("a run that was killed before the new pair is the app's own can be undone", async () => {
  await newApp("Undone");
  const former = await stored("Undone");
  org.behaviour.latency = 15;
  const child = open(...rotateOf("Undone"));
  const end = once(child, "close");
  await vi.waitFor(
    () =>
      expect(existsSync(journal("Undone")) && readFileSync(journal("Undone"), "utf8")).toContain('"tryNew"'),
    { timeout: 120_000, interval: 2 },
  );
  child.kill("SIGKILL");
  await end;
  org.behaviour.latency = 0;
  expect((await rotation("Undone", "--abort")).result.outcome).toBe("aborted");
  expect(await stored("Undone")).toEqual(former);
  expect(ownKey("Undone")).toBe(former.key);
});
