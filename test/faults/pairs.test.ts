import { describe, expect, test } from "vitest";
import { specText, specTextOf } from "../commands/localOrgs.ts";
import { type FaultCase, tryFaults } from "./matrix.ts";
import { startWorld, type World } from "./world.ts";

const world = await startWorld();
const toSandbox = ["--target-org", "local-sandbox"];
const app = ["--spec", "app.yaml", ...toSandbox];
const client = ["--spec", "client.yaml", ...toSandbox];

async function deployed({ write, sf }: World): Promise<void> {
  write("app.yaml", specText("App"));
  write("client.yaml", specTextOf("ExternalClientApp", "Client"));
  for (const args of [app, [...client, "--enable-credential-access"]]) {
    const { status, stdout, stderr } = await sf(
      "cpq",
      "connectedapp",
      "deploy",
      "--keep-secret-here",
      ...args,
    );
    if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
  }
}

const cases: FaultCase[] = [
  {
    title: "rotation of an external client app",
    args: ["rotate", ...client, "--enable-credential-access"],
    prepare: deployed,
    unverified: 4,
    app: { org: "sandbox", kind: "ExternalClientApp", name: "Client", spec: client },
    sample: { faults: 2, kills: 1 },
  },
  {
    title: "a token",
    args: ["token", ...app, "--fresh"],
    printsToken: true,
    app: { org: "sandbox", kind: "ConnectedApp", name: "App", spec: app },
    sample: { faults: 1, kills: 0 },
  },
  {
    title: "verification of an app",
    args: ["verify", ...app],
    unverified: 4,
    sample: { faults: 2, kills: 0 },
  },
];
for (const one of cases) await tryFaults(world, one);

describe("what needs no org asks none", () => {
  test.each([
    { args: ["credentials", "show", ...app] },
    { args: ["credentials", "list"] },
    { args: ["explain", "invalid_grant: no client credentials user enabled"] },
    { args: ["credentials", "store", ...app, "--key", "3MVG9AnotherKey"], input: "AnotherSecret0001" },
  ])("$args", async ({ args, input }) => {
    const home = world.remember()();
    world.setFaults("sandbox", [{ fault: "reset", times: 1000 }]);
    const command = ["cpq", "connectedapp", ...args, "--json"];
    const { status, stdout } = await world.runAlone(home, command, input === undefined ? {} : { input });
    expect({ status, seen: world.sandbox.faults.seen }, stdout).toEqual({ status: 0, seen: [] });
    world.removeHome(home);
  });
});
