import { describe, expect, test } from "vitest";
import { terminalText, visibleJson, visibleText } from "../../../src/app/visibleText.ts";

describe("what a reader cannot see is shown by its code point:", () => {
  test.each([
    { what: "plain text stays", text: "Größe: 10 € – 漢字 🙂", shown: "Größe: 10 € – 漢字 🙂" },
    { what: "line breaks and tabs stay", text: "a\n\tb", shown: "a\n\tb" },
    { what: "a control character", text: "a\u0007b", shown: "a[U+0007]b" },
    { what: "a carriage return", text: "a\rb", shown: "a[U+000D]b" },
    { what: "a character that turns the direction", text: "a\u202Eb", shown: "a[U+202E]b" },
    { what: "half a character", text: "a\uD800b", shown: "a[U+D800]b" },
    { what: "an unusual space", text: "a\u00A0b", shown: "a[U+00A0]b" },
    { what: "a line separator", text: "a\u2028b", shown: "a[U+2028]b" },
    { what: "a paragraph separator", text: "a\u2029b", shown: "a[U+2029]b" },
    { what: "what XML cannot hold", text: "\uFFFE\uFFFF", shown: "[U+FFFE][U+FFFF]" },
    { what: "a code point of two units", text: "\u{E0001}", shown: "[U+E0001]" },
  ])("$what", ({ text, shown }) => expect(visibleText(text)).toBe(shown));
});

describe("a text for a terminal or a log", () => {
  test.each([
    { what: "keeps the plugin's own styles", text: "\u001B[1m\u001B[31ma\u001B[39m\u001B[22mb" },
    { what: "keeps colons", text: "a::b\n: c" },
    { what: "keeps headings", text: "## Title [1]" },
  ])("$what", ({ text }) => expect(terminalText(text)).toBe(text));

  test.each([
    { what: "another escape sequence", text: "\u001B[2Ja", shown: "[U+001B][2Ja" },
    { what: "a command at its begin", text: "::error::a", shown: ": :error::a" },
    { what: "a command after spaces", text: "a\n \t::error::b", shown: "a\n \t: :error::b" },
    {
      what: "a command after styles",
      text: "a\n\u001B[31m \u001B[39m::error::b",
      shown: "a\n\u001B[31m \u001B[39m: :error::b",
    },
    { what: "an older command anywhere", text: "a ##[error]b", shown: "a # #[error]b" },
    { what: "a command of Azure Pipelines", text: "a ##vso[task.x]b", shown: "a # #vso[task.x]b" },
  ])("does not hold $what", ({ text, shown }) => expect(terminalText(text)).toBe(shown));
});

describe("JSON without what cannot be seen", () => {
  test.each([
    { what: "a control character", text: "a\u0007b" },
    { what: "a code point of two units", text: "\u{E0001}" },
    { what: "a command of Azure Pipelines", text: "##vso[x] ##[y]" },
    { what: "line breaks", text: "a\nb" },
  ])("is read as it was written: $what", ({ text }) => {
    const json = visibleJson(JSON.stringify({ text }, null, 2));
    expect(JSON.parse(json)).toEqual({ text });
    expect(json).toMatch(/^[\n -~]*$/);
    expect(json).not.toMatch(/##\w*\[/);
  });

  test("keeps the colors in which it is shown, and escapes other sequences", () =>
    expect(visibleJson('\u001B[32m"a\u0001\u001B[2J"\u001B[39m')).toBe(
      '\u001B[32m"a\\u0001\\u001b[2J"\u001B[39m',
    ));
});
