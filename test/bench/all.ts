// Runs the benchmarks, and compares what does not depend on the machine with the figures that are kept in baseline.json: counts,
// ratios of contenders that ran in turn, peak memory. Ends with 1 if a figure is worse.
// Usage: npm run bench [-- [--only deploy|drift|specs]… [--save]]
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compareFigures, comparisonText, type Figure, keptAfter } from "./baseline.ts";

const parts = ["deploy", "drift", "specs"] as const;
const { values } = parseArgs({
  options: { save: { type: "boolean", default: false }, only: { type: "string", multiple: true } },
});
const chosen = parts.filter((part) => values.only?.includes(part) ?? true);
if (chosen.length < (values.only?.length ?? 0)) throw new Error(`--only takes ${parts.join(", ")}.`);

const file = join(import.meta.dirname, "baseline.json");
const folder = mkdtempSync(join(tmpdir(), "cpq-figures-"));
const figures = join(folder, "figures.jsonl");
try {
  for (const part of chosen) {
    console.log(`\n— ${part}\n`);
    const env = { ...process.env, CPQ_BENCH_FIGURES: figures };
    const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${part}.ts`)], {
      stdio: "inherit",
      env,
    });
    if (status !== 0) throw new Error(`The benchmark ${part} ended with ${status}.`);
  }
  const found = readFileSync(figures, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Figure);
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Figure[]) : [];
  const compared = compareFigures(kept, found);
  console.log(`\n${comparisonText(compared)}`);
  if (values.save) {
    writeFileSync(file, JSON.stringify(keptAfter(kept, found)));
    const biome = fileURLToPath(import.meta.resolve("@biomejs/biome/bin/biome"));
    const { status } = spawnSync(process.execPath, [biome, "format", "--write", file], { stdio: "inherit" });
    if (status !== 0) throw new Error(`Biome could not format ${file}.`);
    console.log(`Kept in ${file}.`);
  } else if (compared.some(({ outcome }) => outcome === "worse")) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
