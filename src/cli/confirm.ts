import { createInterface } from "node:readline/promises";

/**
 * Asks a yes-or-no question in the terminal; only `y` and `yes` say yes.
 *
 * @returns false where there is no terminal that could answer
 */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} (y/N) `)).trim());
  } finally {
    terminal.close();
  }
}
