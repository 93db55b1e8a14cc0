import { chmodSync, globSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { temporaryHome } from "../temporaryFolders.ts";
import { startReadersOrgs } from "./pageCommands.ts";

const root = join(import.meta.dirname, "..", "..");

/** A credential helper as docker-credential-helpers has them: it keeps each credential in a file beside it. */
const helper = `#!/usr/bin/env node
const { createHash } = require("node:crypto");
const { readFileSync, writeFileSync, rmSync } = require("node:fs");
const input = readFileSync(0, "utf8").trim();
const fileOf = (url) => __dirname + "/" + createHash("sha256").update(url).digest("hex") + ".json";
const missing = () => { console.log("credentials not found in native keychain"); process.exit(1); };
const verbs = {
  store: () => writeFileSync(fileOf(JSON.parse(input).ServerURL), input),
  get: () => { try { console.log(readFileSync(fileOf(input), "utf8")); } catch { missing(); } },
  erase: () => rmSync(fileOf(input), { force: true }),
};
verbs[process.argv[2]]();
`;

const { PATH = "" } = process.env;
const programs = join(temporaryHome(), "programs");
mkdirSync(programs);
writeFileSync(join(programs, "docker-credential-pass"), helper);
chmodSync(join(programs, "docker-credential-pass"), 0o755);
process.env.PATH = `${programs}${delimiter}${PATH}`;
afterAll(() => {
  process.env.PATH = PATH;
});

const follow = await startReadersOrgs();
const examples = globSync("examples/*/README.md", { cwd: root })
  .sort()
  .map((page) => ({ page, copyOf: join(page, "..") }));

test("there are the examples that are promised", () => expect(examples).toHaveLength(7));

test.each(examples)("the commands of $page work on a copy of the example", async (example) => {
  expect(await follow(example)).toBeGreaterThan(2);
});

test("a helper keeps the pair of its example", () => {
  expect(globSync("*.json", { cwd: programs })).toHaveLength(1);
});
