import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { defaultBehaviour } from "../../src/localorg/behaviour.ts";
import { newOrg } from "../../src/localorg/seed.ts";
import { commandLine, spawnedCommandLine } from "./commandLine.ts";

/** A user whose orgs are stopped when the test ends. Orgs outlive the process that starts them, so it is not this one. */
function newUser() {
  const line = commandLine();
  const { sf, sfJson } = spawnedCommandLine(line.home);
  const stop = () => line.sf("cpq", "localorg", "stop");
  onTestFinished(async () => {
    await stop();
  });
  const path = (file: string) => join(line.home, file);
  return {
    ...line,
    stop,
    start: (...args: string[]) => sf("cpq", "localorg", "start", "--background", ...args),
    startJson: (...args: string[]) => sfJson("cpq", "localorg", "start", "--background", ...args),
    list: async () => (await line.sfJson("cpq", "localorg", "list")).json.result as Record,
    path,
    knows: ({ username }: { username: string }) => existsSync(path(`.sfdx/${username}.json`)),
    read: (file: string) => readFileSync(path(file), "utf8"),
    write: (file: string, content: string | object) => {
      mkdirSync(dirname(path(file)), { recursive: true });
      writeFileSync(path(file), typeof content === "string" ? content : JSON.stringify(content));
    },
  };
}

interface Record {
  pid: number;
  orgs: { alias: string; username: string; myDomainUrl: string; cpqUrl: string; isSandbox: boolean }[];
}

test("orgs start in the background, are listed, and leave nothing behind when they stop", async () => {
  const { start, list, stop, sf, knows, path, read } = newUser();
  const started = await start();
  expect(started).toMatchObject({ status: 0, stderr: "" });
  expect(started.stdout).toContain("local-sandbox");
  const { orgs } = await list();
  expect(orgs.map(({ alias, isSandbox }) => [alias, isSandbox])).toEqual([
    ["local-sandbox", true],
    ["local-production", false],
  ]);
  expect((await fetch(`${orgs[0]?.myDomainUrl}/services/data`)).status).toBe(200);
  expect(orgs.map(knows)).toEqual([true, true]);

  // The state file is readable only by its owner, and holds no token.
  const state = ".sf/cpq-localorg.json";
  if (process.platform !== "win32") expect(statSync(path(state)).mode & 0o777).toBe(0o600);
  expect(read(state)).not.toContain("!");

  // The users that are named exist.
  const { users } = newOrg("sandbox", true, defaultBehaviour);
  const named = [...started.stdout.matchAll(/^(cpq\.\S+@example\.com) {2,}/gm)].map(
    ([, username]) => username,
  );
  const usernames = users.map(({ username }) => username);
  expect(named.sort()).toEqual(
    usernames.filter((username) => username !== "admin@sandbox.example.com").sort(),
  );

  const second = await sf("cpq", "localorg", "start");
  expect(second.status).toBe(1);
  expect(second.stderr).toMatch(
    /running already .*local-sandbox, local-production[\s\S]*sf cpq localorg stop/,
  );

  expect(await stop()).toMatchObject({ status: 0, stdout: "Stopped local-sandbox, local-production.\n" });
  expect(orgs.map(knows)).toEqual([false, false]);
  expect(JSON.parse(read(".sfdx/alias.json"))).toEqual({ orgs: {} });
  await expect(fetch(`${orgs[0]?.myDomainUrl}/services/data`)).rejects.toThrow();
});

test("the options reach the orgs, and with a data folder and a port a restart gives the same orgs at the same URLs", async () => {
  const { startJson, stop, read, write, path } = newUser();
  const port = await firstOfFreePorts(4);
  const args = ["--org", "uat", "--org", "live:production", "--data-dir", "orgs", "--port", String(port)];
  const { orgs } = (await startJson(...args)).json.result as Record;
  expect(orgs).toMatchObject([
    {
      alias: "local-uat",
      isSandbox: true,
      myDomainUrl: `http://localhost:${port}`,
      cpqUrl: `http://localhost:${port + 1}`,
    },
    {
      alias: "local-live",
      isSandbox: false,
      myDomainUrl: `http://localhost:${port + 2}`,
      cpqUrl: `http://localhost:${port + 3}`,
    },
  ]);
  // A target-org that named a local org goes with it.
  write(".sf/config.json", { "target-org": "local-uat" });
  await stop();
  expect(JSON.parse(read(".sf/config.json"))).toEqual({});
  expect(existsSync(path("orgs"))).toBe(true);

  // A damaged state file is no obstacle.
  write(".sf/cpq-localorg.json", "{");
  expect((await startJson(...args)).json).toMatchObject({ status: 0, result: { orgs } });
});

