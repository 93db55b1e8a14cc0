import { defineConfig } from "vitest/config";

// Only where a Chromium can run, so not a part of the other tests.
export default defineConfig({
  test: { include: ["test/browser/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 },
});
