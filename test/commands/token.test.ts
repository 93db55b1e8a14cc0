import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { decodeJwt } from "jose";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { ShownToken } from "../../src/results/shownToken.ts";
import { giveToken } from "../../src/runs/token/token.ts";
import { cacheFile } from "../../src/runs/token/tokenCache.ts";
import { specText, startTestOrgs } from "./localOrgs.ts";

const { sandbox, sf, sfJson, write, home, open, spawned } = await startTestOrgs();
const bySpec = ["--spec", "app.yaml", "--target-org", "local-sandbox"];
const token = ["cpq", "connectedapp", "token"];
let key = "";
let secret = "";

/** How often the org was asked for a token since the last time. */
function requests(): number {
  return sandbox.org.logins.splice(0).length;
}

beforeAll(async () => {
  write("app.yaml", specText("Daily"));
  const { status, stderr } = await sf("cpq", "connectedapp", "deploy", ...bySpec);
  expect(status, stderr).toBe(0);
  const { json } = await sfJson("cpq", "connectedapp", "credentials", "show", ...bySpec, "--show-secret");
  ({ key, secret } = json.result as { key: string; secret: string });
  requests();
});

afterEach(() => {
  delete process.env.CPQ_DAILY_SECRET;
  requests();
});

/** Where the cache is of calls that are made in this process. */
const foldersOf = (name: string) => ({
  cacheDir: join(home, `${name}-cache`),
  dataDir: join(home, `${name}-data`),
});

/** The app by its consumer key, with the secret in a variable. */
function choiceOfKey() {
  process.env.CPQ_DAILY_SECRET = secret;
  return {
    specFile: undefined,
    environment: undefined,
    name: undefined,
    targetOrg: undefined,
    instanceUrl: sandbox.org.myDomainUrl,
    clientId: key,
    secretFrom: "env:CPQ_DAILY_SECRET",
  };
}

const byKey = () => ["--instance-url", sandbox.org.myDomainUrl, "--client-id", key];

describe("one token and nothing else on standard output", () => {
  test.each([
    { title: "by the spec", args: () => bySpec },
    {
      title: "by the app's name in an org",
      args: () => ["--name", "Daily", "--target-org", "local-sandbox"],
    },
    { title: "by the consumer key, with the secret from the store", args: byKey },
    {
      title: "by the spec, without an org login",
      args: () => ["--spec", "app.yaml", "--instance-url", sandbox.org.myDomainUrl],
    },
  ])("$title", async ({ args }) => {
    const { status, stdout, stderr } = await sf(...token, ...args());
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(decodeJwt(stdout.trim())).toMatchObject({ client_id: key, iss: sandbox.org.myDomainUrl });
    const answer = await fetch(`${sandbox.org.myDomainUrl}/services/data/v65.0/`, {
      headers: { authorization: `Bearer ${stdout.trim()}` },
    });
    expect(answer.status).toBe(200);
  });

  test("with the secret from an environment variable or standard input, on a machine without any login", async () => {
    const other = await import("./commandLine.ts");
    const stranger = other.commandLine();
    const refused = await stranger.sf(...token, ...byKey());
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("is not known here");
    process.env.CPQ_DAILY_SECRET = secret;
    const asVariable = other.commandLine();
    const { status, stdout, stderr } = await asVariable.sf(
      ...token,
      ...byKey(),
      "--secret-from",
      "env:CPQ_DAILY_SECRET",
    );
    expect(status, stderr).toBe(0);
    expect(decodeJwt(stdout.trim())).toMatchObject({ client_id: key });
  });
});

