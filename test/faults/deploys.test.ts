import { specText, specTextOf } from "../commands/localOrgs.ts";
import { type FaultCase, tryFaults } from "./matrix.ts";
import { startWorld, type World } from "./world.ts";

const world = await startWorld();
const toSandbox = ["--target-org", "local-sandbox"];
/** The home of each cell is a new one. */
const keepHere = "--keep-secret-here";

async function deployed({ sf }: World, ...args: string[]): Promise<void> {
  const { status, stdout, stderr } = await sf("cpq", "connectedapp", "deploy", keepHere, ...args);
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
}

const cases: FaultCase[] = [
  {
    title: "deploy of a new connected app",
    args: ["deploy", "--spec", "app.yaml", keepHere, ...toSandbox],
    prepare: async ({ write }) => void write("app.yaml", specText("App")),
    unverified: 4,
    app: { org: "sandbox", kind: "ConnectedApp", name: "App", spec: ["--spec", "app.yaml", ...toSandbox] },
    sample: { faults: 2, kills: 1 },
  },
  {
    title: "deploy of a new external client app",
    args: ["deploy", "--spec", "client.yaml", "--enable-credential-access", keepHere, ...toSandbox],
    prepare: async ({ write }) => void write("client.yaml", specTextOf("ExternalClientApp", "Client")),
    unverified: 4,
    app: {
      org: "sandbox",
      kind: "ExternalClientApp",
      name: "Client",
      spec: ["--spec", "client.yaml", ...toSandbox],
    },
    sample: { faults: 1, kills: 0 },
  },
  {
    title: "deploy of a change",
    args: ["deploy", "--spec", "changed.yaml", keepHere, ...toSandbox],
    prepare: async (world) => {
      world.write("changed.yaml", specText("Changed"));
      await deployed(world, "--spec", "changed.yaml", ...toSandbox);
      world.write("changed.yaml", specText("Changed", ["label: Changed", "label: Now another"]));
    },
    unverified: 4,
    app: {
      org: "sandbox",
      kind: "ConnectedApp",
      name: "Changed",
      spec: ["--spec", "changed.yaml", ...toSandbox],
    },
    sample: { faults: 1, kills: 0 },
  },
];
for (const one of cases) await tryFaults(world, one);
