import { execFile } from "node:child_process";
import { copyFileSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { environmentOf } from "./commandLine.ts";
import { startTestOrgs } from "./localOrgs.ts";

// How long a start takes depends on the machine, but not which modules it loads.

const root = join(import.meta.dirname, "..", "..");
const { home } = await startTestOrgs();
const recorder = join(home, "recorder.mjs");
const recording = `import { subscribe } from "node:diagnostics_channel";
import { registerHooks } from "node:module";
import { writeFileSync } from "node:fs";
const urls = [];
const hooks = registerHooks({ load: (url, context, next) => { urls.push(url); return next(url, context); } });
// What is loaded while answers are awaited holds up nothing.
subscribe("undici:request:create", () => hooks.deregister());
process.on("exit", () => writeFileSync(process.env.LOADED_MODULES, JSON.stringify(urls)));
`;

/** What only commands need that talk to orgs, what only reports in XML need, and what all of oclif loads beside the parts in use. */
const later = /^(@salesforce\/core|@jsforce\/.*|undici|jose|jszip|pino|fast-xml-parser|semver)$/;
/** What the whole of the Salesforce CLI's library loads, its log writer included, and what reads answers. */
const laterThanAsked = /^(ajv|faye|jsonwebtoken|pino-abstract-transport|jszip|fast-xml-parser)$/;
/** What checks tokens, besides. */
const laterOrNever = new RegExp(`${laterThanAsked.source}|^jose$`);
/** What only local orgs need. */
const never = /^(hono|soql-parser-js)$/;

const validate = ["cpq", "connectedapp", "validate"];
const starts = [
  { title: "help of a topic", args: ["cpq", "--help"], atMost: 115, without: /^(yaml|zod|semver)$/ },
  { title: "help of a command", args: [...validate, "--help"], atMost: 115, without: /^(yaml|zod|semver)$/ },
  { title: "validate", args: [...validate, "--spec", "spec.yaml"], atMost: 340, without: later },
  {
    title: "deploy, until it asks the org",
    args: [
      "cpq",
      "connectedapp",
      "deploy",
      "--dry-run",
      "--spec",
      "spec.yaml",
      "--target-org",
      "local-sandbox",
    ],
    atMost: 960,
    without: laterThanAsked,
  },
  {
    title: "drift, until it asks the org",
    args: ["cpq", "connectedapp", "drift", "--spec", "spec.yaml", "--target-org", "local-sandbox"],
    atMost: 890,
    without: laterOrNever,
  },
];

/** Packages of which others pin a version of their own, so that npm installs two. */
const twice = ["ansis", "jszip", "readable-stream", "safe-buffer"];

beforeAll(() => {
  writeFileSync(recorder, recording);
  copyFileSync(join(root, "templates", "minimal.yaml"), join(home, "spec.yaml"));
});

test.for(starts)(
  "$title loads no more than it uses, and nothing twice",
  async ({ args, atMost, without }) => {
    const { packages, modules } = await loadedBy(args);
    expect([...packages.keys()].filter((name) => never.test(name) || without.test(name))).toEqual([]);
    const copies = [...packages].filter(([name, folders]) => folders.size > 1 && !twice.includes(name));
    expect(copies).toEqual([]);
    expect(modules).toBeLessThanOrEqual(atMost);
    // What records is itself right: each start needs the library of commands.
    expect([...packages.keys()]).toContain("@oclif/core");
  },
);

/** What a command loads until it asks an org, or until its end. */
interface Loaded {
  /** By name, each with the folders that it comes from. */
  packages: Map<string, Set<string>>;
  /** How many modules in all. */
  modules: number;
}

async function loadedBy(args: readonly string[]): Promise<Loaded> {
  const record = join(home, "loaded.json");
  const env = { ...environmentOf(home), LOADED_MODULES: record };
  const words = ["--import", pathToFileURL(recorder).href, join(root, "bin", "run.js"), ...args];
  await new Promise((resolve) => execFile(process.execPath, words, { cwd: home, env }, resolve));
  const urls: string[] = JSON.parse(readFileSync(record, "utf8"));
  const files = urls.filter((url) => url.startsWith("file:"));
  const packages = new Map<string, Set<string>>();
  for (const file of files) {
    const [folder, name] = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
    if (folder === undefined || name === undefined) continue;
    packages.set(name, (packages.get(name) ?? new Set()).add(folder));
  }
  return { packages, modules: files.length };
}

test("what Node keeps compiled for one command stays right for the others", async () => {
  const { NODE_COMPILE_CACHE: _, ...env } = environmentOf(home);
  const orgOf = ["--spec", "spec.yaml", "--target-org", "nobody"];
  const run = (...command: string[]) =>
    new Promise((resolve) => {
      const words = [join(root, "bin", "run.js"), "cpq", "connectedapp", ...command, ...orgOf];
      execFile(process.execPath, words, { cwd: home, env }, resolve);
    });
  const kept = () =>
    globSync(join(home, ".cache", "sf-plugin-cpq", "**", "*"), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => `${file} ${statSync(file).mtimeMs}`);
  await run("deploy");
  await run("drift");
  const before = kept();
  expect(before.length).toBeGreaterThan(1000);
  await run("deploy");
  expect(kept()).toEqual(before);
});