test.each([
  { format: "header", shape: /^Authorization: Bearer [\w-]+\.[\w-]+\.[\w-]+\n$/ },
  { format: "env", shape: /^CPQ_ACCESS_TOKEN=[\w-]+\.[\w-]+\.[\w-]+\nCPQ_INSTANCE_URL=http:\/\/\S+\n$/ },
  {
    format: "json",
    shape: /^\{\n {2}"tokenType": "Bearer",\n {2}"accessToken": "[\s\S]*"expiresAt": "[^"]+"\n\}\n$/,
  },
])("--format $format", async ({ format, shape }) => {
  const { stdout, stderr } = await sf(...token, ...bySpec, "--format", format);
  expect(stdout, stderr).toMatch(shape);
});

test("--decode shows header, claims and the lifetime that is left, and no token", async () => {
  const { stdout, stderr } = await sf(...token, ...bySpec, "--decode");
  expect(stdout, stderr).toMatch(/^Header\n[\s\S]* {2}alg {2}RS256\n[\s\S]*Claims\n/);
  expect(stdout).toMatch(new RegExp(`client_id +${key}\n`));
  expect(stdout).toMatch(/ {2}exp +\d{10} {2}[\d-]{10}T[\d:]{8}Z \(in (30|2\d) minutes\)\n/);
  expect(stdout).toMatch(/\d+ min \d+ s of 30 min 0 s are left \(\d+ percent\)\.\n$/);
  expect(stdout).not.toMatch(/ey[\w-]+\.ey/);
});

describe("the cache", () => {
  const shown = async (...args: string[]) => {
    const { status, json } = await sfJson(...token, ...args);
    expect(status, json.message).toBe(0);
    return json.result as ShownToken;
  };

  test("gives a token out again, until --fresh asks for a new one", async () => {
    const first = await shown(...bySpec, "--fresh");
    expect(first.cached).toBe(false);
    expect(requests()).toBe(1);
    const again = await sf(...token, ...bySpec);
    expect(again.stdout).toBe(`${first.accessToken}\n`);
    expect(await shown(...bySpec)).toEqual({ ...first, cached: true });
    expect(requests()).toBe(0);
    expect((await shown(...bySpec, "--fresh")).cached).toBe(false);
    expect(requests()).toBe(1);
  });

  test("is as good as empty if the spec or the secret is another one", async () => {
    await shown(...bySpec);
    requests();
    write("app.yaml", `${specText("Daily")}# changed\n`);
    expect((await shown(...bySpec)).cached).toBe(false);
    process.env.CPQ_DAILY_SECRET = secret;
    const { commandLine } = await import("./commandLine.ts");
    const args = [...byKey(), "--secret-from", "env:CPQ_DAILY_SECRET"];
    expect((await commandLine(home).sf(...token, ...args)).status).toBe(0);
    for (const value of ["WrongSecret1", "wrong", "secret"]) {
      process.env.CPQ_DAILY_SECRET = value;
      const wrong = await commandLine(home).sf(...token, ...args);
      expect(wrong.status).toBe(1);
      expect(wrong.stdout).toBe("");
      expect(wrong.stderr).toContain("The consumer secret is wrong.");
      expect(wrong.stderr).not.toContain("WrongSecret1");
    }
  });

  test("holds no token in plain text, and only its owner can read it", async () => {
    const { accessToken } = await shown(...bySpec);
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && entry.parentPath.endsWith(join("sf-plugin-cpq", "tokens")),
    );
    expect(files.length).toBeGreaterThan(0);
    for (const { parentPath, name } of files)
      expect(readFileSync(join(parentPath, name), "utf8")).not.toContain(accessToken.slice(0, 40));
  });
});

test("a token from the cache comes with six modules of the plugin, and none of a package", async () => {
  const folders = foldersOf("small");
  const args = [...byKey(), "--secret-from", "env:CPQ_DAILY_SECRET"];
  const { accessToken } = await giveToken(choiceOfKey(), args, folders, false);
  requests();
  const program = `
    import { registerHooks } from "node:module";
    const files = [];
    registerHooks({ load: (url, context, next) => { if (url.startsWith("file:")) files.push(url); return next(url, context); } });
    const { command, args, folders } = JSON.parse(process.argv.pop());
    process.argv.push("cpq", "connectedapp", "token");
    const { default: token } = await import(command);
    await token.run(args, folders);
    console.log(JSON.stringify(files));
  `;
  const command = new URL("../../lib/commands/cpq/connectedapp/token.js", import.meta.url).href;
  const call = ["--input-type=module", "--eval", program, "--", JSON.stringify({ command, args, folders })];
  const { stdout } = await promisify(execFile)(process.execPath, call);
  const [printed, files = ""] = stdout.split("\n");
  expect(printed).toBe(accessToken);
  // Nothing but the command and what it shares with others: no package, and not oclif.
  const loaded = JSON.parse(files) as string[];
  expect(loaded.filter((file) => !file.startsWith(new URL("../../lib/", import.meta.url).href))).toEqual([]);
  expect(loaded.length).toBeLessThanOrEqual(6);
  expect(requests()).toBe(0);
});

describe("a clock that is wrong", () => {
  beforeAll(() => {
    // Old enough for an org whose clock is behind.
    const app = sandbox.org.connectedApps.get("Daily");
    if (app !== undefined) app.createdAt -= minutes(120);
  });
  afterEach(() => {
    vi.useRealTimers();
    sandbox.org.behaviour.now = Date.now;
  });

  const minutes = (count: number) => count * 60_000;
  test.each([
    { title: "an hour behind the org's", ahead: minutes(60) },
    { title: "an hour ahead of the org's", ahead: minutes(-60) },
  ])("on this machine, $title, changes nothing in how long a token is kept", async ({ ahead }) => {
    sandbox.org.behaviour.now = () => Date.now() + ahead;
    vi.useFakeTimers({ toFake: ["Date"] });
    const folders = foldersOf(`clock${ahead}`);
    const ask = () => giveToken(choiceOfKey(), byKey(), folders, false);
    const cached: boolean[] = [];
    for (const passed of [0, 20, 3, 2]) {
      vi.setSystemTime(Date.now() + minutes(passed));
      cached.push((await ask()).cached);
    }
    // 24 of 30 minutes are a fifth less than all.
    expect(cached).toEqual([false, true, true, false]);
    // Put back, it says nothing of the time that is left.
    vi.setSystemTime(Date.now() - minutes(5));
    expect((await ask()).cached).toBe(false);
  });
});

