// Writes src/messageKeys.ts: every key of messages/, with the number of values that its text takes. With it, a wrong key
// and a wrong number of values do not compile. Each build runs it. With --check, and in CI, it writes nothing: the exit
// code says whether the file is up to date.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readMessageFile } from "../src/messageFile.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const file = join(root, "src", "messageKeys.ts");

const head = `/**
 * Every text of messages/, by file and key, with the number of values that it takes.
 * "npm run messages" writes this file, and so does each build. Do not edit it.
 */
export interface MessageKeys {
`;

/** The keys of one file, as the code that shows the texts reads it. */
function bundle(name) {
  const path = join(root, "messages", `${name}.md`);
  const texts = readMessageFile(readFileSync(path, "utf8"), path);
  const lines = [...texts].map(([key, text]) => `    ${quoted(key)}: ${valuesOf(text)};\n`);
  return `  ${quoted(name)}: {\n${lines.sort().join("")}  };\n`;
}

/** How many values are filled in: one for each specifier. The items of a list share one row of values. */
function valuesOf(text) {
  const specifiers = [text]
    .flat()
    .join("\n")
    .match(/%[sdifjoO]/g);
  return specifiers?.length ?? 0;
}

function quoted(name) {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}

const names = readdirSync(join(root, "messages"))
  .filter((name) => name.endsWith(".md"))
  .map((name) => name.slice(0, -".md".length));
const content = `${head}${names.sort().map(bundle).join("")}}\n`;
const before = existsSync(file) ? readFileSync(file, "utf8") : "";
if (content !== before) {
  if (process.argv.includes("--check") || process.env.CI) {
    console.error("src/messageKeys.ts is not up to date; run: npm run messages");
    process.exitCode = 1;
  } else {
    writeFileSync(file, content);
    console.error("src/messageKeys.ts now follows messages/. Commit both together.");
  }
}
