/**
 * What `npm run mutate` changes: the pure core, by room. Of `src/token`, these are the checks; what sends requests is
 * tested against servers (test/token, test/network, test/commands), which takes too long to be done for each change.
 */
export const rooms = {
  token: [
    "src/token/*.ts",
    "!src/token/{apiChecks,http,index,publishedKeys,requestPatiently,tokenRequest,verify}.ts",
  ],
  app: ["src/app/**/*.ts"],
  lint: ["src/lint/**/*.ts"],
  spec: ["src/spec/**/*.ts"],
  metadata: ["src/metadata/**/*.ts"],
};

const room = process.env.MUTATED_ROOM ?? "token";

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate: rooms[room],
  testRunner: "vitest",
  // Which tests run what is known from a first run of them all.
  vitest: { configFile: "vitest.mutation.config.ts", related: false },
  coverageAnalysis: "perTest",
  // What runs only while a file is loaded, such as the tables, would have to be loaded anew, with all tests, for each change.
  ignoreStatic: true,
  concurrency: 2,
  // A loop without an end is told from a busy machine.
  timeoutMS: 30_000,
  // What no change has touched since the last run is not run again.
  incremental: true,
  incrementalFile: `.cache/mutation/${room}.incremental.json`,
  tempDirName: `.cache/mutation/${room}`,
  ignorePatterns: [".cache", "coverage", "docs", "examples", "force-app", "lib", "site"],
  disableTypeChecks: false,
  reporters: ["clear-text", "json"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `.cache/mutation/${room}.json` },
  thresholds: { high: 95, low: 85, break: 85 },
};
