import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

// Tests know no user: no proxy, no org, no log level of whoever runs them, and none of the many variables of npm. The
// CLI's library goes through all variables for each of its settings.
for (const name of Object.keys(process.env))
  if (/^(SFDX?|CPQ|npm)_|_proxy$/i.test(name)) delete process.env[name];

export default defineConfig({
  test: {
    include: ["test/{unit,localorg,commands,token,network}/**/*.test.ts"],
    // Generous, for slow machines: no test takes a tenth of it on a usual one.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // The files of a worker share what they load: the CLI's library alone takes a second.
    isolate: false,
    // More than there are cores: half of the time, a test of a command waits for a process, a pause before a further try
    // or the disk.
    maxWorkers: availableParallelism() + 2,
    env: {
      // The CLI's library would open its log file late, in a home that is gone by then.
      SF_DISABLE_LOG_FILE: "true",
      // Each home is new, and a command that is a process of its own would compile everything anew in it.
      NODE_COMPILE_CACHE: join(import.meta.dirname, "node_modules", ".cache", "compiled"),
    },
    // What commands print is caught where they write it.
    disableConsoleIntercept: true,
    // The local org speaks http, and the CLI's library warns of each of its addresses.
    execArgv: ["--disable-warning=Warning"],
  },
});
