import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { importApps } from "../../src/runs/import/importApps.ts";

const cases = join(import.meta.dirname, "..", "unit", "metadata", "cases");
const sources = readdirSync(cases, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.(connectedApp|eca)-meta\.xml$/.test(file))
  .map((file) => ({
    name: file.endsWith("eca-meta.xml") ? "App.eca" : "App.connectedApp",
    text: readFileSync(join(cases, file), "utf8"),
  }));

// Fixed, so that a failure can be repeated: how many files, and from which seed.
const budget = { seed: 20_260_101, numRuns: 5000, endOnFailure: true };
const longestMilliseconds = 2000;

const home = mkdtempSync(join(tmpdir(), "cpq-fuzz-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const nasty = fc.constantFrom(
  "<!DOCTYPE a [<!ENTITY b 'c'>]>",
  "<![CDATA[",
  "]]>",
  "<!--",
  "-->",
  "<?x ?>",
  "&amp;",
  "&#0;",
  "&#x110000;",
  "&bogus;",
  "\0",
  "\uFEFF",
  "\ud800",
  "${env:X}",
  "<__proto__>",
  "<constructor>1</constructor>",
  "<a:b xmlns:a='x'/>",
  "<label>x</label>",
  "<oauthConfig>",
  "</oauthConfig>",
  " xsi:nil='true'",
  "<ipRanges><start>1</start></ipRanges>",
  "é😀",
);

test("mutated metadata files: imported, or refused with a place; no crash, no hang", async () => {
  const mutation = fc.record({
    at: fc.nat(),
    remove: fc.nat({ max: 20 }),
    insert: fc.oneof(nasty, fc.string({ maxLength: 8 })),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...sources),
      fc.array(mutation, { minLength: 1, maxLength: 5 }),
      async ({ name, text }, mutations) => {
        const folder = mkdtempSync(join(home, "app-"));
        const mutated = mutations.reduce((result, { at, remove, insert }) => {
          const place = at % (result.length + 1);
          return result.slice(0, place) + insert + result.slice(place + remove);
        }, text);
        writeFileSync(join(folder, name), mutated);
        const started = performance.now();
        const options = {
          source: { folder },
          kind: undefined,
          exclude: [],
          outputFolder: folder,
          legacy: "leave" as const,
        };
        const outcome = await importApps(options).catch((error: { name: string; message: string }) => error);
        if ("apps" in outcome) {
          expect(readdirSync(folder).sort()).toEqual([name, "App.yaml"].sort());
        } else {
          expect(outcome.name).toBe("ImportFailed");
          expect(outcome.message).toContain(name);
          expect(outcome.message).not.toContain("undefined");
          expect(readdirSync(folder)).toEqual([name]);
        }
        expect(performance.now() - started).toBeLessThan(longestMilliseconds);
        rmSync(folder, { recursive: true });
      },
    ),
    budget,
  );
});
