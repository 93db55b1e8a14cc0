import { beforeEach, expect, test } from "vitest";
import type { FaultInput } from "../../src/localorg/faults/fault.ts";
import type { DeployReport } from "../../src/results/deploy.ts";
import { allowCredentialAccess, appInOrg, kindNames } from "./appsInOrg.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";

const { sf, sfJson, sandbox, write } = await startTestOrgs();
const { org, faults } = sandbox;
allowCredentialAccess(org, true);

/** The org does what it is asked, and its answer gets lost. */
const lost: FaultInput = { fault: "reset", done: true, operation: "deploy" };
const cases = kindNames.flatMap((kind) => [
  { kind, state: "new" },
  { kind, state: "existing" },
]);

beforeEach(() => faults.set([]));

async function deploy(name: string) {
  const { status, json } = await sfJson(
    "cpq",
    "connectedapp",
    "deploy",
    "--spec",
    `${name}.yaml`,
    "--target-org",
    sandbox.alias,
  );
  const [report] = (json.result as { apps: DeployReport[] } | undefined)?.apps ?? [];
  return { status, json, report };
}

/** Ids of the deploys that changed the app. */
function deploysOf(name: string): string[] {
  return [...org.deployments.values()]
    .filter(
      ({ options, messages }) => !options.checkOnly && messages.some(({ fullName }) => fullName === name),
    )
    .map(({ id }) => id);
}

async function prepare(name: string, { kind, state }: (typeof cases)[number]): Promise<void> {
  write(`${name}.yaml`, specTextOf(kind, name));
  if (state === "new") return;
  expect(await deploy(name)).toMatchObject({ status: 0 });
  write(`${name}.yaml`, specTextOf(kind, name, [`label: ${name}`, "label: Now another"]));
}

test.each(cases)(
  "a deploy of a $state $kind whose answer is lost is found again, and nothing is deployed twice",
  async (app) => {
    const name = `Lost_${app.state}_${app.kind}`;
    await prepare(name, app);
    const before = deploysOf(name).length;
    faults.set([lost]);
    const { status, report } = await deploy(name);
    const ids = deploysOf(name).slice(before);
    expect(ids).toHaveLength(1);
    expect({ status, report }).toMatchObject({
      status: 0,
      report: {
        deployId: ids[0],
        notes: [
          expect.stringMatching(
            new RegExp(`did not answer the call deploy: ECONNRESET.*accepted the deploy \\(${ids[0]}\\)`),
          ),
        ],
        verification: { outcome: "passed" },
      },
    });
  },
);

test("a deploy that does not arrive is said to be none, and the next run makes it", async () => {
  const name = "Not_Arrived";
  await prepare(name, { kind: "ConnectedApp", state: "existing" });
  const before = deploysOf(name).length;
  faults.set([{ fault: "reset", operation: "deploy" }]);
  const { status, json } = await deploy(name);
  expect({ status, message: json.message, deploys: deploysOf(name) }).toMatchObject({
    status: 1,
    message: expect.stringMatching(/ECONNRESET.*lists no such deploy: it did not arrive/),
    deploys: { length: before },
  });
  expect(json.message).not.toContain("is not known");
  expect(await deploy(name)).toMatchObject({ status: 0, report: { verification: { outcome: "passed" } } });
  expect(deploysOf(name)).toHaveLength(before + 1);
});

test("a deploy that cannot be looked for is said to be unknown, and the next run finds it", async () => {
  const name = "Unknown";
  await prepare(name, { kind: "ExternalClientApp", state: "new" });
  const before = deploysOf(name).length;
  faults.set([lost, { fault: "status", status: 403, path: "DeployRequest" }]);
  const { status, json } = await deploy(name);
  expect({ status, message: json.message }).toMatchObject({
    status: 1,
    message: expect.stringMatching(/Whether \S+ has accepted the deploy is not known/),
  });
  // Who does not know what there is to undo, undoes nothing; and each thing that is known is said once.
  faults.set([{ fault: "status", status: 403, path: "DeployRequest" }]);
  const args = ["cpq", "connectedapp", "deploy", "--spec", `${name}.yaml`, "--target-org", sandbox.alias];
  const undone = await sf(...args, "--abort");
  expect(undone).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(
      /^Error \(1\): Nothing was undone: it is not known how a deploy of the last run/,
    ),
  });
  for (const sentence of [/^The last run on Unknown in .* failed: /gm, /^It is not known how its deploy /gm])
    expect(undone.stderr.match(sentence), undone.stderr).toHaveLength(1);
  expect(appInOrg(org, "ExternalClientApp", name)).toBeDefined();
  faults.set([]);
  const next = await deploy(name);
  const [id, ...others] = deploysOf(name).slice(before);
  expect(others).toEqual([]);
  expect(next).toMatchObject({
    status: 0,
    report: {
      plan: { action: "nothing" },
      notes: [expect.stringContaining("failed"), `Its deploy ${id} has ended since: Succeeded.`],
    },
  });
});
test("of several deploys that may be the lost one, none is taken for it", async () => {
  const name = "One_Of_Several";
  write(`${name}.yaml`, specTextOf("ConnectedApp", name));
  faults.set([lost]);
  await deploy(name);
  const [first = ""] = deploysOf(name);
  const other = org.deployments.get(first);
  if (other === undefined) throw new Error("There is no deploy.");
  const id = `${first.slice(0, -3)}XAA`;
  org.deployments.set(id, { ...other, id, createdAt: Date.now() + 60_000 });
  write(`${name}.yaml`, specTextOf("ConnectedApp", name, [`label: ${name}`, "label: Now another"]));
  faults.set([lost]);
  const { status, json } = await deploy(name);
  expect({ status, message: json.message }).toMatchObject({
    status: 1,
    message: expect.stringMatching(/has several deploys of the same components/),
  });
  expect(appInOrg(org, "ConnectedApp", name)?.texts("label")).toEqual(["Now another"]);
});
