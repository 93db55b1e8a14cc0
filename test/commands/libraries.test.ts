import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { temporaryHome } from "../temporaryFolders.ts";
import { specText, startTestOrgs } from "./localOrgs.ts";

const root = join(import.meta.dirname, "..", "..");
const folder = temporaryHome();
const { sandbox, sf, sfJson, write } = await startTestOrgs();
let consumer = { key: "", secret: "" };

// The package as npm would publish it, beside its dependencies, in a folder that is not of this project.
beforeAll(async () => {
  const pack = ["pack", root, "--json", "--ignore-scripts"];
  const [{ filename }] = JSON.parse(execFileSync("npm", pack, { cwd: folder, encoding: "utf8" }));
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "sf-plugin-cpq"), { recursive: true });
  execFileSync("tar", ["-xzf", filename, "-C", "node_modules/sf-plugin-cpq", "--strip-components", "1"], {
    cwd: folder,
  });
  for (const name of readdirSync(join(root, "node_modules")))
    if (!name.startsWith(".")) symlinkSync(join(root, "node_modules", name), join(modules, name), "junction");
  write("app.yaml", specText("Library"));
  const args = ["--spec", "app.yaml", "--target-org", "local-sandbox"];
  expect((await sf("cpq", "connectedapp", "deploy", ...args)).status).toBe(0);
  const { json } = await sfJson("cpq", "connectedapp", "credentials", "show", ...args, "--show-secret");
  consumer = json.result as typeof consumer;
});

/** Runs a program in that folder, and gives what it returns and the packages that it loaded. */
async function run<Result>(body: string): Promise<{ result: Result; packages: string[] }> {
  writeFileSync(
    join(folder, "program.mjs"),
    `import { registerHooks } from "node:module";
const urls = [];
registerHooks({ load: (url, context, next) => { urls.push(url); return next(url, context); } });
const result = await (async () => { ${body} })();
console.log(JSON.stringify({ result, packages: Object.keys(packages()) }));
function packages() {
  const names = urls.map((url) => /.*node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1]).filter((name) => name !== undefined);
  const counts = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
`,
  );
  const env = { ...process.env, REQUEST: JSON.stringify(requestOf()) };
  const { stdout } = await promisify(execFile)(process.execPath, ["program.mjs"], { cwd: folder, env });
  return JSON.parse(stdout);
}

function requestOf() {
  return { instanceUrl: sandbox.org.myDomainUrl, clientId: consumer.key, clientSecret: consumer.secret };
}

function requireSmall(packages: readonly string[]): void {
  expect(packages.filter((name) => /^(@oclif|@salesforce|@jsforce|jsforce)/.test(name))).toEqual([]);
}

test("sf-plugin-cpq/token requests, keeps and verifies tokens, without oclif and the Salesforce CLI's library", async () => {
  sandbox.org.logins.length = 0;
  const { result, packages } = await run<{
    loadedFirst: Record<string, number>;
    same: boolean;
    other: boolean;
    minutes: number;
    outcome: string;
    failed: string[];
    refusal: { name: string; message: string; actions: string[] };
  }>(`
    const { requestToken, tokenProvider, verifyToken } = await import("sf-plugin-cpq/token");
    const loadedFirst = packages();
    const request = JSON.parse(process.env.REQUEST);
    const { issuedAt, expiresAt } = await requestToken(request);
    const token = tokenProvider(request);
    const all = await Promise.all(Array.from({ length: 20 }, () => token()));
    const again = await token();
    token.forget();
    const other = await token();
    const verified = await verifyToken(request, { runAs: "cpq.integration@example.com", scopes: ["api"], timeoutMinutes: 30 });
    const wrong = await verifyToken(request, { runAs: "admin@example.com", timeoutMinutes: 5 });
    const refusal = await requestToken({ ...request, clientSecret: "WrongSecret1" }).catch((error) => error);
    return {
      loadedFirst,
      same: new Set([...all, again]).size === 1,
      other: other !== again,
      minutes: (expiresAt - issuedAt) / 60_000,
      outcome: verified.outcome,
      failed: wrong.checks.filter(({ outcome }) => outcome === "failed").map(({ id }) => id),
      refusal: { name: refusal.name, message: refusal.message, actions: refusal.actions },
    };
  `);
  expect(result).toMatchObject({ same: true, other: true, minutes: 30, outcome: "passed" });
  expect(result.failed).toEqual(["subject", "lifetime"]);
  expect(result.refusal.name).toBe("TokenRefusedError");
  expect(result.refusal.actions.length).toBeGreaterThan(0);
  expect(JSON.stringify(result)).not.toContain("WrongSecret1");
  requireSmall(packages);
  expect(packages.sort()).toEqual(["jose", "sf-plugin-cpq", "undici"]);
  // What requests and verifies is loaded when it is asked for.
  const { jose = 0, "sf-plugin-cpq": own = 0, ...others } = result.loadedFirst;
  expect(others).toEqual({});
  expect(jose, "modules of jose").toBeLessThan(10);
  expect(own, "modules of this project").toBeLessThan(25);
});

