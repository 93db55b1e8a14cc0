// Preloaded into a command: notes the words and variables of the command itself and of each program that it starts.
import { ChildProcess } from "node:child_process";
import { appendFileSync } from "node:fs";

const note = (words, variables) =>
  appendFileSync(process.env.RECORDED_PROCESSES, `${JSON.stringify([...words, ...variables])}\n`);

note(process.argv, []);
const { spawn } = ChildProcess.prototype;
ChildProcess.prototype.spawn = function (options) {
  note(options.args ?? [], options.envPairs ?? []);
  return spawn.call(this, options);
};
