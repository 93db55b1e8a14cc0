import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compare } from "../../../src/app/compare.ts";
import type { KindName } from "../../../src/app/desiredApp.ts";
import type { Settings } from "../../../src/app/settings.ts";
import { kinds } from "../../../src/metadata/kinds.ts";
import { readApp } from "../../../src/metadata/read.ts";
import { render } from "../../../src/metadata/render.ts";
import { formatXml, parseXml } from "../../../src/metadata/xmlText.ts";
import { resolve } from "../../../src/spec/resolve.ts";
import { writeSpec } from "../../../src/spec/write.ts";
import { arbitrarySettings } from "../arbitrarySettings.ts";
import { loadText } from "../spec/loadText.ts";

const budget = { seed: 20_260_101, numRuns: 300 };

describe.each(Object.keys(kinds) as KindName[])("any settings of the kind %s", (kind) => {
  test("are what their metadata is read as", () => {
    fc.assert(
      fc.property(arbitrarySettings(kind), (settings) => {
        const files = render({ kind, name: "App", settings }).map((file) => ({
          ...file,
          content: parseXml(formatXml(file.content)),
        }));
        const read = readApp(kind, files).settings;
        expect(compare(settings, read)).toEqual([]);
        expect(compare(only(read, kind), settings)).toEqual([]);
      }),
      budget,
    );
  });

  test("are what their spec says, once it is written", () => {
    fc.assert(
      fc.property(arbitrarySettings(kind), (settings) => {
        const text = writeSpec(kind, "App", settings);
        const result = loadText(text, "spec.yaml", {});
        if (!("loaded" in result)) throw new Error(`${JSON.stringify(result.problems)}\n${text}`);
        expect(resolve(result.loaded.app).settings).toEqual(settings);
      }),
      budget,
    );
  });

  test("stay as they are where they are deployed over themselves", () => {
    fc.assert(
      fc.property(arbitrarySettings(kind), (settings) => {
        const files = render({ kind, name: "App", settings });
        const again = render({ kind, name: "App", settings }, {}, files);
        expect(again.map(({ content }) => formatXml(content))).toEqual(
          files.map(({ content }) => formatXml(content)),
        );
      }),
      budget,
    );
  });
});

/** What was read, without what a kind takes for granted beyond the defaults of the settings. */
function only(read: Settings, kind: KindName): Settings {
  const granted = kinds[kind].fields.filter(
    (field) => "isPresence" in field || field.required !== undefined || field.saysDefault,
  );
  return Object.fromEntries(
    Object.entries(read).filter(([path]) => !granted.some(({ setting }) => setting === path)),
  );
}
