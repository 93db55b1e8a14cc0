// Wall time of `validate` and `generate` for one spec in pairs with `sf --version`, and the speed and memory of `validate` for
// many specs, policy lint and all. Usage: npm run bench:specs [-- RUNS]
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installSalesforceCli, salesforceCliScript } from "../cli/installation.ts";
import { record } from "./baseline.ts";
import { type Measured, measure, median, spread } from "./measure.ts";

const runs = Number(process.argv[2] ?? 15);
const many = 1000;
const root = join(import.meta.dirname, "..", "..");
const plugin = join(root, "bin", "run.js");
const home = mkdtempSync(join(tmpdir(), "cpq-bench-"));
const env = {
  ...process.env,
  HOME: home,
  USERPROFILE: home,
  NODE_ENV: "production",
  SF_DISABLE_TELEMETRY: "true",
  SF_AUTOUPDATE_DISABLE: "true",
  SF_SKIP_NEW_VERSION_CHECK: "true",
};

function row(title: string, figures: readonly Measured[], official: readonly Measured[]): void {
  const walls = figures.map(({ wall }) => wall);
  const ratios = walls.map((wall, index) => wall / (official[index]?.wall ?? Number.NaN));
  const memory = median(figures.map(({ mebibytes }) => mebibytes));
  if (figures !== official) {
    record(`specs ${title}: of sf --version`, "ratio", median(ratios));
    record(`specs ${title}: MiB`, "memory", memory);
  }
  console.log(
    `${title.padEnd(24)}${spread(walls).padEnd(24)}${median(ratios).toFixed(2).padEnd(22)}${memory.toFixed(0)}`,
  );
}

installSalesforceCli();
try {
  const template = readFileSync(join(root, "templates", "minimal.yaml"), "utf8");
  const [, name = ""] = /^name: (\w+)/m.exec(template) ?? [];
  if (name === "") throw new Error("The template has no name.");
  writeFileSync(join(home, "spec.yaml"), template);
  mkdirSync(join(home, "specs"));
  for (let index = 0; index < many; index++)
    writeFileSync(join(home, "specs", `${index}.yaml`), template.replaceAll(name, `${name}_${index}`));

  const commands = {
    validate: [plugin, "cpq", "connectedapp", "validate", "--spec", "spec.yaml"],
    generate: [plugin, "cpq", "connectedapp", "generate", "--spec", "spec.yaml", "--output-dir", "out"],
    thousand: [plugin, "cpq", "connectedapp", "validate", "--spec", "specs"],
    official: [salesforceCliScript, "--version"],
  };
  const figures: Record<keyof typeof commands, Measured[]> = {
    validate: [],
    generate: [],
    thousand: [],
    official: [],
  };
  // The first run fills caches and does not count.
  for (let run = 0; run <= runs; run++) {
    for (const key of Object.keys(commands) as (keyof typeof commands)[]) {
      const [script = "", ...args] = commands[key];
      const result = await measure(script, args, home, env);
      if (run > 0) figures[key].push(result);
    }
  }
  console.log(`${runs} runs of each, in turn; median (least to most)\n`);
  console.log(`${"".padEnd(24)}${"seconds".padEnd(24)}${"ratio, pair by pair".padEnd(22)}peak MiB`);
  row("validate, 1 spec", figures.validate, figures.official);
  row("generate, 1 spec", figures.generate, figures.official);
  row(`validate, ${many} specs`, figures.thousand, figures.official);
  row("sf --version", figures.official, figures.official);
  const added = figures.thousand.map(
    ({ wall }, index) => wall - (figures.validate[index]?.wall ?? Number.NaN),
  );
  console.log(`\n${(many / median(added)).toFixed(0)} specs a second after the start`);
} finally {
  rmSync(home, { recursive: true, force: true, maxRetries: 10 });
}
