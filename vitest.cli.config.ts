import { defineConfig } from "vitest/config";

// The official CLI is slow to start, and installed once for all files.
export default defineConfig({
  test: {
    include: ["test/cli/**/*.test.ts"],
    testTimeout: 300_000,
    hookTimeout: 600_000,
    fileParallelism: false,
    // What commands print is caught where they write it.
    disableConsoleIntercept: true,
    // The local org speaks http, and the CLI's library warns of each of its addresses.
    execArgv: ["--disable-warning=Warning"],
  },
});
