import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shellWord } from "../../../src/app/shellWord.ts";
import { messagesOf } from "../../../src/messages.ts";

describe("a word of a shell command", () => {
  test.each([
    { text: "specs/cpq.yaml", word: "specs/cpq.yaml" },
    { text: "local-sandbox", word: "local-sandbox" },
    { text: "My Org", word: "'My Org'" },
    { text: "Kund:in's org", word: "'Kund:in'\\''s org'" },
    { text: "", word: "''" },
    { text: "$(id)", word: "'$(id)'" },
    { text: String.raw`specs\cpq.yaml`, word: String.raw`"specs\cpq.yaml"` },
    { text: String.raw`C:\my specs\cpq.yaml`, word: String.raw`'C:\my specs\cpq.yaml'` },
    { text: String.raw`\\server\specs`, word: String.raw`'\\server\specs'` },
  ])("$text is $word", ({ text, word }) => {
    expect(shellWord(text)).toBe(word);
  });

  test("comes out of a real shell as it went in", () => {
    // A shell's argument holds no NUL.
    const anything = fc.string({ unit: "grapheme" }).map((value) => value.replaceAll("\0", ""));
    const text = fc.oneof(anything, fc.stringMatching(/^[\w\\/.]+$/));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 200 }), (texts) => {
        const script = `printf '%s\\0' ${texts.map(shellWord).join(" ")}`;
        expect(execFileSync("/bin/sh", ["-c", script], { encoding: "utf8" }).split("\0")).toEqual([
          ...texts,
          "",
        ]);
      }),
      { numRuns: 20 },
    );
  });
});

test("values behind the flags of a command in a message are such words, others are not", () => {
  expect(messagesOf("connectedapp.migrate").getMessage("written", ["my app.yaml", "my app.yaml"])).toMatch(
    /^Wrote my app\.yaml\. Deploy it: sf cpq connectedapp deploy --spec 'my app\.yaml' /,
  );
});
