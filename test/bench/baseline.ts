import { appendFileSync } from "node:fs";

/**
 * How far a figure may be from the kept one on another machine or another day, as a part of it. Counts are the same
 * everywhere. Wall times and processor times are no figures of this kind: they are the machine's.
 */
const tolerances = {
  /** Requests, round trips. */
  count: 0,
  /** Of two contenders that ran in turn on the same machine. */
  ratio: 0.2,
  /** Peak memory in MiB. */
  memory: 0.15,
} as const;

/** One number of a benchmark; less is better. */
export interface Figure {
  /** What it is, such as `deploy create-4s-100ms: requests`. */
  name: string;
  kind: keyof typeof tolerances;
  value: number;
}

/** A figure beside the one that was kept of it. */
export interface Compared {
  name: string;
  kept?: number;
  found?: number;
  outcome: "better" | "same" | "worse" | "new" | "not measured";
}

/** Hands a figure to `npm run bench`; alone, a benchmark just prints it. */
export function record(name: string, kind: Figure["kind"], value: number): void {
  const file = process.env.CPQ_BENCH_FIGURES;
  const rounded = kind === "count" ? value : Number(value.toPrecision(3));
  if (file !== undefined)
    appendFileSync(file, `${JSON.stringify({ name, kind, value: rounded } satisfies Figure)}\n`);
}

/** Figures beside the kept ones, in the order of their names. */
export function compareFigures(kept: readonly Figure[], found: readonly Figure[]): Compared[] {
  const names = [...new Set([...kept, ...found].map(({ name }) => name))].sort();
  return names.map((name) => {
    const [former, now] = [kept, found].map((figures) => figures.find((figure) => figure.name === name));
    if (now === undefined) return { name, outcome: "not measured", ...(former && { kept: former.value }) };
    if (former === undefined) return { name, outcome: "new", found: now.value };
    const room = former.value * tolerances[now.kind];
    const outcome =
      now.value > former.value + room ? "worse" : now.value < former.value - room ? "better" : "same";
    return { name, kept: former.value, found: now.value, outcome };
  });
}

/** What is to be kept: the figures of this run, and of the others what was kept before. */
export function keptAfter(kept: readonly Figure[], found: readonly Figure[]): Figure[] {
  const all = new Map([...kept, ...found].map((figure) => [figure.name, figure]));
  return [...all.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** A line for each figure that is not as it was, and how many are. */
export function comparisonText(compared: readonly Compared[]): string {
  const count = (outcome: Compared["outcome"]) => compared.filter((one) => one.outcome === outcome).length;
  const lines = compared
    .filter(({ outcome }) => outcome !== "same" && outcome !== "not measured")
    .map(({ name, kept, found, outcome }) =>
      kept === undefined || found === undefined
        ? `${outcome.padEnd(7)} ${name}: ${found}`
        : `${outcome.padEnd(7)} ${name}: ${kept} → ${found} (${percent(kept, found)})`,
    );
  const counts = (["worse", "better", "same", "new", "not measured"] as const).map(
    (outcome) => `${count(outcome)} ${outcome}`,
  );
  return [...lines, `Beside the kept figures: ${counts.join(", ")}.`].join("\n");
}

function percent(kept: number, found: number): string {
  const change = kept === 0 ? Number.POSITIVE_INFINITY : ((found - kept) / kept) * 100;
  return `${change > 0 ? "+" : ""}${change.toFixed(0)} %`;
}
