import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { terminalText } from "../app/visibleText.ts";

/**
 * What somebody types after a question; empty if there is no terminal that could answer.
 */
export async function typedAnswer(question: string): Promise<string> {
  if (!process.stdin.isTTY) return "";
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`${terminalText(question)} `)).trim();
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

/**
 * A secret: what standard input holds or, in a terminal, what somebody types without seeing it. A line break at its end
 * does not belong to it.
 */
export async function secretFromUser(question: string): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).replace(/\r?\n$/, "");
  process.stderr.write(`${terminalText(question)} `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return (await terminal.question("")).trim();
  } finally {
    terminal.close();
    process.stderr.write("\n");
  }
}
