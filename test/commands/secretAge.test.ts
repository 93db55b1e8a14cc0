import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { driftFormats } from "../../src/report/drift/formats.ts";
import type { AppDrift, DriftReport } from "../../src/results/drift.ts";
import { standInPrograms } from "../standInPrograms.ts";
import { allowCredentialAccess, kindNames } from "./appsInOrg.ts";
import { commandLine } from "./commandLine.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";

const { home, sandbox, sf, sfJson, write } = await startTestOrgs();
const { org } = sandbox;
const toSandbox = ["--target-org", sandbox.alias];
const day = 24 * 60 * 60_000;
const storeFile = join(".sf", "cpq-consumers.json");

/** A change of what the store of this machine has of an app. */
function changeEntry(name: string, change: (entry: Record<string, string>) => object | undefined): void {
  const entries = JSON.parse(readFileSync(join(home, storeFile), "utf8"));
  for (const id of Object.keys(entries)) if (id.endsWith(`/${name}`)) entries[id] = change(entries[id]);
  write(storeFile, JSON.stringify(entries));
}

async function driftOf(name: string, ...more: string[]): Promise<{ status: number | null; app: AppDrift }> {
  const args = ["drift", "--spec", `${name}.yaml`, ...toSandbox, ...more];
  const { status, json } = await sfJson("cpq", "connectedapp", ...args);
  return { status, app: (json.result as DriftReport).apps[0] as AppDrift };
}

beforeAll(async () => {
  allowCredentialAccess(org, true);
  for (const kind of kindNames) {
    write(`${kind}.yaml`, specTextOf(kind, kind));
    const { status, stderr } = await sf(
      "cpq",
      "connectedapp",
      "deploy",
      "--spec",
      `${kind}.yaml`,
      ...toSandbox,
    );
    expect(status, stderr).toBe(0);
  }
});

describe.each(kindNames)("the secret of an app of the kind %s", (kind) => {
  test("has an age from its first day, and is drift when it is older than it may be", async () => {
    const young = await driftOf(kind, "--max-secret-age", "90d");
    expect(young).toMatchObject({
      status: 0,
      app: { state: "inSync", secretAge: { since: expect.any(String), knownFrom: "machine" } },
    });

    const since = new Date(Date.now() - 100 * day).toISOString();
    changeEntry(kind, (entry) => ({ ...entry, storedAt: since }));
    expect((await driftOf(kind)).status).toBe(0);
    const old = await driftOf(kind, "--max-secret-age", "90d");
    expect(old).toMatchObject({
      status: 3,
      app: {
        state: "drifted",
        secretAge: { since, knownFrom: "machine" },
        drifts: [
          {
            kind: "secretAge",
            path: "consumer",
            severity: "security",
            detail: expect.stringMatching(/^The secret is 100 days old, since \d{4}.* may be 90d old\.$/),
            remedy: [expect.stringContaining("sf cpq connectedapp rotate --spec")],
          },
        ],
      },
    });
    // What the spec itself says counts as the flag does, and the flag is stronger.
    write(`${kind}.yaml`, `${specTextOf(kind, kind)}consumer: { maxSecretAge: 90d }\n`);
    expect((await driftOf(kind)).status).toBe(3);
    expect((await driftOf(kind, "--max-secret-age", "101d")).status).toBe(0);
  });

  test("that nobody knows the age of is not taken for young: exit code 1, and it is said why", async () => {
    changeEntry(kind, () => undefined);
    const known = await driftOf(kind, "--max-secret-age", "90d");
    // It is as young as its app.
    expect(known).toMatchObject({ status: 0, app: { secretAge: { appSince: expect.any(String) } } });
    const apps = [
      ...org.connectedApps.values(),
      ...[...org.components.values()].flatMap((byName) => [...byName.values()]),
    ];
    for (const app of apps) app.createdAt -= 100 * day;
    const { status, app } = await driftOf(kind, "--max-secret-age", "90d");
    for (const one of apps) one.createdAt += 100 * day;
    expect({ status, app }).toMatchObject({
      status: 1,
      app: {
        state: "unchecked",
        failure: {
          message: expect.stringMatching(/older than 90d.*this machine.*no other store.*org/s),
          actions: [expect.stringContaining("consumer.store.commands.since"), expect.any(String)],
        },
      },
    });
  });
});

test.skipIf(process.platform === "win32")(
  "the spec's store tells the age where no machine remembers, in every format",
  async () => {
    const keeper = standInPrograms("keeper");
    keeper.answer({ to: ["since"], stdout: new Date(Date.now() - 100 * day).toISOString() });
    const user = commandLine(home, { variables: { PATH: keeper.path } });
    const commands = "{ store: [keeper, put], read: [keeper, get], since: [keeper, since, '{app}'] }";
    const kind = "ExternalClientApp";
    write("Kept.yaml", `${specTextOf(kind, kind)}consumer: { store: { commands: ${commands} } }\n`);
    const drift = ["cpq", "connectedapp", "drift", "--spec", "Kept.yaml", ...toSandbox];
    const files = driftFormats.flatMap((format) => ["--format", format, "--output", `age.${format}`]);
    const { status, json } = await user.sfJson(...drift, "--max-secret-age", "90d", ...files);
    expect({ status, json }).toMatchObject({
      status: 3,
      json: { result: { apps: [{ secretAge: { knownFrom: "store" }, drifts: [{ kind: "secretAge" }] }] } },
    });
    expect(keeper.calls().map(({ args }) => args)).toEqual([["since", kind]]);
    for (const format of driftFormats)
      expect(readFileSync(join(home, `age.${format}`), "utf8"), format).toContain("100 days old");

    // Without a limit, no program is run.
    expect((await user.sfJson(...drift)).status).toBe(0);
    expect(keeper.calls()).toHaveLength(1);
  },
);
