import { createInterface } from "node:readline/promises";

/**
 * What somebody types after a question; empty if there is no terminal that could answer.
 */
export async function typedAnswer(question: string): Promise<string> {
  if (!process.stdin.isTTY) return "";
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`${question} `)).trim();
  } finally {
    terminal.close();
  }
}

/**
 * Asks a yes-or-no question in the terminal; only `y` and `yes` say yes.
 *
 * @returns false if there is no terminal that could answer
 */
export async function confirm(question: string): Promise<boolean> {
  return /^y(es)?$/i.test(await typedAnswer(`${question} (y/N)`));
}
