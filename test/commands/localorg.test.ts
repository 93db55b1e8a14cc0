import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { defaultBehaviour, newOrg } from "../../src/localorg/seed.ts";
import { commandLine, spawnedCommandLine } from "./commandLine.ts";

/** Orgs outlive the process that starts them, so that each command here has one of its own. */
function newCommandLine() {
  const line = spawnedCommandLine();
  onTestFinished(async () => {
    await line.sf("cpq", "localorg", "stop");
  });
  return line;
}

interface Record {
  pid: number;
  orgs: { alias: string; username: string; myDomainUrl: string; cpqUrl: string; isSandbox: boolean }[];
}

test("orgs start in the background, are listed, and leave nothing behind when they stop", async () => {
  const { home, sf, sfJson } = newCommandLine();
  const started = await sf("cpq", "localorg", "start", "--background");
  expect(started).toMatchObject({ status: 0, stderr: "" });
  expect(started.stdout).toContain("local-sandbox");

  const { orgs } = (await sfJson("cpq", "localorg", "list")).json.result as Record;
  expect(orgs.map(({ alias, isSandbox }) => [alias, isSandbox])).toEqual([
    ["local-sandbox", true],
    ["local-production", false],
  ]);
  const versions = await fetch(`${orgs[0]?.myDomainUrl}/services/data`);
  expect(versions.status).toBe(200);
  for (const { username } of orgs) expect(existsSync(join(home, ".sfdx", `${username}.json`))).toBe(true);

  expect(await sf("cpq", "localorg", "stop")).toMatchObject({
    status: 0,
    stdout: "Stopped local-sandbox, local-production.\n",
  });
  for (const { username } of orgs) expect(existsSync(join(home, ".sfdx", `${username}.json`))).toBe(false);
  expect(JSON.parse(readFileSync(join(home, ".sfdx", "alias.json"), "utf8"))).toEqual({ orgs: {} });
  await expect(fetch(`${orgs[0]?.myDomainUrl}/services/data`)).rejects.toThrow();
});

test("the options reach the orgs", async () => {
  const { sfJson } = newCommandLine();
  const { json } = await sfJson(
    "cpq",
    "localorg",
    "start",
    "--background",
    "--org",
    "uat",
    "--org",
    "live:production",
  );
  expect((json.result as Record).orgs.map(({ alias, isSandbox }) => [alias, isSandbox])).toEqual([
    ["local-uat", true],
    ["local-live", false],
  ]);
});

test("a second start is refused, and says what runs", async () => {
  const { sf } = newCommandLine();
  await sf("cpq", "localorg", "start", "--background");
  const second = await sf("cpq", "localorg", "start");
  expect(second.status).toBe(1);
  expect(second.stderr).toMatch(
    /running already .*local-sandbox, local-production[\s\S]*sf cpq localorg stop/,
  );
});

test("an alias that belongs to another org is not overwritten", async () => {
  const { home, sf, sfJson } = newCommandLine();
  await sf("cpq", "localorg", "start", "--background");
  await sf("cpq", "localorg", "stop");
  const aliases = JSON.stringify({ orgs: { "local-sandbox": "me@example.com" } });
  writeFileSync(join(home, ".sfdx", "alias.json"), aliases);
  const { status, json } = await sfJson("cpq", "localorg", "start", "--background");
  expect(status).toBe(1);
  expect(json.message).toContain("The alias local-sandbox belongs to another org already (me@example.com)");
  expect(readFileSync(join(home, ".sfdx", "alias.json"), "utf8")).toBe(aliases);
});

test("what a killed process left behind is taken away", async () => {
  const { home, sf, sfJson } = newCommandLine();
  const { json } = await sfJson("cpq", "localorg", "start", "--background");
  const { pid, orgs } = json.result as Record;
  process.kill(pid, "SIGKILL");
  expect((await sf("cpq", "localorg", "list")).stdout).toContain("No local org is running");
  for (const { username } of orgs) expect(existsSync(join(home, ".sfdx", `${username}.json`))).toBe(false);
});

test("of two starts at the same moment one wins, and the other one takes nothing away", async () => {
  const { home, sfJson } = newCommandLine();
  const ended = await Promise.all([1, 2].map(() => sfJson("cpq", "localorg", "start", "--background")));
  expect(ended.map(({ status }) => status).sort()).toEqual([0, 1]);
  const winner = ended.find(({ status }) => status === 0)?.json.result;
  const { orgs } = (await sfJson("cpq", "localorg", "list")).json.result as Record;
  expect(winner).toMatchObject({ orgs });
  for (const { username } of orgs) expect(existsSync(join(home, ".sfdx", `${username}.json`))).toBe(true);
});

test("in the foreground, --json is printed when the orgs answer, and an interrupt takes all away", async () => {
  const { home, open, sfJson } = newCommandLine();
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
  for (const { username } of orgs) expect(existsSync(join(home, ".sfdx", `${username}.json`))).toBe(false);
  expect((await sfJson("cpq", "localorg", "list")).json.result).toEqual({ orgs: [] });
});

