import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const json = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8"));

/** Licenses that ask of a user of the package for no more than a notice. */
const permissive = [
  "MIT",
  "Apache-2.0",
  "ISC",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "0BSD",
  "Zlib",
];

/** Whether a user may choose one of the permissive licenses: `A OR B` needs one, `A AND B` both. */
function isPermissive(expression: string): boolean {
  return expression
    .replace(/^\((.*)\)$/, "$1")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((license) => permissive.includes(license)));
}

describe("the package as it is published", () => {
  test("brings only dependencies with permissive licenses", () => {
    const locked = Object.entries<{ dev?: boolean; devOptional?: boolean; license?: string }>(
      json("package-lock.json").packages,
    );
    const brought = locked.filter(([path, { dev, devOptional }]) => path !== "" && !dev && !devOptional);
    expect(brought.length).toBeGreaterThan(100);
    expect(brought.filter(([, { license = "none" }]) => !isPermissive(license))).toEqual([]);
  });

  test("has an entry for the catalog of SchemaStore, with which editors need no setting", () => {
    const entry = json("schemas/schemastore.json");
    expect(Object.keys(entry)).toEqual(["name", "description", "fileMatch", "url"]);
    expect(entry.url).toMatch(/^https:\/\/www\.schemastore\.org\/[a-z-]+\.json$/);
    // Too general a pattern would claim files of other tools, which the catalog refuses.
    for (const pattern of entry.fileMatch) expect(pattern).toMatch(/cpq[a-z-]*\.ya?ml$/);
  });
});
