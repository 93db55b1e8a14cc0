import { readFileSync, rmSync, writeFileSync } from "node:fs";
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

/** A moment of a run: the first or the last one at which the last step of its journal is like that. */
interface Moment {
  which: "find" | "findLast";
  is(step: JournalContent["steps"][number]): boolean;
}

/** The org has what was sent, and its answer is on the way. */
const sent = (id: string): Moment => ({
  which: "findLast",
  is: (step) => step.id === id && step.deploys.at(-1) !== undefined && step.deploys.at(-1)?.id === undefined,
});
/** It was to be sent, and never came there. */
const notSent = (id: string): Moment => ({ ...sent(id), which: "find" });
const begun = (id: string): Moment => ({
  which: "findLast",
  is: (step) => step.id === id && step.deploys.length === 0 && step.endedAt === undefined,
});

/** Does a run until that moment, and leaves the orgs and the home as kill -9 would, ten minutes ago. */
async function killed({ home, sf }: World, { org }: RunningOrg, args: string[], { which, is }: Moment) {
  // What the case before left is none of this one's business.
  for (const file of journalsIn(home)) rmSync(file);
  const points = await killPointsOf({ org, home, files: [] }, () => sf("cpq", "connectedapp", ...args));
  const journal = (): JournalContent | undefined => {
    const [file] = journalsIn(home);
    return file === undefined ? undefined : journalSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  };
  const point = points[which](({ restore }) => {
    restore();
    const step = journal()?.steps.at(-1);
    return step !== undefined && is(step);
  });
  if (point === undefined) throw new Error(`${args.join(" ")} has no such moment.`);
  point.restore();
  // What was sent just now, the org may list late, so that a run looks for it several times.
  const earlier = (time: string) => new Date(Date.parse(time) - 10 * 60_000).toISOString();
  const aged = journal();
  for (const deploy of aged?.steps.flatMap(({ deploys }) => deploys) ?? [])
    deploy.sentAt = earlier(deploy.sentAt);
  writeFileSync(journalsIn(home)[0] ?? "", JSON.stringify(aged));
}

async function killedPromotion(world: World, name: string, moment: Moment): Promise<void> {
  const file = world.write(`${name.toLowerCase()}.yaml`, specText(name) + twoEnvironments);
  await done(world, "deploy", "--spec", file, "-e", "uat", keepHere);
  await killed(world, world.production, promotionOf(file), moment);
}

async function killedDeletion(world: World, ending: string): Promise<void> {
  const name = `Old${nameOf(ending)}`;
  for (const kind of kindNames) {
    const deploy = deployOf(world.write(`${kind}${name}.yaml`, specTextOf(kind, name)));
    await done(world, ...deploy, "--no-verify", "--enable-credential-access");
  }
  await killed(
    world,
    world.sandbox,
    deletionOf(ending),
    ending === "--resume" ? sent("delete") : notSent("delete"),
  );
}

async function killedRotation(world: World, ending: string): Promise<void> {
  const file = `${nameOf(ending)}.yaml`;
  world.write(file, specTextOf("ExternalClientApp", `Rotated${nameOf(ending)}`));
  await done(world, ...deployOf(file), "--enable-credential-access");
  await killed(world, world.sandbox, rotationOf(ending), begun("tryNew"));
}

const cases: FaultCase[] = [
  {
    title: "deploy --resume of a new connected app",
    args: [...deployOf("app.yaml"), "--resume"],
    prepare: async (world) => {
      world.write("app.yaml", specText("App"));
      await killed(world, world.sandbox, deployOf("app.yaml"), sent("deploy"));
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
      await killed(world, world.sandbox, deployOf("changed.yaml"), begun("verify"));
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
      await killed(world, world.sandbox, deploy, begun("verify"));
    },
    next: [...deployOf("new.yaml"), "--abort"],
    sample: { faults: 1, kills: 0 },
  },
  {
    title: "promote --resume",
    args: [...promotionOf("resumed.yaml"), "--resume"],
    prepare: (world) => killedPromotion(world, "Resumed", sent("deploy")),
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
    prepare: (world) => killedPromotion(world, "Aborted", begun("verify")),
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
