import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { commandLine } from "./commandLine.ts";

function newCommandLine() {
  const line = commandLine();
  onTestFinished(async () => {
    await line.sf("cpq", "localorg", "stop");
  });
  return line;
}

interface Record {
  pid: number;
  orgs: { alias: string; username: string; myDomainUrl: string; isSandbox: boolean }[];
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

test.each([
  ["a duration without a unit", ["--latency", "100"], /100 is no duration/],
  ["an org type that is none", ["--org", "a:b"], /a:b is no org to start/],
])("%s is refused", async (_what, args, expected) => {
  const { sf } = commandLine();
  const result = await sf("cpq", "localorg", "start", ...args);
  expect(result.status).not.toBe(0);
  expect(result.stderr).toMatch(expected);
  expect(result.stderr).not.toMatch(/^\s+at /m);
});
