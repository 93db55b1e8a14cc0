import { defineConfig } from "vitest/config";

// The official CLI is slow to start, and installed once for all files.
export default defineConfig({
  test: {
    include: ["test/cli/**/*.test.ts"],
    testTimeout: 300_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
