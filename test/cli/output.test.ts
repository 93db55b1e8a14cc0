import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { shellWord } from "../../src/app/shellWord.ts";
import { environmentOf } from "../commands/commandLine.ts";
import { specText, startTestOrgs } from "../commands/localOrgs.ts";
import { installSalesforceCli, salesforceCliScript } from "./installation.ts";
import { salesforceCli } from "./salesforceCli.ts";

// No line of the output comes from anything but the plugin: inside the CLI, a command says what the plugin alone says. A
// terminal has the display of the progress besides.

const root = join(import.meta.dirname, "..", "..");
const { home, sandbox, write, sf, spawned } = await startTestOrgs();
const cli = salesforceCli(home);
const toSandbox = ["--target-org", "local-sandbox"];

interface Run {
  code: number;
  args: string;
  /** How long the org takes for a deploy, in milliseconds. */
  deployTime?: number;
  /** Interrupted while the org deploys. */
  isInterrupted?: boolean;
}

/** Runs of which each ends in another way; WAY stands for a name that each way of running it has for itself. */
const runs: Run[] = [
  { code: 0, args: "drift --spec app.yaml --target-org local-sandbox" },
  { code: 1, args: "validate --spec invalid.yaml" },
  { code: 2, args: "validate --spec missing.yaml" },
  { code: 2, args: "validate --no-such-flag" },
  { code: 3, args: "drift --spec other.yaml --target-org local-sandbox" },
  { code: 4, args: "deploy --spec refused-WAY.yaml --target-org local-sandbox" },
  { code: 69, args: "deploy --spec long-WAY.yaml --target-org local-sandbox --wait 0", deployTime: 600_000 },
  {
    code: 130,
    args: "deploy --spec interrupted-WAY.yaml --target-org local-sandbox",
    deployTime: 600_000,
    isInterrupted: true,
  },
];

/** How a command is started: by the plugin's own entry, and inside the CLI in three ways. */
const ways = {
  WayAlone: (words: string[]) => spawned.open(...words),
  WayInCli: (words: string[]) => cli.open(...words),
  WayWithJson: (words: string[]) => cli.open(...words, "--json"),
  WayInTerminal: inTerminal,
};
type Way = keyof typeof ways;

beforeAll(async () => {
  installSalesforceCli();
  write("app.yaml", specText("App"));
  write("other.yaml", specText("App", ["[api]", "[api, openid]"]));
  write("invalid.yaml", "kind: Nothing\n");
  for (const way of Object.keys(ways)) {
    // The app lets nobody in. No time changes such a refusal, so nothing waits for it.
    write(`refused-${way}.yaml`, specText(`Refused_${way}`, ["[CPQ Integration]", "[]"]));
    write(`long-${way}.yaml`, specText(`Long_${way}`));
    write(`interrupted-${way}.yaml`, specText(`Interrupted_${way}`));
  }
  const linked = await cli.sf("plugins", "link", root, "--no-install");
  expect(linked.status, linked.stderr).toBe(0);
  const deployed = await sf("cpq", "connectedapp", "deploy", "--spec", "app.yaml", ...toSandbox);
  expect(deployed.status, deployed.stderr).toBe(0);
});

describe.each(runs)("exit code $code: $args", (run) => {
  let alone: Ended;

  beforeAll(async () => {
    alone = await runBy("WayAlone", run);
    expect(alone.status, alone.stderr).toBe(run.code);
  });

  test("inside the CLI", async () => {
    expect(await runBy("WayInCli", run)).toEqual(alone);
  });

  test("with --json", async () => {
    const { status, stdout, stderr } = await runBy("WayWithJson", run);
    const json = JSON.parse(stdout);
    expect({ status, json: json.status, stderr }).toEqual({ status: run.code, json: run.code, stderr: "" });
  });

  test.skipIf(process.platform !== "linux")("in a terminal", async () => {
    const { status, stdout } = await runBy("WayInTerminal", run);
    expect({ status, text: withoutProgress(stdout) }).toEqual({
      status: run.code,
      text: withoutProgress(alone.stdout + alone.stderr),
    });
  });
});

test("a report names the plugin's version, not the CLI's", async () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const report = ["validate", "--spec", "app.yaml", "--format", "sarif"];
  const { status, stdout } = await cli.sf("cpq", "connectedapp", ...report);
  const [{ tool }] = JSON.parse(stdout).runs;
  expect({ status, version: tool.driver.version ?? tool.driver.semanticVersion }).toEqual({
    status: 0,
    version,
  });
});

interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

async function runBy(way: Way, { args, deployTime = 0, isInterrupted = false }: Run): Promise<Ended> {
  sandbox.org.behaviour.deployTime = deployTime;
  sandbox.faults.set([]);
  const child = ways[way](["cpq", "connectedapp", ...args.replace("WAY", way).split(" ")]);
  const texts = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => (texts.stdout += chunk));
  child.stderr?.on("data", (chunk) => (texts.stderr += chunk));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  if (isInterrupted) {
    const asks = () => sandbox.faults.seen.some(({ operation }) => operation === "checkDeployStatus");
    await vi.waitUntil(asks, { timeout: 200_000 });
    interrupt(child);
  }
  const status = await ended;
  return { status, stdout: plain(texts.stdout, way), stderr: plain(texts.stderr, way) };
}

/** A terminal of its own, as wide as oclif takes a pipe to be. What is written to its standard input is typed. */
function inTerminal(words: string[]): ChildProcess {
  const { CI: _ci, NO_COLOR: _noColor, ...env } = environmentOf(home);
  const command = [process.execPath, salesforceCliScript, ...words].map(shellWord).join(" ");
  return spawn(
    "script",
    ["--quiet", "--return", "--command", `stty cols 80 && exec ${command}`, "/dev/null"],
    {
      cwd: home,
      env: { ...env, TERM: "xterm" },
    },
  );
}

/** Ctrl+C in a terminal, else the signal that it stands for. */
function interrupt(child: ChildProcess): void {
  if (child.stdin === null) child.kill("SIGINT");
  else child.stdin.write("\x03");
}

/** What is said by each way, but for names, Ids and times. */
function plain(text: string, way: Way): string {
  return stripVTControlCharacters(text)
    .replaceAll("\r\n", "\n")
    .replace(/^\^C/m, "")
    .replaceAll(way, "WAY")
    .replace(/0Af\w+/g, "0Af")
    .replace("(Pending)", "(InProgress)")
    .replace(/\d+-\d+-\d+T\d+:\d+:\d+Z \([^)]*\)/g, "TIME");
}

/**
 * The words of an output in their order, without the progress, of which a terminal has another display. Where oclif wraps
 * a line depends on the terminal.
 */
function withoutProgress(text: string): string {
  const progress =
    /^\S? ?(\[\d\/\d\] )?(Read org|Compare|Deploy|Verify)( …)?$|^▸ |^─+ Deploy ─+$|^Elapsed Time: /;
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => !progress.test(line))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}
