// Writes what is generated into the repository: the demo's output and the command reference in README.md, the JSON
// Schemas of the spec and of all results, the keys of messages/, and the metadata of the example app. With --check, nothing
// is changed, and the exit code says whether all of it is up to date.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { publishedSchemas } from "../lib/results/schemas.js";
import { specFileSchema } from "../lib/spec/specFileSchema.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const example = [
  "externalClientApps/CPQ_Admin_API.eca-meta.xml",
  "extlClntAppGlobalOauthSets/CPQ_Admin_API_glbloauth.ecaGlblOauth-meta.xml",
  "extlClntAppOauthSettings/CPQ_Admin_API_oauth.ecaOauth-meta.xml",
  "extlClntAppOauthPolicies/CPQ_Admin_API_oauth_defaultPolicy.ecaOauthPlcy-meta.xml",
  "extlClntAppPolicies/CPQ_Admin_API_defaultPolicy.ecaPlcy-meta.xml",
];
const files = [
  "README.md",
  "schemas/connectedapp.schema.json",
  ...Object.keys(publishedSchemas()).map((name) => `schemas/results/${name}.schema.json`),
  "src/messageKeys.ts",
  ...example.map((file) => `force-app/main/default/${file}`),
].map((file) => join(root, file));
const [readme, schema] = files;
const check = process.argv.includes("--check");
const read = (file) => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};
const node = (...args) =>
  execFileSync(process.execPath, args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", 2] });

/** What is different each time, as it was once. */
const samples = [
  [/process \d+/g, "process 4711"],
  [/\S*\/cpq-consumers\.json/g, "/home/me/.sf/cpq-consumers.json"],
  [/CORE_ATJWT\.[\w.]+/g, "CORE_ATJWT.00Dal0SvjFzS9iWOEQ.1780000000000"],
  [/\(005\w{15}\)/g, "(005al0qGIHW0qSk1MO)"],
  [/\(0Af\w{15}\)/g, "(0Afal0cNGEgUuTkWGU)"],
  [/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "2026-11-24 02:30 UTC"],
  [/consumer key \w{8}…/g, "consumer key mWbEQVdr…"],
];

function recordedDemo() {
  const ports = [];
  const numbered = node("scripts/demo.mjs").replace(/localhost:(\d+)/g, (_, port) => {
    if (!ports.includes(port)) ports.push(port);
    return `localhost:${41_780 + ports.indexOf(port)}`;
  });
  return samples.reduce((text, [pattern, sample]) => text.replace(pattern, sample), numbered).trim();
}

const before = files.map(read);
const fence = "```";
const demo = `<!-- demo -->\n${fence}text\n${recordedDemo()}\n${fence}\n<!-- /demo -->`;
writeFileSync(
  readme,
  before[0].replace(/<!-- demo -->[\s\S]*<!-- \/demo -->/, () => demo),
);
node(join("node_modules", "oclif", "bin", "run.js"), "readme", "--no-aliases");
const content = {
  $id: "connectedapp.schema.json",
  title: "App spec of sf-plugin-cpq",
  ...z.toJSONSchema(specFileSchema, { io: "input" }),
};
writeFileSync(schema, `${JSON.stringify(content, null, 2)}\n`);
mkdirSync(join(root, "schemas", "results"), { recursive: true });
for (const [name, result] of Object.entries(publishedSchemas())) {
  const file = join(root, "schemas", "results", `${name}.schema.json`);
  writeFileSync(file, `${JSON.stringify({ $id: `${name}.schema.json`, ...result }, null, 2)}\n`);
}
node("bin/run.js", "cpq", "connectedapp", "generate", "--spec", "templates/minimal.yaml", "--json");
node("scripts/messageKeys.mjs");

if (check) {
  const stale = files.filter((file, index) => read(file) !== before[index]);
  for (const [index, file] of files.entries()) writeFileSync(file, before[index]);
  for (const file of stale) console.error(`${file} is not up to date; run: npm run docs`);
  if (stale.length === 0) console.log("All generated files are up to date.");
  process.exitCode = stale.length === 0 ? 0 : 1;
}
