import { specText, specTextOf, twoEnvironments } from "../commands/localOrgs.ts";
import { type FaultCase, tryFaults } from "./matrix.ts";
import { startWorld, type World } from "./world.ts";

const world = await startWorld();
const toSandbox = ["--target-org", "local-sandbox"];
/** The home of each cell is a new one. */
const keepHere = "--keep-secret-here";

const promotion = ["promote", "--spec", "promoted.yaml", "--from", "uat", "--to", "production"];

async function deployed({ sf }: World, ...args: string[]): Promise<void> {
  const { status, stdout, stderr } = await sf("cpq", "connectedapp", "deploy", keepHere, ...args);
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
}

async function deployedInSandbox(world: World, name: string): Promise<void> {
  world.write("promoted.yaml", specText(name) + twoEnvironments);
  await deployed(world, "--spec", "promoted.yaml", "--environment", "uat");
}

const cases: FaultCase[] = [
  {
    title: "promote",
    args: [...promotion, "--no-prompt", "--yes-production", keepHere],
    prepare: (world) => deployedInSandbox(world, "Promoted"),
    unverified: 4,
    app: {
      org: "production",
      kind: "ConnectedApp",
      name: "Promoted",
      spec: ["--spec", "promoted.yaml", "--environment", "production"],
    },
    sample: { faults: 2, kills: 0 },
  },
  {
    title: "a plan of a promotion",
    args: [...promotion, "--plan-out", "plan.json"],
    prepare: (world) => deployedInSandbox(world, "Planned"),
    unverified: 1,
    sample: { faults: 1, kills: 0 },
  },
  {
    title: "a deploy of a reviewed plan",
    args: ["deploy", "--plan", "plan.json", "--no-prompt", "--yes-production", keepHere],
    prepare: async ({ sf }) => {
      const { status, stdout, stderr } = await sf(
        "cpq",
        "connectedapp",
        ...promotion,
        "--plan-out",
        "plan.json",
      );
      if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
    },
    isOnce: true,
    unverified: 4,
    app: {
      org: "production",
      kind: "ConnectedApp",
      name: "Planned",
      spec: ["--spec", "promoted.yaml", "--environment", "production"],
    },
    sample: { faults: 1, kills: 0 },
  },
  {
    title: "migration of a connected app of an org",
    args: ["migrate", "--name", "Planned", "--output", "migrated.yaml", ...toSandbox],
    sample: { faults: 1, kills: 0 },
  },
  {
    title: "deletion of a migrated app",
    isOnce: true,
    args: ["migrate", "--delete-old", "--even-if-used", "--name", "Old", "--no-prompt", ...toSandbox],
    prepare: async (world) => {
      world.write("old.yaml", specText("Old"));
      await deployed(world, "--spec", "old.yaml", "--no-verify", ...toSandbox);
      world.write("new.yaml", specTextOf("ExternalClientApp", "Old"));
      await deployed(world, "--spec", "new.yaml", "--enable-credential-access", "--no-verify", ...toSandbox);
    },
    sample: { faults: 1, kills: 0 },
  },
];
for (const one of cases) await tryFaults(world, one);
