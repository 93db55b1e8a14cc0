import { createInterface } from "node:readline/promises";

/**
 * What somebody types after a question; empty where there is no terminal that could answer.
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
