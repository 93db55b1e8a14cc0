import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { render } from "../../../../src/metadata/render.ts";
import { readMetadataFiles } from "../../../../src/project/metadataFiles.ts";
import { readSpec } from "../../../../src/project/readSpec.ts";
import type { ImportedApp } from "../../../../src/results/import.ts";
import { importApps, importText } from "../../../../src/runs/import/importApps.ts";
import { resolve } from "../../../../src/spec/resolve.ts";
import { meaningOf } from "./meaning.ts";

const cases = relative(process.cwd(), join(import.meta.dirname, "cases"));

/** What only an org makes, or what has to stay out of a spec and of generated files. */
const leftOut = /^\w+\/(oauthConfig\/)?(consumerSecret|orgScopedExternalApp|oauthLink|shouldRotate\w+)=/;

describe.each(readdirSync(cases))("the app of the case %s", (caseName) => {
  const source = join(cases, caseName, "source");
  const folder = mkdtempSync(join(tmpdir(), "cpq-import-"));
  let app: ImportedApp | undefined;

  beforeAll(async () => {
    const options = { source: { folder: source }, kind: undefined, exclude: [], legacy: "leave" as const };
    const { apps, skipped } = await importApps({ ...options, outputFolder: folder });
    expect([apps.length, skipped]).toEqual([1, []]);
    app = apps[0];
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("gives its expected spec, byte for byte, and tells what is not in it", async () => {
    await expect(readFileSync(app?.file ?? "", "utf8")).toMatchFileSnapshot(
      join(import.meta.dirname, "cases", caseName, "expected.yaml"),
    );
    const told = importText({ apps: app === undefined ? [] : [app] }).slice(1);
    await expect(`${told.join("\n")}\n`).toMatchFileSnapshot(
      join(import.meta.dirname, "cases", caseName, "told.txt"),
    );
  });

  test("has a valid spec, whose metadata means the same", async () => {
    const { app: spec } = readSpec(app?.file ?? "");
    const desired = resolve(spec);
    const files = render(desired, { key: desired.consumerKey });
    const { files: before } = await readMetadataFiles(source);
    for (const { component, content } of before) {
      const after = files.find((file) => file.component === component)?.content;
      const facts = [...meaningOf(content)].filter((fact) => !leftOut.test(fact));
      expect([...meaningOf(after ?? content)].sort()).toEqual(facts.sort());
    }
  });

  test("has its consumer key in the spec, and its secret nowhere", async () => {
    const { files } = await readMetadataFiles(source);
    const sources = files.map(({ path }) => readFileSync(path, "utf8"));
    const all = sources.join("\n");
    const { app: spec } = readSpec(app?.file ?? "");
    expect(resolve(spec).consumerKey).toBe(/<consumerKey>(.*)<\/consumerKey>/.exec(all)?.[1]);
    const [, secret] = /^ *<consumerSecret>(.+)<\/consumerSecret>/m.exec(all) ?? [];
    if (secret === undefined) return;
    expect(readFileSync(app?.file ?? "", "utf8") + app?.notes.join()).not.toContain(secret);
  });
});
