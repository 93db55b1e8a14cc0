import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { lintApp } from "../../../src/lint/lint.ts";
import { problemsOfKind } from "../../../src/project/problemsOfKind.ts";
import { editSpec } from "../../../src/spec/edit.ts";
import { environmentsOf, type LoadedSpec, loadSpec } from "../../../src/spec/load.ts";
import { resolve } from "../../../src/spec/resolve.ts";
import { parseSpecFile } from "../../../src/spec/specDocument.ts";

const folder = new URL("../../../templates/", import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
const textOf = (file: string) => readFileSync(new URL(file, folder), "utf8");

/** The spec of a text in each of its environments, or as it is where it has none. */
function loadAll(source: string): Map<string, LoadedSpec> {
  const [document] = parseSpecFile(source, "spec.yaml").documents;
  if (document === undefined) throw new Error("There is no spec.");
  const names = environmentsOf(document);
  const loaded = (names.length > 0 ? names : [undefined]).map((environment) => {
    const result = loadSpec(document, {}, { environment });
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    return [environment ?? "", result.loaded] as const;
  });
  return new Map(loaded);
}

test("there are the starter specs that are promised", () => {
  expect(files).toEqual(["environments.yaml", "full.yaml", "minimal.yaml"]);
});

describe.each(files)("%s", (file) => {
  test.each(["ConnectedApp", "ExternalClientApp"])(
    "is right for a %s, and nothing is held against it",
    (kind) => {
      const source = editSpec(textOf(file), { set: [[["kind"], kind]] });
      for (const loaded of loadAll(source).values()) {
        expect(problemsOfKind(loaded)).toEqual([]);
        expect(lintApp({ ...resolve(loaded.app), cpqUrl: loaded.app.cpq?.url })).toEqual([]);
      }
    },
  );

  test("has no line that is too long to be read", () => {
    expect(
      textOf(file)
        .split("\n")
        .filter((line) => line.length > 130),
    ).toEqual([]);
  });
});

test.each(files)("what %s shows as a comment is right as well", (file) => {
  // A comment's text is preceded by a space, a key that can be switched on is not.
  const source = textOf(file).replaceAll(/^( *)#(?=[a-z]| {2})/gm, "$1");
  const specs = [...loadAll(source).values()].map(({ app: spec }) => spec);
  expect(specs.map(({ cpq }) => cpq?.url)).toContain("https://TENANT.SECTOR.logik.io");
  if (file === "full.yaml")
    expect(specs[0]?.lint?.ignore?.map(({ rule }) => rule)).toEqual(["jwt-timeout-long"]);
});

test("environments.yaml shows each way to differ: a suffix, a map that merges, and a list that replaces", () => {
  const loaded = loadAll(textOf("environments.yaml"));
  const [uat, production] = ["uat", "production"].map((name) => loaded.get(name));
  expect([uat?.targetOrg, production?.targetOrg]).toEqual(["acme-uat", "acme-production"]);
  expect(uat?.app.oauth?.clientCredentials?.runAs).toBe("cpq.integration@example.com.uat");
  expect(production?.app.oauth?.clientCredentials?.runAs).toBe("cpq.integration@example.com");
  expect(uat?.app.oauth?.accessToken).toEqual({ format: "jwt", timeout: "30m" });
  expect(production?.app.oauth?.accessToken).toEqual({ format: "jwt", timeout: "15m" });
  expect(uat?.app.consumers).toEqual([{ name: "Test automation", contact: "quality@example.com" }]);
});