describe("a cache that cannot be used", () => {
  test("costs a request and a warning, and no token", async () => {
    process.env.CPQ_DAILY_SECRET = secret;
    const stranger = (await import("./commandLine.ts")).commandLine();
    const args = [...token, ...byKey(), "--secret-from", "env:CPQ_DAILY_SECRET"];
    const cacheDir = join(stranger.home, ".cache", "sf-plugin-cpq");
    mkdirSync(cacheDir, { recursive: true });
    writeFileSync(join(cacheDir, "sf-plugin-cpq"), "a file in the way");
    const { status, stdout, stderr } = await stranger.sf(...args);
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(stderr).toMatch(/^Warning: The token could not be kept for the next call.*(ENOTDIR|EEXIST)/);
  });

  test("because its key is damaged gets another key", async () => {
    const folders = foldersOf("damaged");
    const ask = () => giveToken(choiceOfKey(), byKey(), folders, false);
    await ask();
    writeFileSync(join(folders.dataDir, "sf-plugin-cpq", "token-cache.key"), "short");
    expect(await ask()).toMatchObject({ cached: false });
    expect(await ask()).toMatchObject({ cached: true });
  });
});

describe("calls at the same time", () => {
  test("50 in one process make one request", async () => {
    const folders = foldersOf("many");
    const choice = choiceOfKey();
    const args = ["--client-id", key];
    const tokens = await Promise.all(
      Array.from({ length: 50 }, () => giveToken(choice, args, folders, false)),
    );
    expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(1);
    expect(tokens.filter(({ cached }) => !cached)).toHaveLength(1);
    expect(requests()).toBe(1);
    // A cache that somebody damaged is as good as none.
    writeFileSync(cacheFile(folders, args), "{}");
    expect((await giveToken(choice, args, folders, false)).cached).toBe(false);
  });

  test("three processes make one request, and print the same token", async () => {
    const other = ["--spec", "app.yaml", "--instance-url", sandbox.org.myDomainUrl, "--client-id", key];
    const results = await Promise.all([1, 2, 3].map(() => spawned.sf(...token, ...other)));
    for (const { status, stderr } of results) expect(status, stderr).toBe(0);
    expect(new Set(results.map(({ stdout }) => stdout)).size).toBe(1);
    expect(requests()).toBe(1);
  });
});

describe("what cannot be asked for", () => {
  test.each([
    { title: "no app", args: [], problem: "No app is named." },
    {
      title: "an address to which no secret may go",
      args: ["--instance-url", "http://acme.example.com", "--client-id", "x"],
      problem: "is not the https address of an org",
    },
    {
      title: "a source of secrets that there is not",
      args: ["--instance-url", "https://acme.example.com", "--client-id", "x", "--secret-from", "mail"],
      problem: "is neither store, stdin nor env:NAME",
    },
  ])("$title is wrong usage", async ({ args, problem }) => {
    const { status, stdout, stderr } = await sf(...token, ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(problem);
  });
});

test("a name that leads to no secret: what the org shows is said, and no permission is blamed", async () => {
  const toProduction = ["--spec", "other.yaml", "--target-org", "local-production"];
  const asked = async (name: string) => {
    const { status, stderr } = await sf(...token, "--name", name, "--target-org", "local-production");
    expect(stderr).not.toContain("View Client Secret");
    expect(status).toBe(1);
    return stderr;
  };
  expect(await asked("Nightly")).toContain("doctor --target-org local-production");
  write("other.yaml", specText("Nightly"));
  const deployed = await sf("cpq", "connectedapp", "deploy", ...toProduction);
  expect(deployed.status, deployed.stderr).toBe(0);
  expect((await sf("cpq", "connectedapp", "credentials", "forget", ...toProduction)).status).toBe(0);
  expect(await asked("Nihgtly")).toMatch(
    /no app with the API name Nihgtly\. Did you mean Nightly\?[\s\S]*: Nightly/,
  );
  expect(await asked("Nightly")).toMatch(/Nightly is a connected app[\s\S]*--secret-from env:NAME/);
});

test("the secret can come through standard input", async () => {
  const { spawn } = await import("node:child_process");
  const child = open(...token, ...byKey(), "--secret-from", "env:CPQ_NOT_SET");
  child.stdout.resume();
  const status = await new Promise((resolve) => child.once("close", resolve));
  expect(status).toBe(1);
  const entry = join(import.meta.dirname, "..", "..", "bin", "run.js");
  const piped = spawn(process.execPath, [entry, ...token, ...byKey(), "--secret-from", "stdin"], {
    cwd: home,
    env: { ...process.env, NODE_ENV: "production", HOME: home },
    stdio: ["pipe", "pipe", "inherit"],
  });
  piped.stdin.end(`${secret}\n`);
  let said = "";
  piped.stdout.on("data", (chunk) => {
    said += chunk;
  });
  expect(await new Promise((resolve) => piped.once("close", resolve))).toBe(0);
  expect(decodeJwt(said.trim())).toMatchObject({ client_id: key });
});
