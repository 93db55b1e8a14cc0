import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { resolve } from "../../src/spec/resolve.ts";
import { loadText } from "../unit/spec/loadText.ts";
import { specText } from "./localOrgs.ts";
import { type ReadersPage, startReadersOrgs, stepsOf } from "./pageCommands.ts";

const follow = await startReadersOrgs();
const root = join(import.meta.dirname, "..", "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const firstSpec = stepsOf(read("README.md")).find((step) => "file" in step);
if (firstSpec === undefined || !("file" in firstSpec)) throw new Error("The README shows no spec.");
const files = { "cpq-admin-api.yaml": firstSpec.content };
const deployed = [
  "sf cpq connectedapp deploy --spec cpq-admin-api.yaml --target-org uat --enable-credential-access",
];
const pages: readonly (ReadersPage & { least: number })[] = [
  { page: "README.md", least: 4 },
  { page: "docs/getting-started.md", least: 5 },
  { page: "docs/guides/specs.md", least: 6 },
  {
    page: "docs/guides/secrets.md",
    least: 6,
    files: { ...files, "legacy-api.yaml": specText("Legacy_API") },
    before: [...deployed, "sf cpq connectedapp deploy --spec legacy-api.yaml --target-org uat"],
  },
  { page: "docs/guides/calling-the-api.md", least: 6, files, before: deployed },
  { page: "docs/troubleshooting.md", least: 2, files },
  { page: "docs/guides/sandbox-refresh.md", least: 1, files },
];

test.each(pages)("the commands of $page work as they stand there", async ({ least, ...page }) => {
  expect(await follow(page)).toBeGreaterThanOrEqual(least);
});

test("the first spec of the README is the one that init makes from the template", () => {
  const appOf = (source: string) => {
    const result = loadText(source, "spec.yaml", {});
    if (!("loaded" in result)) throw new Error(JSON.stringify(result.problems));
    return resolve(result.loaded.app);
  };
  expect(appOf(firstSpec.content)).toEqual(appOf(read("templates/minimal.yaml")));
});
