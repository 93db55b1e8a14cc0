import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { specText, startTestOrgs } from "./localOrgs.ts";
import { changeConsumerKey, setElement } from "./tampering.ts";

// What the other tests see in this process is what a user gets by bin/run.js: one call of each command, and of each exit
// code, is made both ways.

const { sandbox, sf, write, open, spawned } = await startTestOrgs();
const root = join(import.meta.dirname, "..", "..");
const nodeMajor = "process.versions.node.split('.')[0]";
const toSandbox = ["--target-org", "local-sandbox"];
const environments = `environments:
  uat: { targetOrg: local-sandbox }
  production:
    targetOrg: local-production
    oauth:
      callbackUrl: https://example.com/production
      clientCredentials: { runAs: cpq.integration@example.com }
`;

beforeAll(async () => {
  write("app.yaml", specText("Entry"));
  write("environments.yaml", specText("Entry") + environments);
  write("new.yaml", specText("New"));
  write("invalid.yaml", "kind: Nothing\n");
  write("drifted.yaml", specText("Drifted"));
  write("stranger.yaml", specText("Stranger"));
  for (const name of ["OutA", "OutB"]) write(`long-${name}.yaml`, specText(`Long_${name}`));
  for (const file of ["app.yaml", "drifted.yaml", "stranger.yaml"]) {
    const { status, stderr } = await sf("cpq", "connectedapp", "deploy", "--spec", file, ...toSandbox);
    expect(status, stderr).toBe(0);
  }
  changeConsumerKey(sandbox.org, "ConnectedApp", "Stranger", "KeyThatNobodyHereKnows");
  setElement(sandbox.org, "Drifted", ["ConnectedApp", "label"], ["Other"]);
  const report = ["--format", "json", "--output", "report.json"];
  await sf("cpq", "connectedapp", "drift", "--spec", "app.yaml", ...toSandbox, ...report);
});

/** A call; `OUT` stands for a name that is another one for either way. */
interface Call {
  command: string;
  args: string;
  status: number;
  /** How long the sandbox takes for a deploy, in milliseconds. */
  deployTime?: number;
}

const calls: Call[] = [
  { command: "connectedapp validate", args: "--spec invalid.yaml", status: 1 },
  { command: "connectedapp validate", args: "--spec nowhere.yaml", status: 2 },
  { command: "connectedapp generate", args: "--spec app.yaml --output-dir OUT", status: 0 },
  {
    command: "connectedapp init",
    args: "--contact-email a@example.com --run-as b@example.com --output OUT.yaml",
    status: 0,
  },
  { command: "connectedapp deploy", args: "--spec new.yaml --dry-run --target-org local-sandbox", status: 0 },
  { command: "connectedapp deploy", args: "--spec stranger.yaml --target-org local-sandbox", status: 4 },
  {
    command: "connectedapp deploy",
    args: "--spec long-OUT.yaml --target-org local-sandbox --wait 0",
    status: 69,
    deployTime: 2000,
  },
  { command: "connectedapp credentials show", args: "--spec app.yaml --target-org local-sandbox", status: 0 },
  {
    command: "connectedapp credentials export",
    args: "--spec app.yaml --target-org local-sandbox --format curl",
    status: 0,
  },
  { command: "connectedapp credentials list", args: "--org nowhere", status: 2 },
  { command: "connectedapp credentials forget", args: "--id 00D/ConnectedApp/None", status: 1 },
  { command: "connectedapp credentials store", args: "--spec app.yaml", status: 2 },
  { command: "connectedapp doctor", args: "--spec app.yaml --target-org local-sandbox", status: 0 },
  { command: "connectedapp drift", args: "--spec drifted.yaml --target-org local-sandbox", status: 3 },
  { command: "connectedapp drift merge", args: "report.json", status: 0 },
  {
    command: "connectedapp import",
    args: "--name Entry --target-org local-sandbox --output-dir OUT",
    status: 0,
  },
  { command: "connectedapp migrate", args: "--spec app.yaml --output OUT-migrated.yaml", status: 0 },
  {
    command: "connectedapp promote",
    args: "--spec environments.yaml --from uat --to production --plan-out OUT.json",
    status: 0,
  },
  {
    command: "connectedapp receipt keygen",
    args: "--private-key OUT.pem --print",
    status: 2,
  },
  { command: "connectedapp receipt check", args: "nowhere.json", status: 2 },
  { command: "connectedapp token", args: "--spec app.yaml --target-org local-sandbox --decode", status: 0 },
  { command: "connectedapp explain", args: "unsupported_grant_type", status: 0 },
  { command: "connectedapp verify", args: "--spec app.yaml --target-org local-sandbox", status: 0 },
  { command: "connectedapp rotate", args: "--spec app.yaml --target-org local-sandbox --dry-run", status: 0 },
  { command: "localorg list", args: "", status: 0 },
  { command: "localorg start", args: "--latency 5", status: 2 },
  { command: "connectedapp deploy", args: "--help", status: 0 },
];

