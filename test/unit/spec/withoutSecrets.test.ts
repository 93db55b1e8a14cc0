import { describe, expect, test } from "vitest";
import { parseSpecFile } from "../../../src/spec/specDocument.ts";

const shown = (source: string) => parseSpecFile(source, "spec.yaml").shownSource;

describe("a file is shown without its secrets:", () => {
  test.each([
    {
      what: "a secret in a map",
      source: "consumer:\n  secret: hunter2\n",
      text: "consumer:\n  secret: *******\n",
    },
    {
      what: "a secret in braces, and all that follows in its line",
      source: "consumer: {secret: hunter2, key: K}",
      text: "consumer: {secret: ******** **** **",
    },
    {
      what: "a secret in quotes",
      source: 'consumer:\n  "secret": "hunter 2"\n',
      text: 'consumer:\n  "secret": ******* **\n',
    },
    {
      what: "a secret of several lines",
      source: "consumer:\n  secret: |\n    hunter2\n    3\nname: A\n",
      text: "consumer:\n  secret: *\n    *******\n    *\nname: A\n",
    },
    {
      what: "a secret in broken YAML",
      source: "consumer: [\n  secret: hunter2\n",
      text: "consumer: [\n  secret: *******\n",
    },
    { what: "a secret in another case", source: "Secret : hunter2", text: "Secret : *******" },
    {
      what: "a private key",
      source: "a: x\nb: |\n  -----BEGIN RSA PRIVATE KEY-----\n  MIIC\n  -----END RSA PRIVATE KEY-----\n",
      text: "a: x\nb: *\n  ********** *** ******* ********\n  ****\n  ******** *** ******* ********\n",
    },
    {
      what: "a private key that is cut",
      source: "# -----BEGIN PRIVATE KEY-----\n# MIIC\na: x",
      text: "# ********** ******* ********\n* ****\n** *",
    },
    {
      what: "base64 that may be a private key",
      source: `oauth:\n  certificate: ${"MIIC".repeat(10)}\n`,
      text: `oauth:\n  certificate: ${"*".repeat(40)}\n`,
    },
    {
      what: "a private key without its first line",
      source: "a: MIIC -----END PRIVATE KEY-----\n",
      text: "a: **** -------- ******* ********\n".replace(/[-]/g, "*"),
    },
  ])("$what", ({ source, text }) => expect(shown(source)).toBe(text));

  test.each([
    { what: "a reference", source: "consumer:\n  secret: ${env:CPQ_SECRET}\n" },
    { what: "a reference in quotes", source: 'consumer:\n  secret: "${env:CPQ_SECRET}"\n' },
    { what: "base64 that is short", source: `a: ${"MIIC".repeat(9)}MII\n` },
    {
      what: "a long text that is no base64",
      source: `a: ${"word".repeat(12)}: no\n`.replace(": no", "! no"),
    },
    { what: "a list", source: "secrets: [a, b]\nlabel: My secret\n" },
  ])("$what stays", ({ source }) => expect(shown(source)).toBe(source));

  test("of several documents, each", () =>
    expect(shown("consumer: {secret: a1}\n---\nconsumer: {secret: b2}\n")).toBe(
      "consumer: {secret: ***\n---\nconsumer: {secret: ***\n",
    ));
});
