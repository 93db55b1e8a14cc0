import { defineConfig } from "vitest/config";

const room = process.env.MUTATED_ROOM ?? "token";

/** The tests that `npm run mutate` runs against each change of a room: its own unit tests alone, so that they say what it does. */
export default defineConfig({
  test: {
    include: [`test/unit/${room}/**/*.test.ts`],
    // 300 arbitrary apps in each test: too many to look at for each change. What they would find, tables are to find too.
    exclude: ["test/unit/metadata/roundTrip.test.ts"],
    isolate: false,
    disableConsoleIntercept: true,
  },
});
