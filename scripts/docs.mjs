// Writes what is generated into the repository: the demo's output and picture, the reference pages of docs/, the JSON
// Schemas of the spec and of all results, the keys of messages/, and the metadata of the example app. With --check, nothing
// is changed, and the exit code says whether all of it is up to date.
import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { defaultOf, settingDefinitions } from "../src/app/settings.ts";
import { lintRules } from "../src/lint/lint.ts";
import { connectedApp } from "../src/metadata/connectedApp.ts";
import { externalClientApp } from "../src/metadata/externalClientApp.ts";
import { publishedSchemas } from "../src/results/schemas.ts";
import { specFileSchema } from "../src/spec/specFileSchema.ts";
import { commandPages } from "./docs/commands.mjs";
import { demoFiles } from "./docs/demo.mjs";
import { editorSchema } from "./docs/editorSchema.mjs";
import { libraryPages } from "./docs/libraries.mjs";
import { specPage } from "./docs/spec.mjs";
import { errorsPage, lintPage, refusalsPage, schemasPage } from "./docs/texts.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const check = process.argv.includes("--check");
const read = (file) => {
  try {
    return readFileSync(join(root, file), "utf8");
  } catch {
    return undefined;
  }
};
const message = (name) => read(`messages/${name}.md`);
const node = (...args) =>
  execFileSync(process.execPath, args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", 2] });

/** The files of messages/ whose errors people meet, by the heading of their section. */
const errorFiles = {
  project: "Projects and specs",
  spec: "Specs",
  org: "Orgs",
  network: "Networks",
  consumer: "Consumer key and secret",
  deploy: "Deploys",
  refresh: "Refreshed sandboxes",
  planFile: "Plans",
  "connectedapp.promote": "Promotions",
  externalClientApp: "External client apps",
  journal: "Runs that did not end well",
  undo: "Undoing a run",
};

/** Every generated file that this script makes by itself, by its path below the root. */
async function contents() {
  const schemas = publishedSchemas();
  const schema = {
    $id: "connectedapp.schema.json",
    title: "App spec of sf-plugin-cpq",
    ...editorSchema(z.toJSONSchema(specFileSchema, { io: "input" }), settingDefinitions),
  };
  const json = (content) => `${JSON.stringify(content, null, 2)}\n`;
  const manifest = JSON.parse(read("oclif.manifest.json"));
  const commandOf = new Map(
    Object.keys(manifest.commands).map((id) => [
      id.replace(/^cpq:/, "").replaceAll(":", "-"),
      `\`sf ${id.replaceAll(":", " ")} --json\``,
    ]),
  );
  const names = Object.keys(schemas);
  const pages = new Map([
    ...demoFiles(root),
    ...commandPages(
      manifest,
      names.map((name) => `${name}.schema.json`),
    ),
    [
      "reference/spec.md",
      specPage({
        schema: z.toJSONSchema(specFileSchema, { io: "input" }),
        definitions: settingDefinitions,
        kinds: [connectedApp, externalClientApp],
        defaultOf,
      }),
    ],
    ["reference/lint-rules.md", lintPage(lintRules, message("lint"))],
    [
      "reference/errors.md",
      errorsPage(Object.entries(errorFiles).map(([name, title]) => ({ title, source: message(name) ?? "" }))),
    ],
    ["reference/refusals.md", refusalsPage(message("token"), message("deploy"))],
    ...(await libraryPages(root)),
    ["reference/json-schemas.md", schemasPage(names, (name) => commandOf.get(name) ?? `the file ${name}`)],
  ]);
  return new Map([
    ["schemas/connectedapp.schema.json", json(schema)],
    ...Object.entries(schemas).map(([name, result]) => [
      `schemas/results/${name}.schema.json`,
      json({ $id: `${name}.schema.json`, ...result }),
    ]),
    ...[...pages].map(([path, text]) => [`docs/${path}`, text]),
  ]);
}

/** What other programs write: their files, and how they are started. */
const others = {
  files: ["src/messageKeys.ts", ...globSync("force-app/main/default/**/CPQ_Admin_API*.xml", { cwd: root })],
  write: () => {
    node("bin/run.js", "cpq", "connectedapp", "generate", "--spec", "templates/minimal.yaml", "--json");
    node("scripts/messageKeys.mjs");
  },
};

const made = await contents();
const obsolete = globSync("docs/reference/commands/*.md", { cwd: root }).filter(
  (file) => !made.has(`docs/reference/commands/${basename(file)}`),
);
const before = new Map(others.files.map((file) => [file, read(file)]));
others.write();

if (check) {
  const stale = [
    ...[...made].filter(([file, text]) => read(file) !== text).map(([file]) => file),
    ...obsolete,
    ...others.files.filter((file) => read(file) !== before.get(file)),
  ];
  for (const [file, text] of before) writeFileSync(join(root, file), text);
  for (const file of stale) console.error(`${file} is not up to date; run: npm run docs`);
  if (stale.length === 0) console.log("All generated files are up to date.");
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [file, text] of made) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  for (const file of obsolete) rmSync(join(root, file));
}
