import { specText, specTextOf } from "../commands/localOrgs.ts";
import { type FaultCase, tryFaults } from "./matrix.ts";
import { startWorld, type World } from "./world.ts";

const world = await startWorld();
const toSandbox = ["--target-org", "local-sandbox"];

/** Two apps of different kinds, as deployed as can be, and one that no spec knows. */
async function deployed({ write, sf, sandbox }: World): Promise<void> {
  write("app.yaml", `${specText("App")}cpq: {url: "${sandbox.cpqUrl}"}\n`);
  write("client.yaml", specTextOf("ExternalClientApp", "Client"));
  write("other.yaml", specText("Other"));
  for (const [file = "", ...more] of [
    ["app.yaml"],
    ["client.yaml", "--enable-credential-access"],
    ["other.yaml"],
  ]) {
    const { status, stdout, stderr } = await sf(
      "cpq",
      "connectedapp",
      "deploy",
      "--keep-secret-here",
      "--spec",
      file,
      ...more,
      ...toSandbox,
    );
    if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
  }
}

const cases: FaultCase[] = [
  {
    title: "drift with verification",
    args: ["drift", "--spec", "app.yaml", "--spec", "client.yaml", "--verify", ...toSandbox],
    prepare: deployed,
    sample: { faults: 4, kills: 1 },
  },
  {
    title: "drift that looks for apps without a spec",
    args: ["drift", "--spec", "app.yaml", "--spec", "client.yaml", "--detect-unclaimed", ...toSandbox],
    status: 3,
    sample: { faults: 1, kills: 0 },
  },
  {
    title: "import of all apps",
    args: ["import", "--all", "--output-dir", "imported", ...toSandbox],
    sample: { faults: 3, kills: 0 },
  },
  {
    title: "validate in an org",
    args: ["validate", "--spec", "app.yaml", ...toSandbox],
    sample: { faults: 1, kills: 0 },
  },
  {
    title: "the doctor's checklist",
    leavesOut: true,
    args: ["doctor", "--spec", "app.yaml", ...toSandbox],
    sample: { faults: 2, kills: 0 },
  },
  {
    title: "a dry run",
    args: ["deploy", "--spec", "app.yaml", "--dry-run", ...toSandbox],
    sample: { faults: 1, kills: 0 },
  },
];
for (const one of cases) await tryFaults(world, one);
