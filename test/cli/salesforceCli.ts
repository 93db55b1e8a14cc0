import { type CommandLine, commandLineOf } from "../commands/commandLine.ts";
import { salesforceCliScript } from "./installation.ts";

/** The official CLI, for a user with that home folder. */
export function salesforceCli(home: string): CommandLine {
  return commandLineOf(salesforceCliScript, home);
}
