import { stripVTControlCharacters } from "node:util";
import { Ansis } from "ansis";
import { describe, expect, test } from "vitest";
import { wrappedLines } from "../../../src/cli/wrappedLines.ts";

const { green } = new Ansis(3);

describe("a text for a terminal of 40 columns", () => {
  const cases: { title: string; text: string; lines: string[] }[] = [
    { title: "stays as it is if it fits", text: "Nothing differs.\n", lines: ["Nothing differs.", ""] },
    {
      title: "breaks between words",
      text: "The consumer secret is stored, encrypted, in the store of this machine.",
      lines: ["The consumer secret is stored,", "encrypted, in the store of this machine."],
    },
    {
      title: "goes on under the last column of a row",
      text: "  ✓ Signature  made with the key CORE, which the org publishes",
      lines: ["  ✓ Signature  made with the key CORE,", "               which the org publishes"],
    },
    {
      title: "goes on under the text if the last column is too far to the right",
      text: "  + oauth.clientCredentials.runAs    one two three four",
      lines: ["  + oauth.clientCredentials.runAs    one", "    two three four"],
    },
    {
      title: "keeps long words whole",
      text: "Callback https://login.salesforce.example.com/services/oauth2/success of it",
      lines: ["Callback", "https://login.salesforce.example.com/services/oauth2/success", "of it"],
    },
    {
      title: "keeps a command whole, so that it can be pasted",
      text: "Deploy it: sf cpq connectedapp deploy --spec cpq.yaml --environment uat",
      lines: ["Deploy it: sf cpq connectedapp deploy --spec cpq.yaml --environment uat"],
    },
    {
      title: "leaves wide characters to the terminal",
      text: "管理API 管理API 管理API 管理API 管理API 管理API",
      lines: ["管理API 管理API 管理API 管理API 管理API 管理API"],
    },
  ];
  test.each(cases)("$title", ({ text, lines }) => {
    expect(wrappedLines(text, 40).split("\n")).toEqual(lines);
  });

  test("keeps its color on each line", () => {
    const lines = wrappedLines(green("The app is verified: 10 of 10 checks have passed."), 40).split("\n");
    expect(lines.map((line) => stripVTControlCharacters(line))).toEqual([
      "The app is verified: 10 of 10 checks",
      "have passed.",
    ]);
    for (const line of lines) {
      expect(line.startsWith("\u001b[")).toBe(true);
      expect(line.endsWith("\u001b[39m")).toBe(true);
    }
  });
});
