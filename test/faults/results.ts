import { appendFileSync, existsSync, readFileSync } from "node:fs";

/** What became of a cell. */
interface CellResult {
  /** Title of its case. */
  of: string;
  cell: string;
  /** What is not right with it. */
  wrong: string[];
  status: number | null;
  signal: string | null;
  seconds: number;
  mebibytes: number;
}

/**
 * A file of one JSON value a line. The whole matrix takes hours: a run that was cut off goes on where it was, as cells
 * that were right are not tried again.
 */
const file = process.env.FAULTS_RESULTS;
const right = new Set(file !== undefined && existsSync(file) ? rightIn(readFileSync(file, "utf8")) : []);

export function isRight(of: string, cell: string): boolean {
  return right.has(keyOf(of, cell));
}

export function keepResult(result: CellResult): void {
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(result)}\n`);
}

function rightIn(text: string): string[] {
  const results = text
    .split("\n")
    .filter((line) => line.endsWith("}"))
    .map((line) => JSON.parse(line) as CellResult);
  return results.filter(({ wrong }) => wrong.length === 0).map(({ of, cell }) => keyOf(of, cell));
}

function keyOf(of: string, cell: string): string {
  return `${of}: ${cell}`;
}
