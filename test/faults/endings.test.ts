import { readFileSync, rmSync } from "node:fs";
import type { RunningOrg } from "../../src/localorg/start.ts";
import { type JournalContent, journalSchema } from "../../src/results/journal.ts";
import { kindNames } from "../commands/appsInOrg.ts";
import { killPointsOf } from "../commands/killPoints.ts";
import { specText, specTextOf, twoEnvironments } from "../commands/localOrgs.ts";
import { type FaultCase, tryFaults } from "./matrix.ts";
import { journalsIn, startWorld, type World } from "./world.ts";

// What ends a run that was killed is a run too, and what can happen to others can happen to it.

const world = await startWorld();
const toSandbox = ["--target-org", "local-sandbox"];
/** The home of each cell is a new one. */
const keepHere = "--keep-secret-here";
const promotionOf = (file: string) => [
  ...["promote", "--spec", file, "--from", "uat", "--to", "production"],
  ...["--no-prompt", "--yes-production", keepHere],
];
const nameOf = (ending: string) => ending.replace(/^--/, "_");
const deletionOf = (ending: string) => [
  ...["migrate", "--name", `Old${nameOf(ending)}`, ...toSandbox],
  ...["--delete-old", "--even-if-used", "--no-prompt"],
];
const rotationOf = (ending: string) => [
  ...["rotate", "--spec", `${nameOf(ending)}.yaml`, ...toSandbox, "--enable-credential-access"],
];
const deployOf = (file: string) => ["deploy", "--spec", file, ...toSandbox, keepHere];

async function done({ sf }: World, ...args: string[]): Promise<void> {
  const { status, stdout, stderr } = await sf("cpq", "connectedapp", ...args);
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
}

/** Does a run until a moment at which its journal is like that, and leaves the orgs and the home as kill -9 would. */
async function killed(
  { home, sf }: World,
  { org }: RunningOrg,
  args: string[],
  isThen: (step: JournalContent["steps"][number]) => boolean,
): Promise<void> {
  // What the case before left is none of this one's business.
  for (const file of journalsIn(home)) rmSync(file);
  const points = await killPointsOf({ org, home, files: [] }, () => sf("cpq", "connectedapp", ...args));
  const point = points.find(({ restore }) => {
    restore();
    const [file] = journalsIn(home);
    const step = file && journalSchema.parse(JSON.parse(readFileSync(file, "utf8"))).steps.at(-1);
    return step && isThen(step);
  });
  if (point === undefined) throw new Error(`${args.join(" ")} has no such moment.`);
}

async function killedPromotion(world: World, name: string, isThen: typeof isTried): Promise<void> {
  const file = world.write(`${name.toLowerCase()}.yaml`, specText(name) + twoEnvironments);
  await done(world, "deploy", "--spec", file, "-e", "uat", keepHere);
  await killed(world, world.production, promotionOf(file), isThen);
}

async function killedDeletion(world: World, ending: string): Promise<void> {
  const name = `Old${nameOf(ending)}`;
  for (const kind of kindNames) {
    const deploy = deployOf(world.write(`${kind}${name}.yaml`, specTextOf(kind, name)));
    await done(world, ...deploy, "--no-verify", "--enable-credential-access");
  }
  await killed(world, world.sandbox, deletionOf(ending), isSent("delete"));
}

async function killedRotation(world: World, ending: string): Promise<void> {
  const file = `${nameOf(ending)}.yaml`;
  world.write(file, specTextOf("ExternalClientApp", `Rotated${nameOf(ending)}`));
  await done(world, ...deployOf(file), "--enable-credential-access");
  await killed(world, world.sandbox, rotationOf(ending), isTried);
}

/** The deploy was about to be sent, or its answer is on the way. */
const isSent = (id: string) => (step: JournalContent["steps"][number]) =>
  step.id === id && step.deploys.length > 0 && step.endedAt === undefined;
const isAt = (id: string) => (step: JournalContent["steps"][number]) => step.id === id;

const isTried = isAt("tryNew");

const cases: FaultCase[] = [
  {
    title: "deploy --resume of a new connected app",
    args: [...deployOf("app.yaml"), "--resume"],
    prepare: async (world) => {
      world.write("app.yaml", specText("App"));
      await killed(world, world.sandbox, deployOf("app.yaml"), isSent("deploy"));
    },
    next: deployOf("app.yaml"),
    unverified: 4,
    app: { org: "sandbox", kind: "ConnectedApp", name: "App", spec: ["--spec", "app.yaml", ...toSandbox] },
    sample: { faults: 1, kills: 0 },
  },
  {
    title: "deploy --abort of a change",
    args: [...deployOf("changed.yaml"), "--abort"],
    prepare: async (world) => {
      world.write("changed.yaml", specText("Changed"));
      await done(world, ...deployOf("changed.yaml"));
      world.write("changed.yaml", specText("Changed", ["label: Changed", "label: Now another"]));
      await killed(world, world.sandbox, deployOf("changed.yaml"), isAt("verify"));
    },
    next: [...deployOf("changed.yaml"), "--abort"],
    app: {
      org: "sandbox",
      kind: "ConnectedApp",
      name: "Changed",
      spec: ["--spec", "changed.yaml", ...toSandbox],
    },
    sample: { faults: 2, kills: 1 },
  },
  {
    title: "deploy --abort of a new external client app",
    args: [...deployOf("new.yaml"), "--abort"],
    prepare: async (world) => {
      world.write("new.yaml", specTextOf("ExternalClientApp", "New"));
      const deploy = [...deployOf("new.yaml"), "--enable-credential-access"];
      await killed(world, world.sandbox, deploy, isAt("verify"));
    },
    next: [...deployOf("new.yaml"), "--abort"],
    sample: { faults: 1, kills: 0 },
  },
  {
    title: "promote --resume",
    args: [...promotionOf("resumed.yaml"), "--resume"],
    prepare: (world) => killedPromotion(world, "Resumed", isSent("deploy")),
    next: promotionOf("resumed.yaml"),
    unverified: 4,
    app: {
      org: "production",
      kind: "ConnectedApp",
      name: "Resumed",
      spec: ["--spec", "resumed.yaml", "--environment", "production"],
    },
    sample: { faults: 1, kills: 0 },
  },
  {
    title: "promote --abort",
    args: [...promotionOf("aborted.yaml"), "--abort"],
    prepare: (world) => killedPromotion(world, "Aborted", isAt("verify")),
    next: [...promotionOf("aborted.yaml"), "--abort"],
    sample: { faults: 1, kills: 0 },
  },
  ...["--resume", "--abort"].map((ending) => ({
    title: `migrate --delete-old ${ending}`,
    args: [...deletionOf(ending), ending],
    prepare: (world: World) => killedDeletion(world, ending),
    next: [...deletionOf(ending), ending],
    sample: { faults: 1, kills: 0 },
  })),
  ...["--resume", "--abort"].map((ending) => ({
    title: `rotate ${ending}`,
    args: [...rotationOf(ending), ending],
    prepare: (world: World) => killedRotation(world, ending),
    next: [...rotationOf(ending), ending],
    unverified: 4,
    app: {
      org: "sandbox" as const,
      kind: "ExternalClientApp" as const,
      name: `Rotated${nameOf(ending)}`,
      spec: ["--spec", `${nameOf(ending)}.yaml`, ...toSandbox],
    },
    sample: { faults: 1, kills: 0 },
  })),
];
for (const one of cases) await tryFaults(world, one);
