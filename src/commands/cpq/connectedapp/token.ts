import { cachedOutput } from "../../../runs/token/cachedCall.ts";
import type { CacheFolders } from "../../../runs/token/tokenCache.ts";

type Command = typeof import("../../../cli/tokenCommand.ts")["default"];

/**
 * Stands for the command if it is called: a token from the cache is printed before anything else is loaded. Loading the
 * command and its flags would take longer than the whole rest of the Salesforce CLI.
 */
const fromCache = {
  async run(args: string[], config: CacheFolders): Promise<unknown> {
    const output = cachedOutput(args, config);
    if (output === undefined) return (await whole()).run(args, config as never);
    process.stdout.write(`${output}\n`);
    return undefined;
  },
};

async function whole(): Promise<Command> {
  return (await import("../../../cli/tokenCommand.ts")).default;
}

const isCalled = /\bcpq[ :]connectedapp[ :]token\b/.test(process.argv.join(" "));

export default isCalled ? fromCache : await whole();
