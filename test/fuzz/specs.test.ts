import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { render } from "../../src/metadata/render.ts";
import { toSourceFiles } from "../../src/metadata/sourceFiles.ts";
import { parseXml } from "../../src/metadata/xmlText.ts";
import { problemReport } from "../../src/project/problemText.ts";
import { lintSpec } from "../../src/runs/validate/lintSpec.ts";
import { editSpec } from "../../src/spec/edit.ts";
import { environmentsOf, type LoadedSpec, loadSpec } from "../../src/spec/load.ts";
import type { Problem } from "../../src/spec/problem.ts";
import { resolve } from "../../src/spec/resolve.ts";
import { resolvedText } from "../../src/spec/resolvedText.ts";
import { parseSpecFile } from "../../src/spec/specDocument.ts";

const cases = join(import.meta.dirname, "..", "unit", "metadata", "cases");
const templates = join(import.meta.dirname, "..", "..", "templates");
const specs = [
  ...readdirSync(cases).map((name) => join(cases, name, "spec.yaml")),
  ...readdirSync(templates)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => join(templates, name)),
].map((file) => readFileSync(file, "utf8"));

// Fixed, so that a failure can be repeated: how many specs, and from which seed.
const budget = { seed: 20_260_101, numRuns: 20_000, endOnFailure: true };
const longestMilliseconds = 2000;

/** Whatever the text holds: problems with a place and a text, or files that are well-formed and stay in their folder. */
function takes(source: string): void {
  const started = performance.now();
  const { documents, shownSource } = parseSpecFile(source, "spec.yaml");
  for (const document of documents) {
    for (const environment of [undefined, ...environmentsOf(document)]) {
      const result = loadSpec(document, {}, { environment });
      if ("loaded" in result) takesLoaded(result.loaded);
      else takesProblems(result.problems, shownSource);
    }
  }
  expect(performance.now() - started).toBeLessThan(longestMilliseconds);
}

function takesLoaded(loaded: LoadedSpec): void {
  for (const { path, content } of toSourceFiles(render(resolve(loaded.app)))) {
    expect(path).toMatch(/^\w+\/\w+\.\w+-meta\.xml$/);
    parseXml(content);
  }
  for (const { message, location } of lintSpec(loaded)) {
    expect(message).not.toContain("undefined");
    expect(location.line).toBeGreaterThan(0);
  }
  resolvedText(loaded);
}

function takesProblems(problems: readonly Problem[], shownSource: string): void {
  expect(problems.length).toBeGreaterThan(0);
  const report = problemReport(problems, shownSource);
  expect(report).toMatch(/^spec\.yaml:\d+:\d+ {2}\S/);
  expect(report).not.toContain("undefined");
}

const nasty = fc.constantFrom(
  "\0",
  "\t",
  "\r",
  "\u2028",
  "\uFEFF",
  "\u001b[31m",
  "&a ",
  "*a",
  "<<: *a",
  "!!js/function x",
  "!!binary x",
  "? ",
  "- ",
  ": ",
  "{",
  "}",
  "[",
  "]",
  "|",
  ">",
  "'",
  '"',
  "#",
  "%YAML 9.9\n",
  "---\n",
  "...\n",
  "${env:X}",
  "${env:X:-y}",
  "${",
  "~",
  "null",
  "1e999",
  "0x1F",
  "__proto__: x\n",
  "constructor: x\n",
  "../../x",
  "\ud800",
  "é",
  "😀",
);

test("mutated specs: no crash, no hang, no file outside its folder", () => {
  const mutation = fc.record({
    at: fc.nat(),
    remove: fc.nat({ max: 12 }),
    insert: fc.oneof(nasty, fc.string({ maxLength: 8 })),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...specs),
      fc.array(mutation, { minLength: 1, maxLength: 6 }),
      (spec, mutations) => {
        takes(
          mutations.reduce((text, { at, remove, insert }) => {
            const place = at % (text.length + 1);
            return text.slice(0, place) + insert + text.slice(place + remove);
          }, spec),
        );
      },
    ),
    budget,
  );
});

test("any value in the place of any other", () => {
  const line = fc.tuple(fc.nat(), fc.jsonValue({ maxDepth: 3 }));
  fc.assert(
    fc.property(fc.constantFrom(...specs), line, (spec, [at, value]) => {
      const lines = spec.split("\n");
      const place = at % lines.length;
      lines[place] = (lines[place] ?? "").replace(/:.*$/, () => `: ${JSON.stringify(value)}`);
      takes(lines.join("\n"));
    }),
    budget,
  );
});

test("any text at all", () => {
  fc.assert(fc.property(fc.string({ maxLength: 200, unit: "binary" }), takes), budget);
});

test("an edit of a spec says what it should, and nothing else changes", () => {
  const word = fc
    .string({ maxLength: 30, unit: "grapheme" })
    .filter((text) => text.trim() === text && text !== "");
  const settingsOf = (source: string) => {
    const [document] = parseSpecFile(source, "spec.yaml").documents;
    const result = document && loadSpec(document, {});
    return result !== undefined && "loaded" in result ? resolve(result.loaded.app).settings : undefined;
  };
  fc.assert(
    fc.property(fc.constantFrom(...specs), word, fc.boolean(), (spec, label, windows) => {
      const source = windows ? spec.replaceAll("\n", "\r\n") : spec;
      const edited = editSpec(source, { set: [[["label"], label.replaceAll("${", "$${")]] });
      const settings = settingsOf(edited);
      // Not every text is a label; one that is none is refused by the schema.
      if (settings === undefined) return;
      expect(settings).toEqual({ ...settingsOf(source), label });
      expect(edited.split("#").length).toBeGreaterThanOrEqual(source.split("#").length);
    }),
    { ...budget, numRuns: 3000 },
  );
});
