import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { requireNode } from "../../../src/cli/nodeSettings.ts";
import { packageFile } from "../../../src/packageFile.ts";

test.each(["22.19.0", "22.20.1", "24.0.0"])("Node %s is new enough", (version) => {
  expect(() => requireNode(version)).not.toThrow();
});

test.each(["18.20.8", "20.20.2", "22.18.9"])("Node %s is too old, and what to do is said", (version) => {
  expect(() => requireNode(version)).toThrow(
    expect.objectContaining({
      name: "NodeTooOldError",
      message: expect.stringContaining(version),
      actions: [expect.stringContaining("sf --version")],
    }),
  );
});

test("the package asks for the same", () => {
  const { engines } = JSON.parse(readFileSync(packageFile("package.json"), "utf8"));
  expect(engines.node).toBe(">=22.19");
});
