import { expect, test } from "vitest";
import { obstaclesOf } from "../../../../src/runs/generate/obstacles.ts";
import { loadText } from "../../spec/loadText.ts";

const spec = (kind: string, ...more: string[]) => `apiVersion: cpq/v1
kind: ${kind}
name: App
label: App
${["contactEmail: a@example.com", ...more].join("\n")}
`;
const runAs = "oauth: {callbackUrl: https://example.com, clientCredentials: {runAs: a@example.com}}";

const cases = [
  {
    title: "a Run As user without a key",
    source: spec("ConnectedApp", runAs),
    obstacles: [/^spec\.yaml:6:63: .*only if the same file has a consumer key.*into the spec \(spec\.yaml\)/],
  },
  {
    title: "a Run As user whose key stands elsewhere, so not in the file",
    source: spec("ConnectedApp", runAs, 'consumer: {key: "${env:KEY}"}'),
    obstacles: [/\(spec\.yaml:7:1\)/],
  },
  {
    title: "a Run As user with a key",
    source: spec("ConnectedApp", runAs, "consumer: {key: Key1234567890}"),
    obstacles: [],
  },
  {
    title: "an external client app, whose key the org makes",
    source: spec("ExternalClientApp", runAs),
    obstacles: [],
  },
  { title: "no Run As user", source: spec("ConnectedApp"), obstacles: [] },
  {
    title: "no contact email",
    source: spec("ConnectedApp").replace("a@example.com", '""'),
    obstacles: [/^spec\.yaml:5:1: .*contact email/],
  },
];

test.each(cases)("$title", ({ source, obstacles }) => {
  const result = loadText(source, "spec.yaml", {});
  if (!("loaded" in result)) throw new Error(JSON.stringify(result.problems));
  expect(obstaclesOf(result.loaded)).toEqual(obstacles.map((pattern) => expect.stringMatching(pattern)));
});