test("settings and aliases of other orgs stay as they are", async () => {
  const { home, sf } = newCommandLine();
  const aliases = join(home, ".sfdx", "alias.json");
  mkdirSync(join(home, ".sf"));
  mkdirSync(join(home, ".sfdx"));
  writeFileSync(join(home, ".sf", "config.json"), JSON.stringify({ "target-org": "dev" }));
  writeFileSync(aliases, JSON.stringify({ orgs: { dev: "me@example.com" } }));
  await sf("cpq", "localorg", "start", "--background");
  const { orgs } = JSON.parse(readFileSync(aliases, "utf8"));
  expect(orgs).toMatchObject({ dev: "me@example.com", "local-sandbox": "admin@sandbox.example.com" });
  // While the orgs run, the user gives one of their aliases to another org.
  writeFileSync(aliases, JSON.stringify({ orgs: { ...orgs, "local-sandbox": "me@example.com" } }));
  await sf("cpq", "localorg", "stop");
  expect(JSON.parse(readFileSync(aliases, "utf8"))).toEqual({
    orgs: { dev: "me@example.com", "local-sandbox": "me@example.com" },
  });
  expect(JSON.parse(readFileSync(join(home, ".sf", "config.json"), "utf8"))).toEqual({ "target-org": "dev" });
});

test("a target-org that named a local org goes with it", async () => {
  const { home, sf } = newCommandLine();
  await sf("cpq", "localorg", "start", "--background");
  writeFileSync(join(home, ".sf", "config.json"), JSON.stringify({ "target-org": "local-sandbox" }));
  await sf("cpq", "localorg", "stop");
  expect(JSON.parse(readFileSync(join(home, ".sf", "config.json"), "utf8"))).toEqual({});
});

test("with a data folder and a port, a restart gives the same orgs at the same URLs", async () => {
  const { home, sf, sfJson } = newCommandLine();
  const port = String(await firstOfFreePorts(4));
  const start = ["cpq", "localorg", "start", "--background", "--data-dir", "orgs", "--port", port];
  const before = (await sfJson(...start)).json.result as Record;
  expect(before.orgs.map(({ myDomainUrl, cpqUrl }) => [myDomainUrl, cpqUrl])).toEqual([
    [`http://localhost:${port}`, `http://localhost:${Number(port) + 1}`],
    [`http://localhost:${Number(port) + 2}`, `http://localhost:${Number(port) + 3}`],
  ]);
  await sf("cpq", "localorg", "stop");
  expect(((await sfJson(...start)).json.result as Record).orgs).toEqual(before.orgs);
  expect(existsSync(join(home, "orgs"))).toBe(true);
});

test("the state file is readable only by its owner, holds no token, and is no obstacle when damaged", async () => {
  const { home, sf, sfJson } = newCommandLine();
  const file = join(home, ".sf", "cpq-localorg.json");
  await sf("cpq", "localorg", "start", "--background");
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, "utf8")).not.toContain("!");
  await sf("cpq", "localorg", "stop");
  writeFileSync(file, "{");
  expect((await sfJson("cpq", "localorg", "start", "--background")).status).toBe(0);
});

test("the users that are named exist in a local org", async () => {
  const { sf } = newCommandLine();
  const { stdout } = await sf("cpq", "localorg", "start", "--background");
  const { users } = await newOrg("sandbox", true, defaultBehaviour);
  const named = [...stdout.matchAll(/^(cpq\.\S+@example\.com):/gm)].map(([, username]) => username);
  expect(named.sort()).toEqual(
    users
      .map(({ username }) => username)
      .filter((username) => username !== "admin@sandbox.example.com")
      .sort(),
  );
});

test("a port that is in use is a clear error, also from the background", async () => {
  const { sf } = newCommandLine();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const result = await sf("cpq", "localorg", "start", "--background", "--port", String(port));
  server.close();
  expect(result.status).toBe(1);
  expect(result.stderr).toMatch(
    new RegExp(`^Error \\(1\\): The local orgs could not be started: .*${port}.*in use`),
  );
  expect(result.stderr).not.toMatch(/^\s+at /m);
});

test.each([
  ["a duration without a unit", ["--latency", "100"], /100 is no duration/],
  ["an org type that is none", ["--org", "a:b"], /a:b is no org to start/],
  ["an org that is named twice", ["--org", "a", "--org", "A"], /The org a is named twice/],
  ["a port that leaves no room", ["--port", "65534"], /there are no 4 ports/],
  ["a port of the system", ["--port", "80"], /1024/],
  ["an unknown flag", ["--nonsense"], /Nonexistent flag/],
])("%s is wrong usage: exit code 2", async (_what, args, expected) => {
  const { sf } = commandLine();
  const result = await sf("cpq", "localorg", "start", ...args);
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
