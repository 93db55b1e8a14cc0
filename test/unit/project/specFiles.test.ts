import { expect, test } from "vitest";
import { claimsToBeSpec, leftOutText } from "../../../src/project/specFiles.ts";

const cases: { title: string; text: string; isSpec: boolean }[] = [
  { title: "a spec", text: "apiVersion: cpq/v1\nkind: ConnectedApp\n", isSpec: true },
  { title: "a spec below a comment, from Windows", text: "# App\r\nkind: 'ConnectedApp'\r\n", isSpec: true },
  { title: "a spec without its version", text: "name: App\nkind: externalclientapp\n", isSpec: true },
  { title: "a spec without its kind", text: '"apiVersion": "cpq/v9"\n', isSpec: true },
  { title: "a spec in one line", text: "{name: App, kind: ConnectedApp}", isSpec: true },
  { title: "a spec that is no YAML", text: " kind: ConnectedApp\n oauth: [\n", isSpec: true },
  { title: "a second document", text: "a: 1\n---\n {apiVersion: cpq/v1}", isSpec: true },
  { title: "another program's file", text: "services:\n  web: {image: nginx}\n", isSpec: false },
  { title: "a workflow", text: "on: push\njobs: {check: {runs-on: ubuntu}}\n", isSpec: false },
  { title: "a manifest of Kubernetes", text: "apiVersion: batch/v1\nkind: CronJob\n", isSpec: false },
  {
    title: "a manifest with a spec in it",
    text: "apiVersion: v1\nkind: ConfigMap\ndata:\n  a.yaml: |\n    apiVersion: cpq/v1\n    kind: ConnectedApp\n",
    isSpec: false,
  },
  { title: "a list", text: "- kind: ConnectedApp\n", isSpec: false },
  { title: "a broken file of somebody else", text: "a: [\n", isSpec: false },
  { title: "nothing", text: "", isSpec: false },
];
test.each(cases)("$title: a spec by its own words is $isSpec", ({ text, isSpec }) => {
  expect(claimsToBeSpec(text, "a.yaml")).toBe(isSpec);
});

test("what was left out is counted, and named as far as that helps", () => {
  const files = ["a", "b", "c", "d", "e", "f"].map((name) => `${name}.yaml`);
  expect(leftOutText([])).toBeUndefined();
  expect(leftOutText(["a.yaml"])).toMatch(/^1 YAML file was left out, .*: a\.yaml$/);
  expect(leftOutText(files)).toMatch(/^6 YAML files were left out, .*: a\.yaml, .*, e\.yaml …$/);
});
