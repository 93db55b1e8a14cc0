import { defineConfig } from "vitest/config";

// Every command × every request × every fault; FAULTS=each takes the faults in turn, FAULTS=sample a few of each command.
export default defineConfig({
  test: {
    include: ["test/faults/**/*.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Tests put orgs back behind each other's back, and each waits for a command: one after the other in a file.
    sequence: { concurrent: false },
    env: { NODE_ENV: "production", SF_DISABLE_LOG_FILE: "true" },
    // What commands print is caught where they write it.
    disableConsoleIntercept: true,
    execArgv: ["--disable-warning=Warning"],
  },
});
