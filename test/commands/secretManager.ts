import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { folderWith } from "../temporaryFolders.ts";

/** What a spec says below `consumer:` to keep its pairs there, by environment and app. */
export const keptBySecretManager = `  store:
    commands:
      store: [keeper, put, "{environment}.{app}"]
      read: [keeper, get, "{environment}.{app}"]
`;

/** A secret manager that outlives every machine: a program that keeps each value in a folder outside all homes. */
export function secretManager(): { path: string; held(): string[] } {
  const folder = folderWith({
    keeper: `#!${process.execPath}
const { readFileSync, writeFileSync } = require("node:fs");
const [verb, name] = process.argv.slice(2);
const file = require("node:path").join(__dirname, "held", name);
if (verb === "put") writeFileSync(file, readFileSync(0));
else try { process.stdout.write(readFileSync(file)); } catch {}
`,
  });
  chmodSync(join(folder, "keeper"), 0o755);
  mkdirSync(join(folder, "held"));
  return {
    path: `${folder}${delimiter}${process.env.PATH}`,
    held: () => readdirSync(join(folder, "held")),
  };
}
