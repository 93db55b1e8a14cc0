import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/{unit,localorg,commands,token}/**/*.test.ts"],
    // Generous, for slow machines: no test takes a tenth of it on a usual one.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // What commands print is caught where they write it.
    disableConsoleIntercept: true,
    // The local org speaks http, and the CLI's library warns of each of its addresses.
    execArgv: ["--disable-warning=Warning"],
  },
});
