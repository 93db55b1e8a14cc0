import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { DriftReport } from "../../src/results/drift.ts";
import type { Rotation } from "../../src/results/rotation.ts";
import { killPointsOf } from "./killPoints.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";
import { movableClock } from "./tampering.ts";

const { home, sf, sfJson, sandbox, write } = await startTestOrgs();
const { org } = sandbox;

/** The next run comes so many milliseconds after one that was killed: nobody has to look for a deploy that the org may list late. */
const later = 10 * 60_000;

/** A spec with an environment for the sandbox. */
async function newApp(name: string): Promise<void> {
  const text = specTextOf("ConnectedApp", name);
  write(
    `${name}.yaml`,
    `${text}consumers:
  - name: Nightly job # at two
    contact: jobs@example.com
environments:
  uat:
    targetOrg: ${sandbox.alias}
`,
  );
  const { status, stderr } = await sf("cpq", "connectedapp", "deploy", ...specOf(name));
  expect(status, stderr).toBe(0);
}

const specOf = (name: string) => ["--spec", `${name}.yaml`, "--environment", "uat"];
const rotateOf = (name: string, ...more: string[]) => [
  "cpq",
  "connectedapp",
  "rotate",
  ...specOf(name),
  ...more,
];
const textOf = (name: string) => readFileSync(join(home, `${name}.yaml`), "utf8");

async function rotation(name: string, ...more: string[]) {
  const { status, json } = await sfJson(...rotateOf(name, ...more));
  return { status, json, result: json.result as Rotation };
}

/** The pair that the callers of the app in use have, as the spec and its store say. */
async function stored(name: string): Promise<{ key: string; secret: string }> {
  const { json } = await sfJson(
    "cpq",
    "connectedapp",
    "credentials",
    "show",
    ...specOf(name),
    "--show-secret",
  );
  return json.result as { key: string; secret: string };
}

/** The keys of the pairs that the store of this machine has. */
function storedKeys(): string[] {
  const entries = JSON.parse(readFileSync(join(home, ".sf", "cpq-consumers.json"), "utf8"));
  return Object.values<{ consumerKey: string }>(entries).map(({ consumerKey }) => consumerKey);
}

