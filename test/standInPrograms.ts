import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { folderWith } from "./temporaryFolders.ts";

/** A call of a stand-in program. */
export interface ProgramCall {
  program: string;
  args: string[];
  stdin: string;
}

/** How a stand-in answers. The first entry whose words are all among program and arguments counts; without one, it succeeds and says nothing. */
export interface ProgramAnswer {
  to: readonly string[];
  stdout?: string;
  stderr?: string;
  exitCode?: number;
}

/** Programs that stand in for others on the path: they note what they were called with, and answer as they are told. */
export interface StandInPrograms {
  /** The variable PATH with them first. */
  path: string;
  answer(...answers: ProgramAnswer[]): void;
  calls(): ProgramCall[];
}

const script = (folder: string) => `#!${process.execPath}
const { appendFileSync, readFileSync } = require("node:fs");
const { basename } = require("node:path");
const program = basename(process.argv[1]);
const args = process.argv.slice(2);
const stdin = readFileSync(0, "utf8");
appendFileSync(${JSON.stringify(join(folder, "calls"))}, JSON.stringify({ program, args, stdin }) + "\\n");
const words = [program, ...args];
const answers = JSON.parse(readFileSync(${JSON.stringify(join(folder, "answers"))}, "utf8"));
const { stdout = "", stderr = "", exitCode = 0 } =
  answers.find(({ to }) => to.every((word) => words.includes(word))) ?? {};
process.stdout.write(stdout.replaceAll("STDIN", stdin));
process.stderr.write(stderr.replaceAll("STDIN", stdin));
process.exitCode = exitCode;
`;

/** Puts stand-ins with these names into a folder of the test. They need a system that takes scripts for programs. */
export function standInPrograms(...names: string[]): StandInPrograms {
  const folder = folderWith({ calls: "", answers: "[]", "bin/.keep": "" });
  const bin = join(folder, "bin");
  for (const name of names) {
    writeFileSync(join(bin, name), script(folder));
    chmodSync(join(bin, name), 0o755);
  }
  return {
    path: `${bin}${delimiter}${process.env.PATH}`,
    answer: (...answers) => writeFileSync(join(folder, "answers"), JSON.stringify(answers)),
    calls: () =>
      readFileSync(join(folder, "calls"), "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line)),
  };
}
