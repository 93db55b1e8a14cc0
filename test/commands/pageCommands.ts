import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect } from "vitest";
import type { Org } from "../../src/localorg/org.ts";
import { commandLine } from "./commandLine.ts";
import { startTestOrgs } from "./localOrgs.ts";
import { remember } from "./tampering.ts";

const root = join(import.meta.dirname, "..", "..");

/** What must be there before a reader comes to a page. */
export interface ReadersPage {
  /** Path of the page below the root of the repository. */
  page: string;
  /** An example, of which the reader has a copy. */
  copyOf?: string;
  /** Files of the reader's folder. */
  files?: Readonly<Record<string, string>>;
  /** Commands that the reader has run already, as on a page. */
  before?: readonly string[];
  /** What somebody does in the org just before the reader runs a command that holds this text. */
  meanwhile?: Readonly<Record<string, (org: Org) => void>>;
}

/** A step of a page: a file that the reader saves or adds to, or a command to run. */
type Step = { command: string } | { file: string; content: string; adds: boolean };

const block = /^```(sh|yaml)\n([\s\S]*?)^```/gm;
const namedFile = /^# (add to )?([\w./-]+\.ya?ml)\n/;

/** The steps of a page, in its order. A YAML block is a file if its first line is a comment with the file's name. */
export function stepsOf(text: string): Step[] {
  return [...text.matchAll(block)].flatMap(([, language, content = ""]): Step[] => {
    if (language === "sh") return commandsIn(content).map((command) => ({ command }));
    const [, adds, file] = namedFile.exec(content) ?? [];
    return file === undefined ? [] : [{ file, content, adds: adds !== undefined }];
  });
}

/** The local orgs of the tests run already, and without a terminal the short `init` has nobody to ask. */
function commandsIn(block: string): string[] {
  const lines = block.replaceAll(/\\\n\s*/g, "").split("\n");
  return lines.filter((line) => line.startsWith("sf cpq connectedapp "));
}

/** The words of a command as a shell understands them. */
function shellWords(command: string): string[] {
  const script = `printf '%s\\0' ${command}`;
  return execFileSync("/bin/sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

/**
 * Orgs in which a reader follows pages from top to bottom: `uat` and `production` by alias, as pages call them. Each page
 * finds the orgs as they were at the start, and a folder of its own.
 */
export async function startReadersOrgs() {
  const { home, sandbox, production, write } = await startTestOrgs();
  const { StateAggregator } = await import("@salesforce/core");
  const { aliases } = await StateAggregator.getInstance();
  for (const alias of ["uat", "customer-north"]) await aliases.setAndSave(alias, sandbox.adminUsername);
  for (const alias of ["production", "customer-south"])
    await aliases.setAndSave(alias, production.adminUsername);
  const user = sandbox.org.users.find(({ username }) => username === "cpq.integration@example.com");
  if (user === undefined) throw new Error("The user is not there.");
  // The user whom a sandbox's suffix makes.
  sandbox.org.users.push({ ...user, id: "005000000000abcAAA", username: `${user.username}.uat` });

  /** Follows a page, and returns how many commands ran. Each has to end well. */
  return async function follow({
    page,
    copyOf,
    files = {},
    before = [],
    meanwhile = {},
  }: ReadersPage): Promise<number> {
    const putBack = [sandbox, production].map(({ org }) => remember(org));
    const folder = join(home, page.replaceAll(/\W/g, "-"));
    const { sf } = commandLine(home, { folder });
    if (copyOf === undefined) mkdirSync(folder, { recursive: true });
    else cpSync(join(root, copyOf), folder, { recursive: true });
    const save = (file: string, content: string, adds = false) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      (adds ? appendFileSync : writeFileSync)(join(folder, file), content);
    };
    for (const [file, content] of Object.entries(files)) save(file, content);
    const run = async (line: string) => {
      const [command = "", output] = line.split(" > ");
      for (const [text, act] of Object.entries(meanwhile)) if (command.includes(text)) act(sandbox.org);
      const { status, stdout, stderr } = await sf(...shellWords(command).slice(1));
      expect(status, `${page}: ${command}\n${stdout}\n${stderr}`).toBe(0);
      if (output !== undefined) write(relative(home, join(folder, output)), stdout);
    };
    try {
      for (const command of before) await run(command);
      const steps = stepsOf(readFileSync(join(root, page), "utf8"));
      for (const step of steps) {
        if ("command" in step) await run(step.command);
        else save(step.file, step.content, step.adds);
      }
      return steps.filter((step) => "command" in step).length;
    } finally {
      for (const back of putBack) back();
    }
  };
}
