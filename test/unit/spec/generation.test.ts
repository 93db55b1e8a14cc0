import { expect, test } from "vitest";
import { loadSpec } from "../../../src/spec/load.ts";
import { parseSpecFile } from "../../../src/spec/specDocument.ts";

const spec = (more: string) => `apiVersion: cpq/v1
kind: ConnectedApp
name: CPQ
label: CPQ Admin
contactEmail: platform@example.com
oauth: { callbackUrl: "https://example.com/callback" }
consumer: { key: "\${env:{APP}_KEY}", store: machine }
${more}`;

interface Case {
  title: string;
  text: string;
  environment?: string;
  is: object;
}

const cases: Case[] = [
  {
    title: "without a rotation, it is the first",
    text: spec(""),
    is: { generation: 1, app: { name: "CPQ", label: "CPQ Admin" } },
  },
  {
    title: "the first has the plain name",
    text: spec("rotation: { generation: 1 }"),
    is: { generation: 1, app: { name: "CPQ", label: "CPQ Admin", rotation: {} } },
  },
  {
    title: "the second carries its number, also in the variables of its key",
    text: spec("rotation: { generation: 2, former: CPQ }"),
    is: {
      generation: 2,
      app: {
        name: "CPQ_2",
        label: "CPQ Admin 2",
        rotation: { former: "CPQ" },
        consumer: { key: "${env:CPQ_2_KEY}" },
      },
    },
  },
  {
    title: "of an environment, only there",
    text: spec("environments: { uat: {}, production: { rotation: { generation: 3 } } }"),
    environment: "production",
    is: { generation: 3, app: { name: "CPQ_3", label: "CPQ Admin 3" } },
  },
  {
    title: "of another environment, not",
    text: spec("environments: { uat: {}, production: { rotation: { generation: 3 } } }"),
    environment: "uat",
    is: { generation: 1, app: { name: "CPQ" } },
  },
];

test.for(cases)("the generation of an app: $title", ({ text, environment, is }) => {
  const [document] = parseSpecFile(text, "app.yaml").documents;
  const result = document && loadSpec(document, {}, { environment });
  expect(result).toMatchObject({ loaded: is });
});

test("a spec whose name is missing or whose label is none is told that, and nothing is made of them", () => {
  const text = spec("rotation: { generation: 2 }");
  for (const [from, to, path] of [
    ["name: CPQ\n", "", "name"],
    ["label: CPQ Admin\n", "label: [x]\n", "label"],
  ] as const) {
    const [document] = parseSpecFile(text.replace(from, to), "app.yaml").documents;
    const result = document && loadSpec(document, {});
    expect(result && "problems" in result && result.problems.map((problem) => problem.path)).toContain(path);
  }
});

test("the last generation that a spec can have is the 999th", () => {
  const [document] = parseSpecFile(spec("rotation: { generation: 999 }"), "app.yaml").documents;
  expect(document && loadSpec(document, {})).toMatchObject({ loaded: { app: { name: "CPQ_999" } } });
});

test.for(["0", "1.5", "two", "1000"])("no generation: %s", (number) => {
  const [document] = parseSpecFile(spec(`rotation: { generation: ${number} }`), "app.yaml").documents;
  const result = document && loadSpec(document, {});
  expect(result).toMatchObject({ problems: [{ path: "rotation.generation" }] });
});
