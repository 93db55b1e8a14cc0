// What commands cost that talk to no org, or need it once: the packed plugin inside the official CLI, in turn with
// `sf --version`; and the speed and memory of `validate` for many specs, policy lint and all.
// Usage: npm run bench:specs [-- RUNS]
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPackedPlugin, installSalesforceCli, salesforceCliScript } from "../cli/installation.ts";
import { record } from "./baseline.ts";
import { type Measured, measure, median, spread } from "./measure.ts";

const runs = Number(process.argv[2] ?? 15);
const many = 1000;
const root = join(import.meta.dirname, "..", "..");
const home = mkdtempSync(join(tmpdir(), "cpq-bench-"));
Object.assign(process.env, {
  HOME: home,
  USERPROFILE: home,
  NODE_ENV: "production",
  SF_USE_GENERIC_UNIX_KEYCHAIN: "true",
  SF_DISABLE_TELEMETRY: "true",
  SF_AUTOUPDATE_DISABLE: "true",
  SF_SKIP_NEW_VERSION_CHECK: "true",
  CPQ_STORE_FOLDER: join(home, ".sf"),
});
const { serveOrgs } = await import("../../src/localorg/salesforceCli/serve.ts");

const plugin = ["cpq", "connectedapp"];
const spec = ["--spec", "spec.yaml"];
const inOrg = [...spec, "--target-org", "local-sandbox"];
const base = "sf --version";
const thousand = `sf cpq connectedapp validate, ${many} specs`;
const commands: Readonly<Record<string, string[]>> = {
  [base]: ["--version"],
  "sf cpq connectedapp validate --help": [...plugin, "validate", "--help"],
  "sf cpq connectedapp token, from the cache": [...plugin, "token", ...inOrg],
  "sf cpq connectedapp validate": [...plugin, "validate", ...spec],
  "sf cpq connectedapp deploy, unchanged": [...plugin, "deploy", ...inOrg],
  [thousand]: [...plugin, "validate", "--spec", "specs"],
};
const run = (args: readonly string[]) => measure(salesforceCliScript, args, home, process.env);

function row(title: string, figures: readonly Measured[], bases: readonly Measured[]): void {
  const ratiosOf = (of: "wall" | "processor") =>
    figures.map((figure, index) => figure[of] / (bases[index]?.[of] ?? Number.NaN));
  const memory = median(figures.map(({ mebibytes }) => mebibytes));
  const ratio = median(ratiosOf("processor"));
  if (title !== base) {
    record(`specs ${title}: processor time of ${base}`, "ratio", ratio);
    record(`specs ${title}: MiB`, "memory", memory);
  }
  const cells = [
    spread(figures.map(({ wall }) => wall)),
    median(ratiosOf("wall")).toFixed(2),
    spread(figures.map(({ processor }) => processor)),
    ratio.toFixed(2),
    memory.toFixed(0),
  ];
  console.log(line([title, ...cells]));
}

function line(cells: readonly string[]): string {
  return cells.map((cell, index) => cell.padEnd([44, 22, 8, 22, 8, 5][index] ?? 0)).join("");
}

installSalesforceCli();
installPackedPlugin(home);
const { stop } = await serveOrgs({ orgs: [{ name: "sandbox", isSandbox: true }] });
try {
  const template = readFileSync(join(root, "templates", "minimal.yaml"), "utf8").replace(
    "kind: ExternalClientApp",
    "kind: ConnectedApp",
  );
  const [, name = ""] = /^name: (\w+)/m.exec(template) ?? [];
  if (name === "") throw new Error("The template has no name.");
  writeFileSync(join(home, "spec.yaml"), template);
  mkdirSync(join(home, "specs"));
  for (let index = 0; index < many; index++)
    writeFileSync(join(home, "specs", `${index}.yaml`), template.replaceAll(name, `${name}_${index}`));

  await run([...plugin, "deploy", ...inOrg]);
  const figures = new Map<string, Measured[]>(Object.keys(commands).map((title) => [title, []]));
  // The first run fills caches and does not count.
  for (let index = 0; index <= runs; index++) {
    for (const [title, args] of Object.entries(commands)) {
      const figure = await run(args);
      if (index > 0) figures.get(title)?.push(figure);
    }
  }
  const of = (title: string) => figures.get(title) ?? [];

  console.log(
    `${runs} runs of each, in turn; median (least to most). Ratios: of ${base}, median of the pairs.\n`,
  );
  console.log(line(["", "wall s", "ratio", "processor s", "ratio", "MiB"]));
  for (const title of Object.keys(commands)) row(title, of(title), of(base));
  const one = of("sf cpq connectedapp validate");
  const added = of(thousand).map(({ wall }, index) => wall - (one[index]?.wall ?? Number.NaN));
  console.log(`\n${(many / median(added)).toFixed(0)} specs a second after the start`);
} finally {
  await stop();
  rmSync(home, { recursive: true, force: true, maxRetries: 10 });
}