/** They end as another call above does, so one way shows it. */
const furtherCalls: Call[] = [
  { command: "connectedapp validate", args: "--spec app.yaml", status: 0 },
  { command: "connectedapp validate", args: "--spec environments.yaml --environment dev", status: 2 },
  { command: "connectedapp drift", args: "--spec environments.yaml --environment dev", status: 2 },
  { command: "connectedapp deploy", args: "--spec app.yaml --plan plan.json", status: 2 },
  { command: "connectedapp drift", args: "--spec app.yaml --target-org local-sandbox", status: 0 },
  { command: "connectedapp token", args: "", status: 2 },
  { command: "connectedapp explain", args: "nonsense", status: 1 },
];

test.each(furtherCalls)(
  "$command $args, in this process: exit code $status",
  async ({ command, args, status }) => {
    const { status: ended, stderr } = await sf("cpq", ...`${command} ${args}`.split(" ").filter(Boolean));
    expect(ended, stderr).toBe(status);
  },
);

/** What is said in both ways, but for the names of files, Ids of deploys and counts of calls; Node's own warnings are on their way. */
function said({ stdout, stderr }: { stdout: string; stderr: string }, name: string) {
  const plain = (text: string) =>
    text
      .replace(/^\(.*node.*\n/gm, "")
      .replaceAll(name, "OUT")
      .replace(/0Af\w+/g, "0Af")
      .replace(/\d+ min \d+ s of|\(\d+ percent\)/g, "")
      .replace(/\d+ of 100000 left/, "")
      .replace("(Pending)", "(InProgress)");
  return { stdout: plain(stdout), stderr: plain(stderr) };
}

test.each(calls)("$command $args: exit code $status", async ({ command, args, status, deployTime = 0 }) => {
  sandbox.org.behaviour.deployTime = deployTime;
  const words = (name: string) => [
    "cpq",
    ...command.split(" "),
    ...args.replaceAll("OUT", name).split(" ").filter(Boolean),
  ];
  const asProcess = await spawned.sf(...words("OutA"));
  expect(asProcess.status, asProcess.stderr).toBe(status);
  const here = await sf(...words("OutB"));
  expect(here.status, here.stderr).toBe(status);
  expect(said(here, "OutB")).toEqual(said(asProcess, "OutA"));
  sandbox.org.behaviour.deployTime = 0;
});

test("an unknown command ends with 2, as other wrong usage does", async () => {
  const { status, stderr } = await spawned.sf("cpq", "connectedapp", "deplyo");
  expect(stderr).toContain("not found");
  expect(status).toBe(2);
});

const oldNode = (process.env.PATH ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "node"))
  .find((node) => existsSync(node) && Number(spawnSync(node, ["-p", nodeMajor]).stdout) < 22);

test("the entry knows the oldest Node that package.json allows", () => {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const [, major, minor] = /^>=(\d+)\.(\d+)/.exec(engines.node) ?? [];
  const entry = readFileSync(join(root, "bin", "run.js"), "utf8");
  expect(entry).toContain(`major < ${major} || (major === ${major} && minor < ${minor})`);
  expect(entry).toContain(`needs Node ${major}.${minor} or newer`);
});

test.skipIf(oldNode === undefined)("a Node that is too old gets one sentence", () => {
  const { status, stdout, stderr } = spawnSync(oldNode ?? "", [join(root, "bin", "run.js"), "--version"], {
    encoding: "utf8",
  });
  expect(stderr).toMatch(/^sf-plugin-cpq needs Node 22\.19 or newer, and this is Node \d+\.\d+\.\d+\.\n$/);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
});

/** How a process ends, as a shell shows it. */
function exitCode(child: ReturnType<typeof open>): Promise<number> {
  return new Promise((resolve) => {
    child.once("close", (code, signal) => resolve(code ?? 128 + constants.signals[signal as NodeJS.Signals]));
  });
}

test.skipIf(process.platform === "win32")(
  "a deploy that is interrupted ends with exit code 130",
  async () => {
    write("interrupted.yaml", specText("Interrupted"));
    sandbox.org.behaviour.deployTime = 60_000;
    const child = open("cpq", "connectedapp", "deploy", "--spec", "interrupted.yaml", ...toSandbox);
    const ended = exitCode(child);
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
      if (said.includes("Deploy …")) child.kill("SIGINT");
    });
    expect(await ended).toBe(130);
    sandbox.org.behaviour.deployTime = 0;
  },
);

test.each([
  { what: "a command", args: ["validate", "--spec", "app.yaml", "--show-resolved"], status: 0 },
  { what: "an error", args: ["validate", "--spec", "invalid.yaml", "--json"], status: 1 },
  { what: "help", args: ["deploy", "--help"], status: 0 },
])("a reader that goes away before the end of $what is no crash", async ({ args, status }) => {
  const child = open("cpq", "connectedapp", ...args);
  const ended = exitCode(child);
  let complaints = "";
  child.stderr.on("data", (chunk) => {
    complaints += chunk;
  });
  child.stdout.destroy();
  expect({ status: await ended, complaints }).toEqual({ status, complaints: "" });
});

test.skipIf(process.platform !== "linux")(
  "a full disk behind the output is told in one sentence, without a stack trace",
  () => {
    const entry = join(import.meta.dirname, "..", "..", "bin", "run.js");
    const { status, stderr } = spawnSync(
      "sh",
      ["-c", `"$0" "$1" cpq localorg list >/dev/full`, process.execPath, entry],
      {
        encoding: "utf8",
      },
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/Standard output cannot be written: ENOSPC.*write to another place/);
    expect(stderr).not.toMatch(/^\s+at /m);
  },
);