async function isAccepted({ key, secret }: { key: string; secret: string }): Promise<boolean> {
  const { ok } = await fetch(`${org.myDomainUrl}/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "client_credentials", client_id: key, client_secret: secret }),
  });
  return ok;
}

test("a connected app is replaced by a second one, and deleted when nobody uses it", async () => {
  write(
    "Early.yaml",
    `${specTextOf("ConnectedApp", "Early")}environments: {uat: {targetOrg: ${sandbox.alias}}}\n`,
  );
  expect((await rotation("Early")).json).toMatchObject({
    name: "AppMissingError",
    message: `Early was not found in ${sandbox.alias}.`,
    actions: [
      `Deploy it first: sf cpq connectedapp deploy ${specOf("Early").join(" ")} --target-org ${sandbox.alias}`,
    ],
  });
  await newApp("Blue");
  const former = await stored("Blue");
  const before = textOf("Blue");
  const named = await sfJson("cpq", "connectedapp", "rotate", "--name", "Blue", "-o", sandbox.alias);
  expect(named.json).toMatchObject({
    name: "NameOfConnectedAppError",
    actions: [expect.stringContaining("import --name Blue --target-org"), expect.any(String)],
  });
  const planned = await rotation("Blue", "--dry-run");
  expect(planned).toMatchObject({
    status: 0,
    result: { outcome: "planned", secondApp: "Blue_2", formerApp: "Blue", plan: expect.any(Array) },
  });
  expect(planned.result.plan).toHaveLength(5);
  expect([...org.connectedApps.keys()]).toEqual(["Blue"]);
  expect(textOf("Blue")).toBe(before);

  const { status, result } = await rotation("Blue");
  const pair = await stored("Blue");
  expect({ status, result }).toMatchObject({
    status: 0,
    result: {
      outcome: "rotated",
      key: pair.key,
      formerKey: former.key,
      secondApp: "Blue_2",
      formerApp: "Blue",
      specFile: "Blue.yaml",
      tell: [{ name: "Nightly job", contact: "jobs@example.com" }],
      verification: { outcome: "passed" },
    },
  });
  expect(pair.key).toBe(org.connectedApps.get("Blue_2")?.consumerKey);
  expect(pair.key).not.toBe(former.key);
  expect([await isAccepted(pair), await isAccepted(former)]).toEqual([true, true]);
  // Comments stay, and the spec is the truth: another run of any command means the second app.
  expect(textOf("Blue")).toBe(`${before}    rotation:\n      generation: 2\n      former: Blue\n`);
  const drift = ["drift", ...specOf("Blue"), "--verify", "--detect-unclaimed"];
  const checked = await sfJson("cpq", "connectedapp", ...drift);
  expect(checked).toMatchObject({ status: 0, json: { result: { unclaimed: [] } } });
  expect((checked.json.result as DriftReport).apps).toMatchObject([
    { name: "Blue_2", label: "Blue 2", formerApp: "Blue", notes: [expect.stringContaining("replaces Blue")] },
  ]);

  // Who still uses it is said, and is a reason to wait.
  expect(await rotation("Blue")).toMatchObject({
    status: 0,
    result: { outcome: "moving", formerApp: "Blue", use: { tokens: expect.any(Number) } },
  });
  expect((await rotation("Blue", "--revoke-former", "--grace", "1h")).result.outcome).toBe("notDue");
  expect((await rotation("Blue", "--revoke-former")).json.name).toBe("AppInUseError");
  expect((await rotation("Blue", "--abort")).json.name).toBe("ReplacedAlreadyError");
  expect(await isAccepted(former)).toBe(true);

  // A week later.
  org.logins.splice(0);
  expect(await rotation("Blue", "--revoke-former")).toMatchObject({
    status: 0,
    result: { outcome: "revoked", formerApp: "Blue", use: { tokens: 0 } },
  });
  expect([await isAccepted(pair), await isAccepted(former)]).toEqual([true, false]);
  expect(textOf("Blue")).toBe(`${before}    rotation:\n      generation: 2\n`);
  expect((await rotation("Blue", "--revoke-former")).result.outcome).toBe("nothingToRevoke");
  expect((await rotation("Blue", "--dry-run")).result).toMatchObject({
    secondApp: "Blue_3",
    formerApp: "Blue_2",
  });
});

test("kill -9 at any moment of a replacement leaves a stored pair that works, and the next run ends it", async () => {
  await newApp("Killed");
  const points = await killPointsOf({ org, home, files: ["Killed.yaml"] }, () => rotation("Killed"));
  expect(points.length).toBeGreaterThan(9);
  movableClock(sandbox)(later);
  const states = new Set<string>();
  for (const { title, restore } of points) {
    restore();
    expect(await isAccepted(await stored("Killed")), title).toBe(true);
    const { status, result } = await rotation("Killed");
    expect(status, title).toBe(0);
    states.add(result.outcome);
    if (result.outcome === "rotated")
      expect(result.key, title).toBe(org.connectedApps.get("Killed_2")?.consumerKey);
    expect(storedKeys(), title).toContain(org.connectedApps.get("Killed_2")?.consumerKey);
    expect([...org.connectedApps.keys()].filter((name) => name.startsWith("Killed"))).toHaveLength(2);
  }
  // At the last moment, all but the end of the journal is done.
  expect([...states]).toEqual(["rotated", "moving"]);
});

test("kill -9 at any moment of a deletion: the next run ends it", async () => {
  await newApp("Gone");
  await rotation("Gone");
  const points = await killPointsOf({ org, home, files: ["Gone.yaml"] }, () =>
    rotation("Gone", "--revoke-former", "--even-if-used"),
  );
  movableClock(sandbox)(later);
  for (const { title, restore } of points) {
    restore();
    const { status, result } = await rotation("Gone", "--revoke-former", "--even-if-used");
    expect(status, title).toBe(0);
    expect(["revoked", "nothingToRevoke"], title).toContain(result.outcome);
    expect(await isAccepted(await stored("Gone")), title).toBe(true);
    expect(org.connectedApps.has("Gone"), title).toBe(false);
    expect(textOf("Gone"), title).not.toContain("former");
  }
});

test("an org that makes no connected apps any more says so in the plan, and nothing is changed", async () => {
  await newApp("Last");
  const before = textOf("Last");
  org.behaviour.restrictConnectedApps = true;
  for (const more of [["--dry-run"], []]) {
    const { status, json } = await rotation("Last", ...more);
    expect({ status, message: json.message }).toEqual({
      status: 1,
      message: expect.stringContaining("You can't create a connected app"),
    });
  }
  org.behaviour.restrictConnectedApps = false;
  expect(textOf("Last")).toBe(before);
  expect(await isAccepted(await stored("Last"))).toBe(true);
  // The pair that was kept for the second app is removed.
  expect((await rotation("Last", "--abort")).result.outcome).toBe("aborted");
  expect((await rotation("Last", "--abort")).result.outcome).toBe("nothingToAbort");
});

test("a second app that somebody else made is neither taken nor deleted unasked", async () => {
  await newApp("Taken");
  write("Other.yaml", specTextOf("ConnectedApp", "Taken_2"));
  const deploy = ["deploy", "--spec", "Other.yaml", "--target-org", sandbox.alias];
  expect((await sf("cpq", "connectedapp", ...deploy)).status).toBe(0);
  await sf("cpq", "connectedapp", "credentials", "forget", ...deploy.slice(1));
  expect((await rotation("Taken")).json.name).toBe("SecondAppExistsError");
  // Its verification was a use.
  expect((await rotation("Taken", "--abort")).json.name).toBe("AppInUseError");
  expect((await rotation("Taken", "--abort", "--even-if-used")).result.outcome).toBe("aborted");
  expect((await rotation("Taken")).result).toMatchObject({ outcome: "rotated", secondApp: "Taken_2" });
});

test("--grace waits for no people", async () => {
  const { status, json } = await rotation("Blue", "--grace", "1h");
  expect({ status, name: json.name }).toEqual({ status: 2, name: "GraceOfAppError" });
});