test("settings and aliases of other orgs stay as they are", async () => {
  const { start, stop, read, write } = newUser();
  write(".sf/config.json", { "target-org": "dev" });
  write(".sfdx/alias.json", { orgs: { dev: "me@example.com" } });
  await start();
  const { orgs } = JSON.parse(read(".sfdx/alias.json"));
  expect(orgs).toMatchObject({ dev: "me@example.com", "local-sandbox": "admin@sandbox.example.com" });
  // While the orgs run, the user gives one of their aliases to another org.
  write(".sfdx/alias.json", { orgs: { ...orgs, "local-sandbox": "me@example.com" } });
  await stop();
  expect(JSON.parse(read(".sfdx/alias.json"))).toEqual({
    orgs: { dev: "me@example.com", "local-sandbox": "me@example.com" },
  });
  expect(JSON.parse(read(".sf/config.json"))).toEqual({ "target-org": "dev" });
});

test("an alias that belongs to another org is not overwritten", async () => {
  const { sfJson, read, write } = newUser();
  const aliases = JSON.stringify({ orgs: { "local-sandbox": "me@example.com" } });
  write(".sfdx/alias.json", aliases);
  const { status, json } = await sfJson("cpq", "localorg", "start");
  expect(status).toBe(1);
  expect(json.message).toContain("The alias local-sandbox already belongs to another org (me@example.com)");
  expect(read(".sfdx/alias.json")).toBe(aliases);
});

test("of two starts at the same moment one wins; what a killed process left behind is taken away", async () => {
  const { startJson, list, sf, knows } = newUser();
  const ended = await Promise.all([startJson(), startJson()]);
  expect(ended.map(({ status }) => status).sort()).toEqual([0, 1]);
  const winner = ended.find(({ status }) => status === 0)?.json.result as Record;
  const { orgs } = await list();
  expect(winner).toMatchObject({ orgs });
  expect(orgs.map(knows)).toEqual([true, true]);

  process.kill(winner.pid, "SIGKILL");
  expect((await sf("cpq", "localorg", "list")).stdout).toContain("No local org is running");
  expect(orgs.map(knows)).toEqual([false, false]);
});

test("in the foreground, --json is printed when the orgs answer, and an interrupt takes all away", async () => {
  const { open, list, knows } = newUser();
  const child = open("cpq", "localorg", "start", "--json");
  let stdout = "";
  const answered = new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
      if (stdout.endsWith("}\n")) resolve();
    });
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  await Promise.race([answered, ended]);
  const { orgs } = JSON.parse(stdout).result as Record;
  expect((await fetch(`${orgs[0]?.myDomainUrl}/services/data`)).status).toBe(200);
  child.kill("SIGINT");
  expect(await ended).toBe(0);
  expect(JSON.parse(stdout).status).toBe(0);
  expect(orgs.map(knows)).toEqual([false, false]);
  expect(await list()).toEqual({ orgs: [] });
});

test("a port that is in use is a clear error, also from the background", async () => {
  const { start } = newUser();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const result = await start("--port", String(port));
  server.close();
  expect(result.status).toBe(1);
  expect(result.stderr).toMatch(
    new RegExp(`^Error \\(1\\): The local orgs could not be started: .*${port}.*in use`),
  );
  expect(result.stderr).not.toMatch(/^\s+at /m);
});

test.each([
  { what: "a duration without a unit", args: ["--latency", "100"], expected: /100 is not a duration/ },
  { what: "an org type that is none", args: ["--org", "a:b"], expected: /a:b does not name an org to start/ },
  {
    what: "an org that is named twice",
    args: ["--org", "a", "--org", "A"],
    expected: /org a is named twice/,
  },
  {
    what: "a port that leaves no room",
    args: ["--port", "65534"],
    expected: /from port 65534 on: 4 are needed/,
  },
  { what: "a port of the system", args: ["--port", "80"], expected: /1024/ },
  { what: "an unknown flag", args: ["--nonsense"], expected: /Nonexistent flag/ },
])("$what is wrong usage: exit code 2", async ({ args, expected }) => {
  const result = await commandLine().sf("cpq", "localorg", "start", ...args);
  expect(result).toMatchObject({ status: 2, stdout: "" });
  expect(result.stderr).toMatch(expected);
  expect(result.stderr).not.toMatch(/^\s+at /m);
});

/** The first of so many neighboring ports that are free now. */
async function firstOfFreePorts(count: number): Promise<number> {
  for (let first = 20_000; first < 30_000; first += count) {
    const ports = Array.from({ length: count }, (_, index) => first + index);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return first;
  }
  throw new Error("No free ports.");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