test("sf-plugin-cpq/localorg serves an org until its block ends, without oclif and the Salesforce CLI's library", async () => {
  const { result, packages } = await run<{ status: number; users: string[]; ended: boolean }>(`
    const { startLocalOrg } = await import("sf-plugin-cpq/localorg");
    let url;
    let answer;
    {
      await using org = await startLocalOrg({ name: "mine" });
      url = org.url;
      answer = {
        status: (await fetch(url + "/services/data/v65.0/limits", { headers: { authorization: "Bearer " + org.accessToken } })).status,
        users: org.users.map(({ username }) => username),
      };
    }
    const ended = await fetch(url).then(() => false, () => true);
    return { ...answer, ended };
  `);
  expect(result.ended).toBe(true);
  expect(result.users).toContain("cpq.integration@example.com");
  requireSmall(packages);
  // What unpacks deploys is loaded when one comes.
  expect(packages).not.toContain("jszip");
});

test("the programs of the guide run as they stand there", async () => {
  const guide = readFileSync(join(root, "docs", "guides", "libraries.md"), "utf8");
  const programs = [...guide.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, program = ""]) => program);
  const { instanceUrl, clientId, clientSecret } = requestOf();
  const env = {
    ...process.env,
    CPQ_INSTANCE_URL: instanceUrl,
    CPQ_CONSUMER_KEY: clientId,
    CPQ_CONSUMER_SECRET: clientSecret,
    CPQ_URL: sandbox.cpqUrl,
  };
  const outputs = await Promise.all(
    programs.map(async (program, index) => {
      writeFileSync(join(folder, `guide${index}.mjs`), program);
      const { stdout } = await promisify(execFile)(process.execPath, [`guide${index}.mjs`], {
        cwd: folder,
        env,
      });
      return stdout;
    }),
  );
  const [tokens = "", org] = outputs;
  expect(tokens).toMatch(/^3 \d{4}-[^\n]+Z\n200\npassed token /);
  expect(tokens).not.toMatch(/failed|unverified/);
  expect(org).toBe("200\n503\n200\n401\n");
});

test("sf-plugin-cpq/localorg refuses an app that could give no token, and leaves no server behind", async () => {
  const { result } = await run<string[]>(`
    const { startLocalOrg } = await import("sf-plugin-cpq/localorg");
    const refusal = (choice) => startLocalOrg(choice).then(() => "started", (error) => error.message);
    return [
      await refusal({ apps: [{ name: "A", runAs: "nobody@example.com" }] }),
      await refusal({ apps: [{ name: "A", scopes: ["everything"] }] }),
      await refusal({ faults: [{ fault: "earthquake" }] }),
    ];
  `);
  expect(result).toEqual([
    "The org sandbox has no user nobody@example.com.",
    "There is no OAuth scope everything.",
    expect.stringContaining("fault"),
  ]);
});
