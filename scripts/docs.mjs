// Writes what is generated into the repository: the command reference in README.md, and the JSON Schema of the spec.
// With --check, nothing is changed, and the exit code says whether all of it is up to date.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { specSchema } from "../lib/spec/schema.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = join(root, "README.md");
const schema = join(root, "schemas", "connectedapp.schema.json");
const check = process.argv.includes("--check");
const read = (file) => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};
const before = [readme, schema].map(read);

execFileSync(
  process.execPath,
  [join(root, "node_modules", "oclif", "bin", "run.js"), "readme", "--no-aliases"],
  {
    cwd: root,
    stdio: ["ignore", "ignore", 2],
  },
);
const content = {
  $id: "connectedapp.schema.json",
  title: "App spec of sf-plugin-cpq",
  ...z.toJSONSchema(specSchema, { io: "input" }),
};
writeFileSync(schema, `${JSON.stringify(content, null, 2)}\n`);

const stale = [readme, schema].filter((file, index) => read(file) !== before[index]);
if (check) {
  for (const [index, file] of [readme, schema].entries()) writeFileSync(file, before[index]);
  for (const file of stale) console.error(`${file} is not up to date; run: npm run docs`);
  process.exitCode = stale.length === 0 ? 0 : 1;
  if (stale.length === 0) console.log("README.md and the schema are up to date.");
}
