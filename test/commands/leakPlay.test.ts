import { spawn } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { folderWith } from "../temporaryFolders.ts";
import type { KindName } from "./appsInOrg.ts";
import { environmentOf } from "./commandLine.ts";
import { type LeakSearch, leakSearch } from "./leakSearch.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";

const { home, orgs, sandbox, write } = await startTestOrgs();
const entry = join(import.meta.dirname, "..", "..", "bin", "run.js");
const recorder = pathToFileURL(join(import.meta.dirname, "processRecorder.mjs")).href;

/** Where processes are noted, and the one folder for temporary files; both are outside of the user's home. */
function places() {
  return { noted: join(folderWith({ processes: "" }), "processes"), temporary: folderWith({}) };
}

/** A command as a process of its own, with all on that may tell too much. */
async function run(args: readonly string[], { noted, temporary }: ReturnType<typeof places>) {
  const { SF_DISABLE_LOG_FILE: _, ...env } = environmentOf(home);
  const child = spawn(process.execPath, [entry, "cpq", "connectedapp", ...args], {
    cwd: home,
    env: {
      ...env,
      SF_LOG_LEVEL: "trace",
      TMPDIR: temporary,
      NODE_OPTIONS: `--import=${recorder}`,
      RECORDED_PROCESSES: noted,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, status] = await Promise.all([
    readText(child.stdout),
    readText(child.stderr),
    new Promise<number | null>((resolve) => child.once("close", resolve)),
  ]);
  return { status, stdout, stderr };
}

/** A program that keeps what it gets on standard input, and gives it back. */
function keeperProgram(): string {
  const folder = folderWith({
    keeper: `#!${process.execPath}
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const [what, name] = process.argv.slice(2);
const file = __dirname + "/" + name + ".pair";
if (what === "put") writeFileSync(file, readFileSync(0));
else if (existsSync(file)) process.stdout.write(readFileSync(file));
`,
  });
  const keeper = join(folder, "keeper");
  chmodSync(keeper, 0o755);
  return keeper;
}

function spec(keeper: string, kind: KindName, name: string, ...changes: [string, string][]): string {
  const command = (what: string) => `[${keeper}, ${what}, "{app}-{environment}"]`;
  return write(
    `${name}.yaml`,
    `${specTextOf(kind, name, ...changes)}consumer: { store: { commands: { store: ${command("put")}, read: ${command("get")} } } }
environments:
  uat: { targetOrg: local-sandbox }
  production:
    targetOrg: local-production
    oauth: { callbackUrl: https://example.com/callback, clientCredentials: { runAs: cpq.integration@example.com } }
`,
  );
}

/** Takes in what the processes and the temporary files held, beside outputs, files and logs. */
function search(places: { noted: string; temporary: string }): LeakSearch {
  const written = new Set(["External.yaml", "Connected.yaml", "Refused.yaml"]);
  const found = leakSearch(
    orgs.map(({ org }) => org),
    home,
    written,
  );
  const add = (title: string, stdout: string) => found.seen([title], { status: 0, stdout, stderr: "" });
  add("processes", readFileSync(places.noted, "utf8"));
  const left = readdirSync(places.temporary, { recursive: true, withFileTypes: true });
  for (const file of left.filter((one) => one.isFile()))
    add(`temporary ${file.name}`, readFileSync(join(file.parentPath, file.name), "utf8"));
  return found;
}

test.skipIf(process.platform === "win32")(
  "no secret and no token is in an output, a log at the level trace, a file, or among the words and variables of a process",
  async () => {
    const keeper = keeperProgram();
    const external = spec(keeper, "ExternalClientApp", "External");
    const connected = spec(keeper, "ConnectedApp", "Connected");
    const refused = spec(keeper, "ConnectedApp", "Refused", ["[CPQ Integration]", "[]"]);
    const ofExternal = ["--spec", external, "--environment", "uat"];
    const story: { args: string[]; status?: number }[] = [
      { args: ["deploy", ...ofExternal, "--enable-credential-access"] },
      { args: ["deploy", "--spec", connected, "--environment", "uat", "--receipt", "receipt.json"] },
      { args: ["token", ...ofExternal] },
      { args: ["credentials", "export", ...ofExternal, "--format", "dotenv"] },
      { args: ["verify", ...ofExternal, "--json"] },
      { args: ["drift", ...ofExternal, "--verify", "--format", "html", "--output", "drift.html"] },
      { args: ["rotate", ...ofExternal, "--enable-credential-access"] },
      {
        args: [
          "promote",
          "--spec",
          connected,
          "--from",
          "uat",
          "--to",
          "production",
          "--plan-out",
          "plan.json",
        ],
      },
      { args: ["deploy", "--plan", "plan.json", "--no-prompt", "--yes-production"] },
      { args: ["deploy", "--spec", refused, "--environment", "uat"], status: 4 },
      { args: ["doctor", ...ofExternal] },
    ];
    const where = places();
    const ended: { args: string[]; result: Awaited<ReturnType<typeof run>> }[] = [];
    for (const { args, status = 0 } of story) {
      const result = await run(args, where);
      expect({ args, status: result.status }, result.stdout + result.stderr).toEqual({ args, status });
      ended.push({ args, result });
    }
    const searched = search(where);
    for (const { args, result } of ended) searched.seen(["cpq", "connectedapp", ...args], result);
    expect(searched.leaks()).toEqual([]);

    // A search of nothing would find nothing.
    const logs = readdirSync(join(home, ".sf")).filter((name) => name.endsWith(".log"));
    const logged = logs.map((name) => readFileSync(join(home, ".sf", name), "utf8")).join("");
    const processes = readFileSync(where.noted, "utf8").trim().split("\n");
    const { secrets, outputs, files } = searched.counts();
    expect(logged.length).toBeGreaterThan(10_000);
    expect(processes.filter((line) => line.includes(keeper)).length).toBeGreaterThan(5);
    expect(secrets).toBeGreaterThan(5);
    console.log(
      `Searched for ${secrets} secrets in ${outputs} outputs, ${files} files, ${logged.length} characters of logs and ${processes.length} processes.`,
    );
  },
);

describe("a secret that was put there on purpose is found", () => {
  test.each([
    {
      place: "processes",
      plant: (where: ReturnType<typeof places>) => where.noted,
      title: "output of processes",
    },
    {
      place: "temporary files",
      plant: (where: ReturnType<typeof places>) => join(where.temporary, "left.json"),
      title: "output of temporary left.json",
    },
  ])("among $place", ({ plant, title }) => {
    const where = places();
    writeFileSync(plant(where), `["keeper", "--secret", "${sandbox.accessToken}"]`);
    expect(search(where).leaks()).toEqual([title]);
  });
});
