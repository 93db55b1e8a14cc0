import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { specTextOf } from "./localOrgs.ts";
import { type ReadersPage, startReadersOrgs, stepsOf } from "./pageCommands.ts";
import { setElement } from "./tampering.ts";

const follow = await startReadersOrgs();
const specs = readFileSync(join(import.meta.dirname, "..", "..", "docs", "guides", "specs.md"), "utf8");
const environments = stepsOf(specs).flatMap((step) => ("file" in step && step.adds ? [step.content] : []));
const files = {
  "cpq.yaml":
    specTextOf("ConnectedApp", "CPQ_Admin_API", ["label: CPQ_Admin_API", "label: CPQ Admin API"]) +
    environments,
};
const before = ["sf cpq connectedapp deploy --spec cpq.yaml --environment uat"];
const pages: readonly (ReadersPage & { least: number })[] = [
  {
    page: "docs/guides/drift.md",
    least: 6,
    files,
    before,
    meanwhile: {
      "--accept oauth.scopes": (org) =>
        setElement(org, "CPQ_Admin_API", ["ConnectedApp", "oauthConfig", "scopes"], ["Api", "RefreshToken"]),
    },
  },
  { page: "docs/guides/promotion.md", least: 6, files, before },
  { page: "docs/guides/migration.md", least: 2 },
  {
    page: "docs/guides/import.md",
    least: 4,
    files: { ...files, "sfdx-project.json": '{"packageDirectories":[{"path":"force-app","default":true}]}' },
    before: [...before, "sf cpq connectedapp generate --spec cpq.yaml --environment uat"],
  },
  { page: "docs/guides/pipelines.md", least: 1 },
];

test.each(pages)("the commands of $page work as they stand there", async ({ least, ...page }) => {
  expect(await follow(page)).toBeGreaterThanOrEqual(least);
});
